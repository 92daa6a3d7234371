import Foundation

@testable import Legality

/// The gazetteer of this tree, read once.
enum ShippedGazetteer {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "data/gazetteer")

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: directory.appending(path: name))) }

    static let gazetteer = Result {
        try Gazetteer(
            files: .init(
                countries: bytes(Gazetteer.Files.countriesName), subdivisions: bytes(Gazetteer.Files.subdivisionsName),
                aliases: bytes(Gazetteer.Files.aliasesName), relations: bytes(Gazetteer.Files.relationsName),
                divisions: bytes(Gazetteer.Files.divisionsName), zipCodes: bytes(Gazetteer.Files.zipCodesName)))
    }

    /// A table with these jurisdictions and the gazetteer of this tree.
    static func table(_ jurisdictions: [Jurisdiction] = []) throws -> Table {
        Table(
            version: "1", digest: "",
            vocabulary: Vocabulary(substances: [], follows: [:], summaryActivities: [], defaultSubstance: 0),
            jurisdictions: jurisdictions, gazetteer: try gazetteer.get())
    }
}
