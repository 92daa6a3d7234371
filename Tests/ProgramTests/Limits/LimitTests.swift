import Foundation
import Testing
import Varlink

/// Each limit that the command line sets, at the real daemon: what is within it is served, what is beyond is refused
/// in so many words, and whoever keeps to it notices nothing.
@Suite("A limit")
struct LimitTests {
    private let check = "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"CH\"}}"

    private func daemon(_ arguments: String...) throws -> (TestDaemon, TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        return (try TestDaemon(table: directory.file("data"), arguments: arguments), directory)
    }

    private func busy(_ limit: String, _ maximum: Int) -> RawConnection.Input {
        .frame(
            "{\"error\":\"org.legalityd.Lookup.Busy\",\"parameters\":{\"limit\":\"\(limit)\",\"maximum\":\(maximum)}}")
    }

    private func isAnswered(_ connection: RawConnection) -> Bool {
        connection.send(check)
        guard case .frame(let text) = connection.receive() else { return false }
        return text.contains("\"status\":\"prohibited\"")
    }

    @Test("on the size of a request takes the largest and refuses one byte more")
    func requestSize() throws {
        let (daemon, _) = try daemon("--max-request", "500")
        let connection = try RawConnection(daemon.socket)
        let padding = String(repeating: " ", count: 500 - check.utf8.count)
        connection.send(check + padding)
        guard case .frame(let text) = connection.receive() else {
            Issue.record("no reply")
            return
        }
        #expect(text.contains("prohibited"))
        connection.send(check + padding + " ")
        #expect(connection.receive() == busy("request_size", 500))
        #expect(connection.receive() == .closed)
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
    }

    /// Opens connections, each with a call, until one is refused.
    private func fill(_ daemon: TestDaemon, until refusal: RawConnection.Input) throws -> [RawConnection] {
        var held: [RawConnection] = []
        try daemon.wait("the limit") {
            let next = try RawConnection(daemon.socket)
            next.send(check)
            if next.receive() == refusal {
                #expect(next.receive() == .closed)
                return true
            }
            held.append(next)
            return false
        }
        return held
    }

    @Test("on connections refuses the next one, serves those there are, and has room again when one goes")
    func connections() throws {
        let (daemon, _) = try daemon("--max-connections", "4")
        var held = try fill(daemon, until: busy("connections", 4))
        // The connection of the one who asked whether it is up may have been there still.
        #expect(held.count == 4 || held.count == 3)
        #expect(held.filter(isAnswered).count == held.count)
        held.removeLast()
        try daemon.wait("room") { (try? isAnswered(RawConnection(daemon.socket))) == true }
        #expect(daemon.log.contains("over a limit"))
    }

    @Test("on the connections of one user refuses that user's next one")
    func connectionsOfUser() throws {
        let (daemon, _) = try daemon("--max-connections-per-user", "3")
        let held = try fill(daemon, until: busy("connections_per_user", 3))
        #expect(held.count == 3 || held.count == 2)
        #expect(held.filter(isAnswered).count == held.count)
    }

    @Test("on monitors refuses the next one and leaves its connection open")
    func monitors() throws {
        let (daemon, _) = try daemon("--max-monitors", "2")
        let monitor = "{\"method\":\"org.legalityd.Lookup.Monitor\",\"more\":true}"
        let watching = try (0..<2).map { _ in try RawConnection(daemon.socket) }
        for connection in watching {
            connection.send(monitor)
            guard case .frame(let text) = connection.receive() else {
                Issue.record("no event")
                return
            }
            #expect(text.contains("\"continues\":true"))
        }
        let third = try RawConnection(daemon.socket)
        third.send(monitor)
        #expect(third.receive() == busy("waiting_calls", 2))
        #expect(isAnswered(third))
    }

    @Test("on requests in flight refuses those beyond it, in their order, and answers the next ones")
    func requestsInFlight() throws {
        let (daemon, _) = try daemon("--max-in-flight", "3")
        let connection = try RawConnection(daemon.socket)
        let ping = "{\"method\":\"io.systemd.service.Ping\"}"
        for _ in 0..<2 {
            // One piece: what is sent together arrives together.
            connection.send(Array(repeating: ping, count: 5).joined(separator: "\0"))
            for number in 0..<5 {
                #expect(
                    connection.receive() == (number < 3 ? .frame("{\"parameters\":{}}") : busy("requests_in_flight", 3))
                )
            }
        }
        #expect(isAnswered(connection))
    }

    @Test("on places refuses a request that names more of them, and leaves its connection open")
    func places() throws {
        let (daemon, _) = try daemon("--max-places", "2")
        let connection = try RawConnection(daemon.socket)
        connection.send(
            "{\"method\":\"org.legalityd.Lookup.Monitor\",\"parameters\":{\"places\":[\"CH\",\"KR\",\"DE\"]},\"more\":true}"
        )
        #expect(connection.receive() == busy("places", 2))
        #expect(isAnswered(connection))
        connection.send(
            "{\"method\":\"org.legalityd.Lookup.Monitor\",\"parameters\":{\"places\":[\"CH\",\"KR\"]},\"more\":true}")
        guard case .frame(let text) = connection.receive() else {
            Issue.record("no event")
            return
        }
        #expect(text.contains("\"continues\":true"))
    }

    @Test("on what waits for a slow reader stops its calls, not its memory's growth alone, and loses no reply")
    func slowReader() throws {
        let (daemon, _) = try daemon("--max-waiting", "20000")
        _ = try daemon.check("CH")
        let memory = daemon.residentMemory
        let connection = try RawConnection(daemon.socket)
        let call =
            "{\"method\":\"org.varlink.service.GetInterfaceDescription\",\"parameters\":{\"interface\":\"org.legalityd.Lookup\"}}"
        // Some 20 MB of replies, a few hundred kilobytes of which fit the socket.
        let count = 1000
        let sender = Repeating.once { for _ in 0..<count { connection.send(call) } }
        try daemon.wait("the calls to stop") { daemon.isIdle }
        #expect(daemon.residentMemory < memory + 4096, "KiB before \(memory), then \(daemon.residentMemory)")
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited", "others are served")
        for _ in 0..<count {
            guard case .frame(let text) = connection.receiveMuch() else {
                Issue.record("a reply is lost")
                return
            }
            #expect(text.hasPrefix("{\"parameters\":{\"description\":"))
        }
        sender.wait()
    }

    @Test("on the time that replies stay unread ends the connection")
    func stallTime() throws {
        let (daemon, _) = try daemon("--stall-time", "1", "--max-waiting", "1000")
        let connection = try RawConnection(daemon.socket)
        let call =
            "{\"method\":\"org.varlink.service.GetInterfaceDescription\",\"parameters\":{\"interface\":\"org.legalityd.Lookup\"}}"
        // Until nothing is taken any more.
        while connection.send(call) {}
        // What was sent before the end can still be read.
        var last = connection.receiveMuch()
        while case .frame = last { last = connection.receiveMuch() }
        #expect(last == .closed)
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
    }

    @Test("on idle time ends a connection that does nothing, and none that watches")
    func idleTime() throws {
        let (daemon, directory) = try daemon("--idle-time", "1")
        var monitor = try VarlinkClient(path: daemon.socket, timeout: 60_000)
        monitor.send("org.legalityd.Lookup.Monitor", more: true)
        #expect(try monitor.receive().continues)
        let idle = try RawConnection(daemon.socket)
        #expect(isAnswered(idle))
        #expect(idle.receive() == .closed)
        try SmallTable.write(version: 1, to: directory)
        daemon.send(signal: SIGHUP)
        #expect(try monitor.receive().parameters["event"]?["kind"]?.stringValue == "reload")
    }

    @Test("on a table's size and files refuses the start and the reload, and says which")
    func tableSize() throws {
        let (daemon, directory) = try daemon("--max-table-files", "7", "--max-table-size", "5000")
        try directory.write(SmallTable.country("IT", version: 0), to: "data/it.yaml")
        let error = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
        #expect(error.map { "\($0)" }?.contains("more than 7 files") == true)
        try directory.write(
            SmallTable.country("JP", version: 0) + String(repeating: "# long\n", count: 800), to: "data/jp.yaml")
        try directory.remove("data/it.yaml")
        let second = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
        #expect(second.map { "\($0)" }?.contains("more than 5000 bytes") == true)
        #expect(try daemon.check("JP")["table"]?.stringValue == "2026.01.01.0")

        for (option, message) in [("--max-table-files", "files"), ("--max-table-size", "bytes")] {
            let result = try Program.legalityd.run([
                "--table", directory.file("data"), "--socket", directory.file("t"), option, "3",
            ])
            #expect(result.status == 78)
            #expect(result.errors.contains("more than 3 \(message)"), "\(result.errors)")
        }
    }

    @Test("stands in the help, the unit and the page on security, with its default")
    func documented() throws {
        let help = try Program.legalityd.run(["serve", "--help"]).output
        let limits = help.split(separator: "\n").drop { !$0.hasPrefix("LIMITS") }.joined(separator: " ")
            .split(separator: " ").joined(separator: " ")
        let defaults = limits.matches(of: /--([a-z-]+) <[a-z]+>.*?\(default: ([0-9]+)\)/).map { ($0.1, $0.2) }
        #expect(defaults.count == 15)
        let top = URL(fileURLWithPath: TestDaemon.shippedTable).deletingLastPathComponent()
        let unit = try String(contentsOf: top.appendingPathComponent("systemd/legalityd.service"), encoding: .utf8)
        let page = try String(contentsOf: top.appendingPathComponent("docs/security.md"), encoding: .utf8)
        for (name, value) in defaults {
            #expect(unit.contains("--\(name)=\(value)"), "\(name) in the unit")
            #expect(page.contains("`--\(name)`"), "\(name) in docs/security.md")
        }
    }

    @Test("that is no number, or out of bounds, is wrong usage and named")
    func wrongLimits() throws {
        let options = [
            "--max-request", "--max-connections", "--max-connections-per-user", "--max-waiting", "--max-monitors",
            "--requests-per-turn", "--turn-time", "--idle-time", "--request-time", "--stall-time", "--max-table-size",
            "--max-table-files", "--max-in-flight", "--max-places", "--max-load-time",
        ]
        for option in options {
            for value in ["-1", "many"] {
                let result = try Program.legalityd.run(["\(option)=\(value)"])
                #expect(result.status == 64, "\(option) \(value)")
                #expect(result.errors.contains(option), "\(result.errors)")
            }
        }
    }
}
