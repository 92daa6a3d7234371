import Foundation
import Testing

/// `legalityd validate` and `legalityd diff`, run for real.
struct TableCommandTests {
    private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data").path

    /// A copy of the conversation's table, edited.
    private func withTable<Outcome>(
        _ edit: (String) throws -> Void = { _ in }, _ body: (String) throws -> Outcome
    ) throws -> Outcome {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Conversation/table")
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("legalityd-table-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(at: source, to: copy)
        try edit(copy.path)
        return try body(copy.path)
    }

    private func replace(_ old: String, with new: String, in path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(text.components(separatedBy: old).count == 2)
        try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func theShippedTableIsSoundAndItsCoverageHasEveryState() throws {
        let result = try Program.legalityd.run(["validate", "--coverage", Self.shipped])
        #expect(result.status == 0)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n")
        #expect(lines.last?.hasPrefix("0 faults, ") == true)
        #expect(lines.filter { $0.hasPrefix("US-") }.count == 56)
        #expect(lines.contains { $0.hasPrefix("TOTAL ") })
    }

    @Test func faultsGoToStandardOutputAndExit65() throws {
        let result = try withTable({ try replace("kind: country", with: "kind: contry", in: $0 + "/us.yaml") }) {
            try Program.legalityd.run(["validate", $0])
        }
        #expect(result.status == 65)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("us.yaml:3:7: unknown kind \"contry\"; did you mean \"country\"?") })
        #expect(lines.last?.hasPrefix("1 fault, ") == true)
    }

    @Test func warningsFailOnlyWhenStrict() throws {
        try withTable({ try replace("reviewed: 2026-01-01", with: "reviewed: 2020", in: $0 + "/us.yaml") }) {
            #expect(try Program.legalityd.run(["validate", $0]).status == 0)
            #expect(try Program.legalityd.run(["validate", "--strict", $0]).status == 65)
        }
    }

    @Test func jsonIsOneLine() throws {
        let result = try withTable { try Program.legalityd.run(["validate", "--json", "--coverage", $0]) }
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(object?["usable"] as? Bool == true)
        #expect((object?["coverage"] as? [String: Any])?["jurisdictions"] is [Any])
    }

    @Test(arguments: [["validate"], ["diff", "a"], ["validate", "--colour", "x"]])
    func wrongUsageExits64(_ arguments: [String]) throws {
        let result = try Program.legalityd.run(arguments)
        #expect(result.status == 64)
        #expect(result.output == "")
        #expect(!result.errors.isEmpty)
    }

    @Test(arguments: [["validate", "/nowhere"], ["diff", "/nowhere", "/nowhere"], ["validate", "/etc/passwd"]])
    func whatIsNoDirectoryExits66(_ arguments: [String]) throws {
        let result = try Program.legalityd.run(arguments)
        #expect(result.status == 66)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("legalityd: \(arguments[1]): "))
    }

    @Test func diffOfATableWithItselfIsSilent() throws {
        let result = try withTable { try Program.legalityd.run(["diff", $0, $0]) }
        #expect(result.status == 0)
        #expect(result.output == "")
        #expect(result.errors == "")
    }

    @Test func diffTellsWhatChangedAndExits1() throws {
        let result = try withTable { old in
            try withTable({ try replace("name: United States", with: "name: The States", in: $0 + "/us.yaml") }) {
                new in
                try Program.legalityd.run(["diff", old, new])
            }
        }
        #expect(result.status == 1)
        #expect(result.output == "US: name United States → The States\n")
        #expect(result.errors == "")
    }

    @Test func diffOfABrokenTableExits65AndSaysWhere() throws {
        let result = try withTable { old in
            try withTable({ try replace("kind: country", with: "kind: contry", in: $0 + "/us.yaml") }) { new in
                try Program.legalityd.run(["diff", old, new])
            }
        }
        #expect(result.status == 65)
        #expect(result.output == "")
        #expect(result.errors.contains("/us.yaml:3:7: unknown kind \"contry\""))
    }
}
