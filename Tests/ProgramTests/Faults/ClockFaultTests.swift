import Foundation
import Testing
import Varlink

/// A clock that is set while the daemon runs, and a machine that knows no time zones.
@Suite("A fault of the clock")
struct ClockFaultTests {
    /// 2026-04-01 00:00 in Zurich.
    private let midnight: Int64 = 1_774_994_400

    private func table() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let text = SmallTable.country("CH", version: 0).replacing(
            "    confidence: high", with: "    from: 2026-04-01\n    confidence: high")
        try directory.write(text, to: "data/ch.yaml")
        return directory
    }

    @Test("that jumps forwards and backwards is followed at once, by answers and by monitors")
    func jumps() throws {
        let directory = try table()
        let clock = try SettableClock(at: midnight - 3600)
        let daemon = try TestDaemon(table: directory.file("data"), environment: clock.environment)
        var monitor = try VarlinkClient(path: daemon.socket, timeout: 60_000)
        monitor.send("org.legalityd.Lookup.Monitor", more: true, parameters: ["places": ["CH"]])
        #expect(try monitor.receive().continues)
        func day() throws -> String {
            "\(try daemon.check("CH")["on"]?.stringValue ?? "") \(try daemon.check("CH")["status"]?.stringValue ?? "")"
        }
        #expect(try day() == "2026-03-31 unknown")
        for _ in 0..<3 {
            try clock.set(midnight + 60)
            #expect(try day() == "2026-04-01 prohibited")
            let event = try monitor.receive().parameters["event"]
            #expect(event?["kind"]?.stringValue == "rule")
            #expect(event?["changes"]?[0]?["after"]?.stringValue == "prohibited")
            // Back again, without an event: no law ended. A cached answer of tomorrow is not given today.
            try clock.set(midnight - 3600)
            #expect(try day() == "2026-03-31 unknown")
            // The daemon has to have seen the step back before the next one forwards.
            usleep(200_000)
        }
        // Years at once, and to before everything.
        try clock.set(midnight + 20 * 31_556_952)
        #expect(try daemon.check("CH")["on"]?.stringValue?.hasPrefix("2046-") == true)
        try clock.set(-1_000_000)
        #expect(try daemon.check("CH")["on"]?.stringValue == "1969-12-20")
        #expect(daemon.stop() == 0)
    }

    @Test("that is one without time zones counts by UTC, and says so once")
    func missingZones() throws {
        let directory = try table()
        let empty = try TemporaryDirectory()
        let offset = midnight + 3600 - Int64(Date().timeIntervalSince1970)
        let daemon = try TestDaemon(
            table: directory.file("data"),
            environment: ["TZDIR": empty.path, "LEGALITYD_TEST_CLOCK_OFFSET": "\(offset)"])
        // One o'clock in Zurich is still the day before by UTC.
        #expect(try daemon.check("CH")["on"]?.stringValue == "2026-03-31")
        for _ in 0..<3 { _ = try daemon.call("io.systemd.service.Reload") }
        let lines = daemon.log.split(separator: "\n").filter { $0.contains("Unknown time zones") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("Europe/Zurich") == true)
    }
}
