import Foundation
import Testing

@testable import TableFiles

/// The worked examples of `data/README.md` can be copied as they stand.
struct ReadmeTests {
    private static let text =
        (try? String(contentsOfFile: ShippedTable.directory + "/README.md", encoding: .utf8)) ?? ""

    static let examples = text.components(separatedBy: "```yaml\n").dropFirst().map {
        $0.components(separatedBy: "```")[0]
    }

    @Test(arguments: examples)
    func anExampleIsWithoutFaultOrWarning(_ example: String) throws {
        var table = SmallTable()
        if example.hasPrefix("id: XX\n") {
            table.files["xx.yaml"] = Array(example.utf8)
        } else {
            let country = "id: XX\nname: Utopia\nkind: country\nsummary: An island.\n"
            let state =
                "id: XX-U1\nname: First\nkind: state\nparent: XX\nreviewed: 2026-11-20\nsummary: A state.\n"
            table.files["xx.yaml"] = Array(country.utf8)
            table.files["xx/u1.yaml"] = Array((state + example).utf8)
        }
        let reading = try table.read()
        #expect(reading.faults.map(\.description) == [])
        #expect(reading.warnings.map(\.description) == [])
        for (path, bytes) in table.files where path.hasPrefix("xx") {
            let schema = try JSONSchema(contentsOf: ShippedTable.directory + "/schema.json")
            let isAccepted = schema.accepts(try #require(PlainValue.read(bytes)))
            #expect(isAccepted, "\(path)")
        }
    }

    @Test func thereIsOneForEachThingThatPeopleDo() {
        #expect(ReadmeTests.examples.count >= 10)
    }

    @Test(arguments: [
        RecordShape.tableInformation, .substances, .substance, .jurisdiction, .locality, .rule, .authority, .source,
        .advisory, .pending, .conditions,
    ])
    func everyKeyIsExplained(_ shape: RecordShape) {
        for key in shape.keys {
            #expect(ReadmeTests.text.contains("`\(key)`") || ReadmeTests.text.contains("`\(key): "), "\(key)")
        }
    }
}
