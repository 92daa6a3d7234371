import Foundation
import Testing
import Varlink

@Suite("A reload")
struct ReloadTests {
    @Test("swaps the table in whole while eight clients ask without pause, and a broken one changes nothing")
    func reloadUnderFire() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        let askers = Askers(count: 8, socket: daemon.socket)
        defer { askers.stop() }

        var good = 0
        var current = 0
        for round in 1...200 {
            let isBroken = round % 2 == 1
            if isBroken {
                let mend = try breakTable(directory, kind: round / 2 % 5, version: current)
                let error = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
                guard case .refused(let refusal)? = error else {
                    Issue.record("round \(round): \(String(describing: error))")
                    return
                }
                #expect(refusal.name == "org.legalityd.Lookup.TableRefused")
                try mend()
            } else {
                current += 1
                good += 1
                try SmallTable.write(version: current, to: directory)
                _ = try daemon.call("io.systemd.service.Reload")
            }
            let info = try daemon.call("org.legalityd.Lookup.GetTable")
            #expect(info["version"]?.stringValue == "2026.01.01.\(current)")
            #expect(info["last_reload"]?.stringValue == (isBroken ? "refused" : "loaded"))
            #expect((info["last_reload_fault"]?.stringValue != nil) == isBroken)
        }
        let outcome = askers.stop()
        #expect(outcome.failures == [])
        #expect(outcome.answers > 200, "the askers were at work during the reloads: \(outcome.answers)")
        #expect(outcome.versions.count > 10, "they saw many tables: \(outcome.versions.count)")

        let refusals = daemon.log.split(separator: "\n").filter { $0.contains("the new table is refused") }
        #expect(refusals.count == 100)
        for line in refusals {
            #expect(line.contains(/[A-Za-z.\/]+:[0-9]+:[0-9]+: .+/), "names file, line and column: \(line)")
        }
        #expect(daemon.stop() == 0)
    }

    /// Breaks a table in one of five ways; what it returns mends it.
    private func breakTable(
        _ directory: TemporaryDirectory, kind: Int, version: Int
    ) throws -> () throws -> Void {
        let mend = { try SmallTable.write(version: version, to: directory) }
        switch kind {
        case 0:
            try directory.write("id: [CH\nname: {", to: "data/ch.yaml")
        case 1:
            try directory.write(SmallTable.country("KR", version: version) + "colour: red\n", to: "data/kr.yaml")
        case 2:
            try directory.remove("data/table.yaml")
        case 3:
            try directory.remove("data")
            try FileManager.default.createDirectory(atPath: directory.file("data"), withIntermediateDirectories: false)
        default:
            try directory.write(SmallTable.country("FR", version: version), to: "data/ch.yaml")
        }
        return mend
    }

    @Test("in the middle of which files vanish and come back is taken whole or refused")
    func vanishingFiles() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        let text = SmallTable.country("CH", version: 0)
        let vandal = Repeating {
            try? directory.remove("data/ch.yaml")
            usleep(200)
            try? directory.write(text, to: "data/ch.yaml")
            usleep(200)
        }
        defer { vandal.stop() }
        for _ in 0..<100 {
            _ = try? daemon.call("io.systemd.service.Reload")
            let verdict = try daemon.check("KR")
            #expect(verdict["table"]?.stringValue == "2026.01.01.0")
            #expect(verdict["status"]?.stringValue == "prohibited")
            // Switzerland is in the table or the whole table without it was taken; never half of it.
            let count = try daemon.call("org.legalityd.Lookup.GetTable")["jurisdictions"]?.integerValue
            #expect(count == 5 || count == 4)
        }
        vandal.stop()
        try SmallTable.write(version: 2, to: directory)
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.2")
    }

    @Test("by SIGHUP is in use as soon as GetTable says so, and a storm of a thousand signals loses nothing")
    func signalStorm() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 1, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        #expect(try daemon.check("CH")["status"]?.stringValue == "legal")
        try SmallTable.write(version: 2, to: directory)
        for _ in 0..<1000 { daemon.send(signal: SIGHUP) }
        try daemon.wait("the new table") {
            try daemon.call("org.legalityd.Lookup.GetTable")["version"]?.stringValue == "2026.01.01.2"
        }
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
        #expect(daemon.stop() == 0)
    }

    @Test("that is asked for while a table is being read gets the next reading, and waits for no other")
    func askedForWhileReading() throws {
        guard let shim = try FaultShim() else { return }
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), environment: shim.environment)
        try shim.order("pause /de.yaml")
        var first = try VarlinkClient(path: daemon.socket, timeout: 60_000)
        first.send("io.systemd.service.Reload")
        try first.flush()
        try daemon.wait("the read to begin") { shim.isPaused }
        // What the reading that goes on has open changes under it; who asks from here on asks for what is there now.
        try SmallTable.write(version: 1, to: directory)
        let later = try (0..<3).map { _ in try RawConnection(daemon.socket) }
        for connection in later { connection.send("{\"method\":\"io.systemd.service.Reload\"}") }
        // Each is answered in a look at the sockets of its own, and the last of them after the calls above.
        for _ in 0..<3 { _ = try daemon.call("io.systemd.service.Ping") }
        try shim.end()
        #expect(try first.receive().error?.name == "org.legalityd.Lookup.TableRefused")
        for connection in later { #expect(connection.receive() == .frame("{\"parameters\":{}}")) }
        let information = try daemon.call("org.legalityd.Lookup.GetTable")
        #expect(information["version"]?.stringValue == "2026.01.01.1")
        #expect(information["reloads"]?.integerValue == 2, "three that asked at the same time share a reading")
        #expect(daemon.stop() == 0)
    }

    @Test("of a table that takes long to read keeps no query waiting")
    func queriesDuringReload() throws {
        let daemon = try TestDaemon()
        var reloading = try VarlinkClient(path: daemon.socket, timeout: 60_000)
        reloading.send("io.systemd.service.Reload")
        try reloading.flush()
        // The reply to the reload comes only when it is over; these are answered before.
        var answered = 0
        while try daemon.call("org.legalityd.Lookup.GetTable")["reloads"]?.integerValue == 0 {
            #expect(try daemon.check("US-AL")["status"]?.stringValue == "prohibited")
            answered += 1
        }
        #expect(try reloading.receive().error == nil)
        #expect(answered > 3, "answered \(answered) queries in the time of one reload of the shipped table")
    }

    @Test("in the middle of which SIGTERM comes is not waited for: queries are answered, and the daemon ends with 0")
    func terminateWhileReading() throws {
        guard let shim = try FaultShim() else { return }
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), environment: shim.environment)
        try shim.order("pause /de.yaml")
        let waiting = try RawConnection(daemon.socket)
        waiting.send("{\"method\":\"io.systemd.service.Reload\"}")
        try daemon.wait("the read to begin") { shim.isPaused }
        let asking = try RawConnection(daemon.socket)
        asking.send("{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"CH\"}}")
        #expect(daemon.stop() == 0)
        guard case .frame(let answer) = asking.receive() else {
            Issue.record("no answer")
            return
        }
        #expect(answer.contains("2026.01.01.0"))
        #expect(waiting.receive() == .closed)
        #expect(!FileManager.default.fileExists(atPath: daemon.socket), "its socket is gone")
    }

    @Test("that is interrupted by SIGTERM ends the daemon with 0")
    func terminateDuringReload() throws {
        let daemon = try TestDaemon()
        daemon.send(signal: SIGHUP)
        #expect(daemon.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: daemon.socket), "its socket is gone")
    }
}
