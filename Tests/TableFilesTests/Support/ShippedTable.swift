import Foundation
import Legality
import Testing

@testable import TableFiles

/// The table in `data/`, read once for all tests.
enum ShippedTable {
    static let directory = root.appendingPathComponent("data").path

    /// The top of the source tree.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let reading = TableReader(directory: directory).read()
}

/// A line of `ShippedTable/*.tsv`: what the law says, derived by hand.
struct Statement: CustomTestStringConvertible, Sendable {
    let file: String
    let line: Int
    let place: String
    let substance: String
    /// `-`: the strictest of the summary activities.
    let activity: String
    let on: String
    let attributes: String
    let status: String
    let citation: String

    var testDescription: String { "\(file):\(line): \(place) \(substance) \(activity) \(on) \(attributes): \(status)" }

    /// Every statement of the files, in their order. A line that cannot be read is a statement that fails.
    static let all: [Statement] = {
        let folder = ShippedTable.root.appendingPathComponent("Tests/TableFilesTests/ShippedTable")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".tsv") }.sorted().flatMap { name -> [Statement] in
            let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let head = lines.first?.split(separator: "\t").map(String.init) ?? []
            return lines.enumerated().dropFirst().filter { !$1.isEmpty }.map { index, line in
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                let values = Dictionary(zip(head, fields)) { first, _ in first }
                return Statement(
                    file: name, line: index + 1, place: values["place"] ?? "", substance: values["substance"] ?? "",
                    activity: values["activity"] ?? "", on: values["on"] ?? "", attributes: values["attributes"] ?? "-",
                    status: values["status"] ?? "", citation: values["citation"] ?? "")
            }
        }
    }()

    /// The person and product that the attributes describe; nil where one cannot be read.
    var circumstances: Circumstances? {
        var circumstances = Circumstances()
        guard attributes != "-" else { return circumstances }
        for attribute in attributes.split(separator: " ") {
            let parts = attribute.split(separator: "=").map(String.init)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "age": circumstances.age = Int(parts[1])
            case "percent_7oh": circumstances.percent7OH = Double(parts[1])
            case "ppm_7oh": circumstances.ppm7OH = Double(parts[1])
            case "form": circumstances.form = ProductForm(rawValue: parts[1])
            case "licensed": circumstances.isLicensed = Bool(parts[1])
            case "prescription": circumstances.hasPrescription = Bool(parts[1])
            default: return nil
            }
        }
        return circumstances
    }
}
