import Foundation
import Testing
import Varlink

/// One user misbehaves in every way there is; what another asks stays answered.
@Suite("Two users", .enabled(if: OtherUser.isPossible, "needs root, setpriv, and programs that others may run"))
struct TwoUsersTests {
    @Test("share the daemon: neither floods nor hoards nor expensive calls of one keep the other waiting for long")
    func vandals() throws {
        // A small table: a debug build takes seconds to list the shipped one, and no call is interrupted.
        let table = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: table)
        let daemon = try TestDaemon(table: table.file("data"))
        chmod(daemon.directory.path, 0o755)
        let vandals = try [
            "flood", "expensive", "stall", "mute", "hoard", "garbage", "watch",
        ].map { kind in
            let process = Process()
            process.executableURL = OtherUser.url
            process.arguments = OtherUser.arguments(running: Program.soak.url.path, ["vandal", kind, daemon.socket])
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }
        defer {
            for process in vandals where process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
        }
        try daemon.wait("the other user to be refused") { daemon.log.contains("over a limit") }
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        for number in 0..<40 {
            // One in four on a connection of its own, as a script asks.
            let place: JSONObject = ["place": .string(number % 2 == 0 ? "KR" : "CH")]
            let reply =
                number % 4 == 0
                ? try daemon.call("org.legalityd.Lookup.Check", place)
                : try client.call("org.legalityd.Lookup.Check", place)
            let verdict = reply["verdict"]?.objectValue ?? JSONObject()
            #expect(verdict["place"]?["id"]?.stringValue == (number % 2 == 0 ? "KR" : "CH"))
        }
        #expect(!vandals.contains { !$0.isRunning }, "they are at work still")
        #expect(daemon.isRunning)
    }

    @Test("keep their own shares: one at the limit of connections does not count for the other")
    func shares() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), arguments: ["--max-connections-per-user", "20"])
        chmod(daemon.directory.path, 0o755)
        let hoarder = Process()
        hoarder.executableURL = OtherUser.url
        hoarder.arguments = OtherUser.arguments(running: Program.soak.url.path, ["vandal", "hoard", daemon.socket])
        try hoarder.run()
        defer {
            kill(hoarder.processIdentifier, SIGKILL)
            hoarder.waitUntilExit()
        }
        try daemon.wait("the hoarder to be refused") { daemon.log.contains("over a limit") }
        let mine = try (0..<15).map { _ in try RawConnection(daemon.socket) }
        for connection in mine {
            connection.send("{\"method\":\"io.systemd.service.Ping\"}")
            #expect(connection.receive() == .frame("{\"parameters\":{}}"))
        }
    }

    @Test("differ in what they may: another one reloads nothing and sets no log level, and is told so")
    func rights() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        chmod(daemon.directory.path, 0o755)
        let result = try OtherUser.run(Program.legalityd.url.path, ["reload", "--socket", daemon.socket])
        #expect(result.status == 77)
        #expect(result.errors.contains("only root"))
        #expect(try daemon.call("org.legalityd.Lookup.GetTable")["reloads"]?.integerValue == 0)
    }
}
