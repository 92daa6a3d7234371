import Foundation
import Legality
import Testing

@testable import TableFiles

@Suite struct GazetteerReaderTests {
    static let data = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "data")

    /// Hands a table's directory to `body` and removes it again.
    static func withDirectory(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "gazetteer-\(UUID().uuidString)")
        let gazetteer = directory.appending(path: "gazetteer")
        try FileManager.default.createDirectory(at: gazetteer, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files { try Data(text.utf8).write(to: gazetteer.appending(path: name)) }
        try body(directory.path)
    }

    static let whole = Dictionary(uniqueKeysWithValues: Gazetteer.Files.names.map { ($0, "# nothing\n") })

    @Test("The gazetteer of this tree is read whole")
    func shipped() {
        let (gazetteer, faults) = GazetteerReader.read(tableDirectory: Self.data.path)
        #expect(faults.isEmpty)
        #expect((gazetteer.divisionCount, gazetteer.zipCodeCount) == (39_242, 42_789))
    }

    @Test("No gazetteer at all is empty only where that is allowed")
    func absent() throws {
        try Self.withDirectory([:]) { directory in
            #expect(GazetteerReader.read(tableDirectory: directory, absence: .allowed).faults.isEmpty)
            let refused = GazetteerReader.read(tableDirectory: directory)
            #expect(refused.faults.map(\.file) == Gazetteer.Files.names.map { "gazetteer/\($0)" })
        }
    }

    @Test("A gazetteer that lacks a file is a fault, allowed or not")
    func incomplete() throws {
        var files = Self.whole
        files[Gazetteer.Files.zipCodesName] = nil
        try Self.withDirectory(files) { directory in
            let faults = GazetteerReader.read(tableDirectory: directory, absence: .allowed).faults
            #expect(faults.map(\.description) == ["gazetteer/us-zip.tsv:1:1: the file is missing"])
        }
    }

    @Test("A malformed line is a fault with its place")
    func malformed() throws {
        var files = Self.whole
        files[Gazetteer.Files.countriesName] = "# countries\nCH\tCHE\tSwitzerland\nnonsense\n"
        try Self.withDirectory(files) { directory in
            let faults = GazetteerReader.read(tableDirectory: directory).faults
            #expect(faults.map(\.file) == ["gazetteer/countries.tsv"])
            #expect(faults.map(\.line) == [3])
        }
    }
}
