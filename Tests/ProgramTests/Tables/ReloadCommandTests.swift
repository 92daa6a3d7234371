import Foundation
import Testing

/// `legalityd reload`, run for real against a daemon of the test's.
@Suite("legalityd reload")
struct ReloadCommandTests {
    @Test("says nothing and exits 0 once the new table is in use")
    func loaded() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        try SmallTable.write(version: 1, to: directory)
        let result = try Program.legalityd.run(["reload", "--socket", daemon.socket])
        #expect((result.status, result.output, result.errors) == (0, "", ""))
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.1")
    }

    @Test("names the first fault and exits 65 where the new table is refused, which leaves the old one in use")
    func refused() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        try SmallTable.write(version: 1, to: directory)
        try directory.write("id: CH\nkind: contry\n", to: "data/ch.yaml")
        let result = try Program.legalityd.run(["reload"], environment: ["LEGALITY_SOCKET": daemon.socket])
        #expect(result.status == 65)
        #expect(result.output == "")
        #expect(
            result.errors.hasPrefix(
                "legalityd: the new table is refused, the old one goes on: ch.yaml:1:1: a jurisdiction lacks \"name\""),
            "\(result.errors)")
        #expect(result.errors.hasSuffix(" more)\n"), "there are others: \(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(try daemon.check("KR")["table"]?.stringValue == "2026.01.01.0")
    }

    @Test("says where no daemon answers, once, and exits 69")
    func noDaemon() throws {
        let path = try TemporaryDirectory().file("socket")
        let result = try Program.legalityd.run(["reload", "--socket", path])
        #expect(result.status == 69)
        #expect(result.errors == "legalityd: no daemon answers at \(path) (No such file or directory)\n")
        let long = "/" + String(repeating: "x", count: 200)
        let unusable = try Program.legalityd.run(["reload", "--socket", long])
        #expect(unusable.status == 69)
        #expect(unusable.errors.hasPrefix("legalityd: not a path of a socket (at most "))
        #expect(unusable.errors.hasSuffix(" bytes): \(long)\n"))
    }
}
