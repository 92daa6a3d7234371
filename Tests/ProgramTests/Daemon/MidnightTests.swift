import Foundation
import Testing
import Varlink

@Suite("Midnight")
struct MidnightTests {
    /// 2026-04-01 00:00 in New York, in seconds since 1970: the day on which the rule of the test begins.
    private let midnight: Int64 = 1_775_016_000

    private func table() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let source = """
                sources:
                  - {url: "https://example.org/law", publisher: Gazette, date: 2025-12-31, primary: true, gist: The law.}

            """
        let text = """
            id: DE
            name: Land of midnight
            kind: country
            timezone: America/New_York
            reviewed: 2026-01-01
            summary: A country whose law changes on the first of April 2026.
            rules:
              - id: ban
                substances: [kratom]
                activities: all
                status: prohibited
                until: 2026-04-01
                confidence: high
            \(source)  - id: act
                substances: [kratom]
                activities: all
                status: regulated
                from: 2026-04-01
                confidence: high
            \(source)
            """
        try directory.write(text, to: "data/de.yaml")
        return directory
    }

    private func daemon(_ directory: TemporaryDirectory, at moment: Int64) throws -> TestDaemon {
        let offset = moment - Int64(Date().timeIntervalSince1970)
        return try TestDaemon(
            table: directory.file("data"), environment: ["LEGALITYD_TEST_CLOCK_OFFSET": "\(offset)"])
    }

    @Test("of the jurisdiction's own zone brings a rule into force without a reload, and monitors are told")
    func midnightOfTheZone() throws {
        let directory = try table()
        let daemon = try daemon(directory, at: midnight - 6)
        var monitor = try VarlinkClient(path: daemon.socket, timeout: 60_000)
        monitor.send("org.legalityd.Lookup.Monitor", more: true, parameters: ["places": ["DE"]])
        let started = try monitor.receive()
        #expect(started.continues)
        #expect(started.parameters["event"]?["kind"]?.stringValue == "started")

        let before = try daemon.check("DE")
        #expect(before["on"]?.stringValue == "2026-03-31")
        #expect(before["status"]?.stringValue == "prohibited")
        #expect(before["next_change"]?["on"]?.stringValue == "2026-04-01")
        #expect(before["next_change"]?["status"]?.stringValue == "regulated")

        let event = try monitor.receive().parameters["event"]
        #expect(event?["kind"]?.stringValue == "rule")
        #expect(event?["text"]?.stringValue?.contains("DE#act comes into force (2026-04-01)") == true)
        #expect(event?["text"]?.stringValue?.contains("DE#ban ends (2026-04-01)") == true)
        #expect(event?["changes"]?[0]?["before"]?.stringValue == "prohibited")
        #expect(event?["changes"]?[0]?["after"]?.stringValue == "regulated")

        let after = try daemon.check("DE")
        #expect(after["on"]?.stringValue == "2026-04-01")
        #expect(after["status"]?.stringValue == "regulated")
        #expect(daemon.log.contains("DE#act comes into force"))
    }

    @Test("is a line of legality monitor for people, and an object for programs, as it strikes")
    func monitorCommand() throws {
        let directory = try table()
        let clock = try SettableClock(at: midnight - 3600)
        let daemon = try TestDaemon(table: directory.file("data"), environment: clock.environment)
        let plain = try RunningMonitor(of: daemon, ["DE"])
        let json = try RunningMonitor(of: daemon, ["--json", "DE"])
        #expect(plain.line().contains("  started"))
        #expect(json.line().hasPrefix(#"{"kind":"started""#))
        try clock.set(midnight - 1)
        let event = plain.line()
        #expect(event.contains("  rule     table 2026.01.01.0: "), "\(event)")
        #expect(event.contains("DE#act comes into force (2026-04-01)"))
        #expect(event.contains("DE#ban ends (2026-04-01)"))
        let change = plain.line()
        #expect(change.hasSuffix("  change   DE kratom: ✗ prohibited → ◐ regulated  Land of midnight"), "\(change)")
        let object = try JSONValue(parsing: json.line())
        #expect(object["kind"] == "rule")
        #expect(object["changes"]?[0]?["place"]?["id"] == "DE")
        #expect(object["changes"]?[0]?["after"] == "regulated")
        #expect(try daemon.check("DE")["status"] == "regulated")
    }

    @Test("elsewhere changes nothing here")
    func midnightElsewhere() throws {
        // Midnight in UTC was four hours ago; in New York it is still the day before.
        let directory = try table()
        let daemon = try daemon(directory, at: midnight - 3600)
        #expect(try daemon.check("DE")["status"]?.stringValue == "prohibited")
        #expect(try daemon.check("CH")["on"]?.stringValue == "2026-04-01", "it is the next day in Zurich")
    }
}

/// `legality monitor` with a pipe for its output; killed with the last one who knows it.
private final class RunningMonitor {
    private let process = Process()
    private let output = Pipe()

    init(of daemon: TestDaemon, _ arguments: [String]) throws {
        process.executableURL = Program.legality.url
        process.arguments = ["monitor"] + arguments
        process.environment = Program.environment(["LEGALITY_SOCKET": daemon.socket])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
    }

    deinit {
        // Threads that run tests have the other signals blocked, and so has what they start.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What it prints next; waited for at most 30 seconds.
    func line() -> String { ClientRun.line(from: output) }
}
