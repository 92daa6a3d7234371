import Foundation
import Testing
import Varlink

@Suite("A monitor")
struct MonitorTests {
    /// The client, watching.
    private final class Watcher {
        let process = Process()
        let output = Pipe()
        let errors = Pipe()

        init(_ arguments: [String], socket: String) throws {
            // Where the tests run in the background the signal may be ignored, and that is inherited.
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["--default-signal=INT", Program.legality.url.path, "monitor"] + arguments
            process.environment = Program.environment(["LEGALITY_SOCKET": socket])
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = errors
            try process.run()
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
        }

        var line: String { ClientRun.line(from: output) }
        var error: String { ClientRun.line(from: errors) }

        func wait() -> Int32 {
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    private func table(_ version: Int) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: version, to: directory)
        return directory
    }

    @Test("ends with 75 when the daemon goes away, where it is not to try again")
    func noRetry() throws {
        let daemon = try TestDaemon(table: ClientRun.table)
        let watcher = try Watcher(["--retry", "0"], socket: daemon.socket)
        // The first line says that it is connected.
        #expect(watcher.line.contains("  started"))
        #expect(daemon.stop() == 0)
        #expect(watcher.wait() == 75)
        #expect(watcher.error == "legality: the daemon at \(daemon.socket) went away")
    }

    @Test("gives up with 69 when nobody came back in time")
    func givesUp() throws {
        let daemon = try TestDaemon(table: ClientRun.table)
        let watcher = try Watcher(["--retry", "1s"], socket: daemon.socket)
        #expect(watcher.line.contains("  started"))
        #expect(daemon.stop() == 0)
        #expect(watcher.wait() == 69)
        #expect(watcher.error == "legality: the daemon at \(daemon.socket) went away; trying again for 1s")
        #expect(watcher.error.hasPrefix("legality: no daemon answers at \(daemon.socket) ("))
    }

    @Test("ends at once where there never was a daemon")
    func neverThere() throws {
        let result = try Program.legality.run(["monitor", "--socket", "/nonexistent/socket", "--retry", "1d"])
        #expect(result.status == 69)
    }

    @Test("goes on with the daemon that comes back, and tells what changed meanwhile")
    func resumes() throws {
        let directory = try table(2)
        let first = try TestDaemon(table: directory.file("data"), in: directory)
        let watcher = try Watcher(["CH"], socket: first.socket)
        let events = try Watcher(["--json"], socket: first.socket)
        #expect(watcher.line.contains("  started  table 2026.01.01.2"))
        #expect(events.line.contains("\"kind\":\"started\""))
        // What was reported before is not told again.
        try SmallTable.write(version: 4, to: directory)
        first.send(signal: SIGHUP)
        #expect(watcher.line.contains("  reload   table 2026.01.01.4"))
        #expect(events.line.contains("\"kind\":\"reload\""))
        #expect(first.stop() == 0)
        #expect(watcher.error == "legality: the daemon at \(first.socket) went away; trying again for 5m")
        try SmallTable.write(version: 5, to: directory)
        let second = try TestDaemon(table: directory.file("data"), in: directory)
        let line = watcher.line
        #expect(line.contains("  resumed  table 2026.01.01.5 after 2026.01.01.4: The daemon is back after "))
        #expect(line.hasSuffix("; 1 answer changed meanwhile."))
        #expect(watcher.line.hasSuffix("  change   CH kratom: ✗ prohibited → ✓ legal  Land 5"))
        let event = try JSONValue(parsing: events.line)
        #expect(event["kind"] == "resumed")
        #expect(event["previous"] == "2026.01.01.4")
        #expect(
            event["changes"]?.arrayValue?.map { $0["place"]?["id"]?.stringValue ?? "" }.sorted()
                == SmallTable.countries.sorted())
        #expect(event["changes"]?.arrayValue?.first?["before"] == "prohibited")
        // And it watches on.
        try SmallTable.write(version: 6, to: directory)
        second.send(signal: SIGHUP)
        #expect(watcher.line.contains("  reload   table 2026.01.01.6 after 2026.01.01.5"))
        #expect(watcher.line.hasSuffix("  change   CH kratom: ✓ legal → ✗ prohibited  Land 6"))
    }

    @Test("says that nothing changed where the daemon came back as it was")
    func unchanged() throws {
        let directory = try table(3)
        let first = try TestDaemon(table: directory.file("data"), in: directory)
        let watcher = try Watcher(["--color", "always"], socket: first.socket)
        #expect(watcher.line.contains("\u{1B}[1mstarted  \u{1B}[0mtable 2026.01.01.3"))
        #expect(first.stop(SIGKILL) != 0)
        let second = try TestDaemon(table: directory.file("data"), in: directory)
        #expect(watcher.line.hasSuffix("no answer changed meanwhile."))
        watcher.process.interrupt()
        #expect(watcher.wait() == SIGINT)
        #expect(watcher.process.terminationReason == .uncaughtSignal)
        #expect(second.stop() == 0)
    }

    @Test("reports a reload that was refused")
    func refused() throws {
        let directory = try table(2)
        let daemon = try TestDaemon(table: directory.file("data"))
        let watcher = try Watcher([], socket: daemon.socket)
        #expect(watcher.line.contains("  started"))
        try directory.write("id: CH\n", to: "data/ch.yaml")
        daemon.send(signal: SIGHUP)
        #expect(watcher.line.contains("  refused  table 2026.01.01.2: Reload refused"))
    }
}
