import Foundation
import Testing
import Varlink

/// What a client may send in error or in malice: it hurts only itself.
@Suite("Bad input on the socket")
struct BadInputTests {
    private static let tooLarge =
        "{\"error\":\"org.legalityd.Lookup.Busy\",\"parameters\":{\"limit\":\"request_size\",\"maximum\":131072}}"

    @Test("gets its error or a closed connection, and the next client is served at once")
    func badInput() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        func served() throws -> Bool { try daemon.check("CH")["status"]?.stringValue == "prohibited" }
        func parameterError(_ name: String) -> String {
            "{\"error\":\"org.varlink.service.InvalidParameter\",\"parameters\":{\"parameter\":\"\(name)\"}}"
        }
        let check = "org.legalityd.Lookup.Check"
        let answered: [(String, String)] = [
            ("[1,2]", parameterError("method")),
            ("{\"methode\":\"x\"}", parameterError("method")),
            ("{\"method\":7}", parameterError("method")),
            (
                "{\"method\":\"org.legalityd.Lookup.Chek\"}",
                "{\"error\":\"org.varlink.service.MethodNotFound\",\"parameters\":{\"method\":\"org.legalityd.Lookup.Chek\"}}"
            ),
            (
                "{\"method\":\"org.example.Nothing.Do\"}",
                "{\"error\":\"org.varlink.service.InterfaceNotFound\",\"parameters\":{\"interface\":\"org.example.Nothing\"}}"
            ),
            ("{\"method\":\"\(check)\"}", parameterError("place")),
            ("{\"method\":\"\(check)\",\"parameters\":{\"place\":5}}", parameterError("place")),
            ("{\"method\":\"\(check)\",\"parameters\":{\"place\":\"CH\",\"age\":\"old\"}}", parameterError("age")),
            ("{\"method\":\"\(check)\",\"parameters\":{\"place\":\"CH\",\"age\":-1}}", parameterError("age")),
            ("{\"method\":\"\(check)\",\"parameters\":{\"place\":\"CH\",\"colour\":1}}", parameterError("colour")),
            (
                "{\"method\":\"\(check)\",\"parameters\":{\"place\":\"CH\",\"on\":\"2026-02-30\"}}",
                "{\"error\":\"org.legalityd.Lookup.InvalidDate\",\"parameters\":{\"date\":\"2026-02-30\",\"expected\":\"a day that exists, as YYYY-MM-DD\"}}"
            ),
        ]
        // One connection bears them all, and still answers.
        let patient = try RawConnection(daemon.socket)
        for (request, reply) in answered {
            patient.send(request)
            #expect(patient.receive() == .frame(reply), "\(request)")
        }
        patient.send("{\"method\":\"io.systemd.service.Ping\"}")
        #expect(patient.receive() == .frame("{\"parameters\":{}}"))
        #expect(try served())

        let fatal: [(String, [UInt8])] = [
            ("not JSON", Array("hello\0".utf8)),
            ("half of a JSON text", Array("{\"method\":\0".utf8)),
            ("NUL bytes alone", [0, 0, 0]),
            ("invalid UTF-8", Array("{\"method\":\"".utf8) + [0xFF, 0xC0] + Array("\"}\0".utf8)),
            ("a frame over the limit", Array(repeating: UInt8(ascii: " "), count: 2 << 20)),
            ("deep nesting", Array(repeating: UInt8(ascii: "["), count: 10_000) + [0]),
        ]
        for (what, bytes) in fatal {
            let connection = try RawConnection(daemon.socket)
            connection.send(bytes)
            if what == "a frame over the limit" { #expect(connection.receive() == .frame(Self.tooLarge)) }
            #expect(connection.receive() == .closed, "\(what)")
            #expect(try served(), "after \(what)")
        }

        // A name of a megabyte is over the limit of a frame; one that fits is simply not known.
        let long = try RawConnection(daemon.socket)
        long.send(
            "{\"method\":\"\(check)\",\"parameters\":{\"place\":\"\(String(repeating: "x", count: 1 << 20))\"}}")
        #expect(long.receive() == .frame(Self.tooLarge))
        #expect(long.receive() == .closed)
        let fitting = try RawConnection(daemon.socket)
        fitting.send(
            "{\"method\":\"\(check)\",\"parameters\":{\"place\":\"\(String(repeating: "x", count: 100_000))\"}}")
        guard case .frame(let reply) = fitting.receive() else {
            Issue.record("no reply to a long name")
            return
        }
        #expect(reply.hasPrefix("{\"error\":\"org.legalityd.Lookup.UnknownPlace\""))

        let half = try RawConnection(daemon.socket)
        half.send(Array("{\"method\":".utf8))
        #expect(try served(), "beside a half frame")
        half.endOutput()
        #expect(half.receive() == .closed)
        #expect(try served())
    }

    @Test("a half frame that never ends is cut off after its time")
    func stalledFrame() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), arguments: ["--request-time", "1"])
        let half = try RawConnection(daemon.socket)
        half.send(Array("{\"method\":".utf8))
        #expect(
            half.receive()
                == .frame(
                    "{\"error\":\"org.legalityd.Lookup.Busy\",\"parameters\":{\"limit\":\"request_time\",\"maximum\":1000}}"
                )
        )
        #expect(half.receive() == .closed)
    }

    @Test("a thousand idle connections keep nobody waiting, and their memory comes back")
    func idleConnections() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        _ = try daemon.check("CH")
        let descriptors = daemon.openDescriptors
        func flood() throws {
            let idle = try (0..<1000).map { _ in try RawConnection(daemon.socket) }
            #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
            #expect(idle.count == 1000)
        }
        try flood()
        try daemon.wait("the connections to go") { daemon.openDescriptors <= descriptors }
        let before = daemon.residentMemory
        for _ in 0..<3 {
            try flood()
            try daemon.wait("the connections to go") { daemon.openDescriptors <= descriptors }
        }
        #expect(daemon.residentMemory < before + 2048, "KiB before \(before), after \(daemon.residentMemory)")
    }
}
