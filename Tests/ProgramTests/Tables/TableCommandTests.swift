import Foundation
import Testing

/// `legalityd validate` and `legalityd diff`, run for real.
struct TableCommandTests {
    private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data").path

    /// A copy of the conversation's table, with one text replaced in a file.
    private func table(replacing old: String? = nil, with new: String = "", in file: String = "us.yaml") throws
        -> TemporaryDirectory
    {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Conversation/table")
        let directory = try TemporaryDirectory()
        try FileManager.default.copyItem(atPath: source.path, toPath: directory.file("data"))
        if let old {
            let path = directory.file("data/\(file)")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try #require(text.components(separatedBy: old).count == 2)
            try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        }
        return directory
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
        let broken = try table(replacing: "kind: country", with: "kind: contry")
        let result = try Program.legalityd.run(["validate", broken.file("data")])
        #expect(result.status == 65)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("us.yaml:3:7: unknown kind \"contry\"; did you mean \"country\"?") })
        #expect(lines.last?.hasPrefix("1 fault, ") == true)
    }

    @Test func warningsFailOnlyWhenStrict() throws {
        let old = try table(replacing: "reviewed: 2026-01-01", with: "reviewed: 2020")
        let lenient = try Program.legalityd.run(["validate", old.file("data")])
        #expect(lenient.status == 0)
        #expect(lenient.output.contains("us.yaml:5:11: warning: the newest evidence, of 2020"))
        let strict = try Program.legalityd.run(["validate", "--strict", old.file("data")])
        #expect(strict.status == 65)
        #expect(strict.output == lenient.output)
    }

    @Test func jsonIsOneLine() throws {
        let sound = try table()
        let result = try Program.legalityd.run(["validate", "--json", "--coverage", sound.file("data")])
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
        let same = try table()
        let result = try Program.legalityd.run(["diff", same.file("data"), same.file("data")])
        #expect(result.status == 0)
        #expect(result.output == "")
        #expect(result.errors == "")
    }

    @Test func diffTellsWhatChangedAndExits1() throws {
        let (old, new) = (try table(), try table(replacing: "name: United States", with: "name: The States"))
        let result = try Program.legalityd.run(["diff", old.file("data"), new.file("data")])
        #expect(result.status == 1)
        #expect(result.output == "US: name United States → The States\n")
        #expect(result.errors == "")
    }

    @Test func diffOfABrokenTableExits65AndSaysWhere() throws {
        let (old, new) = (try table(), try table(replacing: "kind: country", with: "kind: contry"))
        let result = try Program.legalityd.run(["diff", old.file("data"), new.file("data")])
        #expect(result.status == 65)
        #expect(result.output == "")
        #expect(result.errors.contains("/us.yaml:3:7: unknown kind \"contry\""))
    }
}
