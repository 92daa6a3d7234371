import Foundation
import Testing

@testable import TableFiles

/// Directories and files that cannot be read as a table, whatever they say.
struct BrokenDirectoryTests {
    /// Breaks the small table and reads it; the lines that are printed.
    private func faults(
        limits: TableLimits = .default, _ edit: (inout SmallTable) -> Void, after: (String) throws -> Void = { _ in }
    ) throws -> [String] {
        var table = SmallTable()
        edit(&table)
        let reading = try table.withDirectory { directory in
            try after(directory)
            return TableReader(directory: directory, limits: limits).read()
        }
        #expect((reading.table == nil) == !reading.faults.isEmpty)
        return reading.faults.map(\.description)
    }

    // MARK: Contents

    @Test(arguments: ["", "\n\n", "# Nothing yet.\n", "---\n...\n"])
    func anEmptyFileIsRefused(_ content: String) throws {
        let found = try faults { $0.files["us/al.yaml"] = Array(content.utf8) }
        #expect(
            found == [
                content.hasPrefix("---")
                    ? "us/al.yaml:2:1: a jurisdiction is nothing; it has to be a mapping of keys and values"
                    : "us/al.yaml:1:1: the file is empty"
            ])
    }

    @Test func aByteOrderMarkIsRefused() throws {
        let found = try faults { $0.files["ch.yaml"]?.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }
        #expect(
            found == [
                "ch.yaml:1:1: the file begins with a byte order mark; save it as UTF-8 without signature"
            ])
    }

    @Test func anotherEncodingIsRefused() throws {
        let found = try faults {
            $0.files["ch.yaml"] = [0xFF, 0xFE] + Array("id: CH".utf16).flatMap { [UInt8($0), 0] }
        }
        #expect(found == ["ch.yaml:1:1: the file is UTF-16; save it as UTF-8"])
    }

    @Test func whatIsNotUTF8IsRefusedAtItsPlace() throws {
        // Zürich in ISO 8859-1.
        let found = try faults { table in
            table.replace("name: Switzerland", with: "name: Zürich, Z@rich", in: "ch.yaml")
            table.files["ch.yaml"] = table.files["ch.yaml"]?.map { $0 == UInt8(ascii: "@") ? 0xFC : $0 }
        }
        #expect(found == ["ch.yaml:2:16: not UTF-8 (invalid leading UTF-8 octet); save the file as UTF-8"])
    }

    @Test func aControlCharacterIsRefusedAtItsPlace() throws {
        let found = try faults { $0.replace("name: Switzerland", with: "name: Switz\u{0}erland", in: "ch.yaml") }
        #expect(found == ["ch.yaml:2:12: a control character; take it out"])
    }

    @Test func windowsLineEndsCountAsLineEnds() throws {
        let found = try faults { table in
            table.replace("kind: country", with: "kind: contry", in: "ch.yaml")
            table.files["ch.yaml"] = Array(table.text("ch.yaml").replacingOccurrences(of: "\n", with: "\r\n").utf8)
        }
        #expect(found == ["ch.yaml:3:7: unknown kind \"contry\"; did you mean \"country\"?"])
    }

    @Test func laughsByTheBillionCostNothing() throws {
        var lines = ["id: XX", "name: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
        for level in 1...30 {
            lines.append(
                "k\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]")
        }
        lines.append("? *a30\n: 1")
        let found = try faults { $0.files["xx.yaml"] = Array(lines.joined(separator: "\n").utf8) }
        #expect(found.first == "xx.yaml:1:1: a jurisdiction lacks \"kind\"; add the key kind")
        #expect(found.contains("xx.yaml:2:7: an anchor (&a0); take it out; aliases are not read"))
        #expect(found.contains("xx.yaml:3:10: an alias (*a0); write the thing itself again"))
        #expect(found.filter { $0.contains("an alias") }.count == 30 * 9 + 1)
    }

    @Test func depthWithoutEndIsRefusedAndNotFollowed() throws {
        let found = try faults {
            $0.files["ch.yaml"] = Array((String(repeating: "[", count: 100_000)).utf8)
            $0.files["us/ri.yaml"] = Array((String(repeating: "- ", count: 100_000)).utf8)
        }
        // Brackets are counted ahead of the place where they are read.
        #expect(
            found.map { String($0.drop { $0 != " " }) }
                == Array(repeating: " nested more than 16 levels deep", count: 2))
        #expect(found.last?.hasPrefix("us/ri.yaml:1:35:") == true)
    }

    @Test func aFileMadeOfFaultsIsCutShort() throws {
        var limits = TableLimits()
        limits.faultsPerFile = 20
        let found = try faults(limits: limits) {
            $0.files["ch.yaml"] = Array((0..<5000).map { "key\($0): 1\n" }.joined().utf8)
        }
        #expect(found.count == 21)
        #expect(found.last == "ch.yaml:21:1: more than 20 faults; the rest of this file's are left out")
    }

    @Test func allFaultsComeOutInTheOrderOfTheFiles() throws {
        let found = try faults {
            $0.replace("kind: state", with: "kind: sate", in: "us/ri.yaml")
            $0.replace("status: regulated", with: "status: regular", in: "us/ri.yaml")
            $0.replace("minimum_age: 21", with: "minimum_age: adult", in: "us/ri.yaml")
            $0.replace("kind: country", with: "knd: country", in: "ch.yaml")
            $0.replace("kind: country", with: "kind: country\ncolour: red", in: "us.yaml")
            $0.replace("date: 2026-11-21", with: "date: today", in: "table.yaml")
        }
        #expect(
            found.map { String($0.prefix { $0 != " " }) } == [
                "ch.yaml:1:1:", "ch.yaml:3:1:", "table.yaml:2:7:", "us.yaml:4:1:", "us/ri.yaml:3:7:",
                "us/ri.yaml:22:13:", "us/ri.yaml:25:20:",
            ])
    }

    @Test func whatAnUnreadableFileHoldsIsNotMissedElsewhere() throws {
        let found = try faults { $0.files["us.yaml"] = Array("id: US\nname: [".utf8) }
        #expect(found == ["us.yaml:3:1: a value is missing, or a bracket does not end; look before this place"])
        let substances = try faults { $0.files["substances.yaml"] = Array("default: [".utf8) }
        #expect(substances.count == 1)
    }

    // MARK: Files

    @Test(arguments: ["table.yaml", "substances.yaml"])
    func aTableLacksItsHeart(_ file: String) throws {
        #expect(try faults { $0.files[file] = nil } == ["\(file):1:1: the file is missing"])
    }

    @Test func aFileOverTheLimitIsRefused() throws {
        var limits = TableLimits()
        let size = SmallTable().files["us/ri.yaml"]?.count ?? 0
        limits.fileSize = size - 1
        let found = try faults(limits: limits) { _ in }
        #expect(found == ["us/ri.yaml:1:1: has \(size) bytes; a file may have \(size - 1) at most"])
    }

    @Test func aTableOverTheLimitIsRefused() throws {
        var limits = TableLimits()
        limits.totalSize = SmallTable().files.values.map(\.count).reduce(0, +) - 1
        let found = try faults(limits: limits) { _ in }
        #expect(found == ["us.yaml:1:1: the table's files have more than \(limits.totalSize) bytes together"])
    }

    @Test func moreFilesThanTheLimitAreRefused() throws {
        var limits = TableLimits()
        limits.fileCount = 5
        let found = try faults(limits: limits) { _ in }
        #expect(found.contains { $0.hasSuffix("more than 5 files") })
    }

    @Test(arguments: [
        ("al.yml", "not a file of the table; its name has to end in .yaml"),
        (
            "alabama.yaml",
            "not the name of a file of the table; table.yaml, substances.yaml, or a country's ISO 3166-1 code in lower case (ch.yaml)"
        ),
        (
            "us/alabama.yaml",
            "not the name of a file of the table; the subdivision's part of its ISO 3166-2 code in lower case (us/al.yaml)"
        ),
        ("notes.txt", "not a file of the table; only .yaml files, gazetteer and texts (.md, LICENSE) lie here"),
        ("us/al.json", "not a file of the table; only .yaml files, gazetteer and texts (.md, LICENSE) lie here"),
    ])
    func aFileThatIsNoPartOfATableIsRefused(_ path: String, _ message: String) throws {
        #expect(try faults { $0.files[path] = Array("id: US-AL\n".utf8) } == ["\(path):1:1: \(message)"])
    }

    @Test(arguments: ["states/al.yaml", "us/counties/autauga.yaml"])
    func aFolderThatIsNoPartOfATableIsRefused(_ path: String) throws {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        #expect(
            try faults { $0.files[path] = [] } == [
                "\(folder):1:1: not a folder of the table; folders are gazetteer and one for each country's subdivisions (us/al.yaml)"
            ])
    }

    @Test(arguments: [
        ".git/config", ".table.yaml.swp", "ch.yaml~", "#ch.yaml#", "README.md", "LICENSE", "us/ri.yaml.bak",
        "schema.json",
        "ch.yaml.dpkg-new",
    ])
    func whatEditorsAndPackagersLeaveIsPassedOver(_ path: String) throws {
        let sound = try SmallTable().read().table?.digest
        var table = SmallTable()
        table.files[path] = Array("\t: [".utf8)
        let reading = try table.read()
        #expect(reading.faults == [])
        #expect(reading.table?.digest == sound)
    }

    @Test func aDirectoryThatIsNotThereIsRefused() {
        let reading = TableReader(directory: "/nowhere/at/all").read()
        #expect(reading.faults.map(\.description) == [".:1:1: there is no such directory"])
        #expect(reading.table == nil)
    }

    @Test func aFolderInPlaceOfAFileIsRefused() throws {
        let found = try faults(
            { $0.files["ch.yaml"] = nil },
            after: {
                try FileManager.default.createDirectory(atPath: $0 + "/ch.yaml", withIntermediateDirectories: true)
            })
        #expect(
            found == [
                "ch.yaml:1:1: not a folder of the table; folders are gazetteer and one for each country's subdivisions (us/al.yaml)"
            ])
    }

    @Test func aFileInPlaceOfAFolderIsRefused() throws {
        let found = try faults { $0.files["ch"] = Array("id: CH\n".utf8) }
        #expect(found == ["ch:1:1: not a file of the table; a country's file is named ch.yaml"])
    }

    @Test func aPipeIsNotWaitedFor() throws {
        let found = try faults({ $0.files["ch.yaml"] = nil }, after: { #expect(mkfifo($0 + "/ch.yaml", 0o600) == 0) })
        #expect(found == ["ch.yaml:1:1: neither a file nor a folder"])
    }

    // MARK: Links

    @Test(arguments: ["/etc/passwd", "../outside.yaml"])
    func aLinkThatLeavesTheDirectoryIsRefused(_ target: String) throws {
        let outside = FileManager.default.temporaryDirectory.appendingPathComponent("outside.yaml")
        try Data("id: CH\n".utf8).write(to: outside)
        let found = try faults(
            { $0.files["ch.yaml"] = nil },
            after: { try FileManager.default.createSymbolicLink(atPath: $0 + "/ch.yaml", withDestinationPath: target) })
        #expect(found == ["ch.yaml:1:1: a symbolic link that leaves the directory; put the file itself here"])
    }

    @Test func aLinkToNothingAndALinkToItselfAreRefused() throws {
        let found = try faults(
            {
                $0.files["ch.yaml"] = nil
                $0.files["us/ri.yaml"] = nil
            },
            after: {
                try FileManager.default.createSymbolicLink(atPath: $0 + "/ch.yaml", withDestinationPath: "gone.yaml")
                try FileManager.default.createSymbolicLink(atPath: $0 + "/us/ri.yaml", withDestinationPath: "ri.yaml")
            })
        #expect(found.map { $0.split(separator: ":")[0] } == ["ch.yaml", "us/ri.yaml"])
        #expect(found.allSatisfy { $0.contains("a symbolic link that leads nowhere") })
    }

    @Test func aLinkToAFolderIsRefused() throws {
        let found = try faults(
            { _ in },
            after: { try FileManager.default.createSymbolicLink(atPath: $0 + "/au", withDestinationPath: "us") })
        #expect(
            found == [
                "au:1:1: a symbolic link to something that is no file; put the files themselves here"
            ])
    }

    @Test func aLinkThatStaysInsideAndALinkToTheTableAreFollowed() throws {
        var table = SmallTable()
        table.files[".versions/ch.yaml"] = table.files["ch.yaml"]
        table.files["ch.yaml"] = nil
        let sound = try SmallTable().read().table?.digest
        try table.withDirectory { directory in
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/ch.yaml", withDestinationPath: ".versions/ch.yaml")
            let link = directory + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory)
            defer { try? FileManager.default.removeItem(atPath: link) }
            let reading = TableReader(directory: link).read()
            #expect(reading.faults == [])
            #expect(reading.table?.digest == sound)
        }
    }
}
