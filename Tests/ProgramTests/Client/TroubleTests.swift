import Foundation
import Testing

@testable import legality

@Suite("The client in trouble")
struct TroubleTests {
    private func run(
        _ arguments: [String], at server: OddServer, input: String = ""
    ) throws -> Program.Result {
        try Program.legality.run(
            arguments, environment: ["LEGALITY_SOCKET": server.path, "LEGALITY_TIMEOUT": "1"], input: input)
    }

    @Test(
        "gives up on a daemon that is silent, and says so with 75",
        arguments: [
            ["is-legal", "CH"], ["is-legal", "-"], ["status", "CH"], ["list"], ["info"], ["route", "CH", "DE"],
        ])
    func silent(arguments: [String]) throws {
        let server = try OddServer(.silent)
        let result = try run(arguments, at: server, input: "CH\n")
        #expect(result.status == 75)
        #expect(result.output.isEmpty)
        #expect(result.errors == "legality: the daemon at \(server.path) has not answered for 1 second\n")
    }

    @Test("gives up with 75 where the daemon's queue is full", arguments: [["is-legal", "CH"], ["info"]])
    func fullQueue(arguments: [String]) throws {
        let server = try OddServer(.full)
        let result = try run(arguments, at: server)
        #expect(result.status == 75)
        #expect(
            result.errors
                == "legality: the daemon does not answer at \(server.path) (it takes no more connections for now)\n")
    }

    @Test("is told off by a daemon that serves as many as it may, with 75")
    func busy() throws {
        let daemon = try TestDaemon(table: ClientRun.table, arguments: ["--max-connections", "2"])
        var held: [RawConnection] = []
        var refused: Program.Result?
        try daemon.wait("the daemon to refuse") {
            held.append(try RawConnection(daemon.socket))
            let result = try Program.legality.run(["is-legal", "DE"], environment: ["LEGALITY_SOCKET": daemon.socket])
            if result.status != 0 { refused = result }
            return refused != nil
        }
        #expect(refused?.status == 75)
        #expect(refused?.errors == "legality: the daemon is busy (connections); try again later\n")
        let info = try Program.legality.run(["info"], environment: ["LEGALITY_SOCKET": daemon.socket])
        #expect((info.status, info.errors) == (75, refused?.errors))
    }

    @Test("says with 75 that the daemon hung up", arguments: [["is-legal", "CH"], ["info"]])
    func hangUp(arguments: [String]) throws {
        let server = try OddServer(.answering([]))
        let result = try run(arguments, at: server)
        #expect(result.status == 75)
        #expect(
            result.errors == "legality: the daemon at \(server.path) closed the connection before it answered\n")
    }

    @Test(
        "takes nothing for an answer that is none, and says so with 70",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n\r\n\0", "{}\0", "[1,2]\0", "{\"parameters\":{\"verdict\":7}}\0",
            "{\"parameters\":{\"verdict\":{\"status\":\"fine\"}}}\0", "\0",
            "{\"error\":\"org.example.Odd\",\"parameters\":{}}\0",
            "{\"error\":\"org.varlink.service.MethodNotFound\",\"parameters\":{\"method\":\"Check\"}}\0",
        ])
    func nonsense(answer: String) throws {
        let server = try OddServer(.answering(Array(answer.utf8)))
        for arguments in [["is-legal", "CH"], ["status", "CH"], ["is-legal", "--json", "CH"]] {
            let result = try run(arguments, at: server)
            #expect(result.status == 70, "\(arguments): \(result.output)\(result.errors)")
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("legality: the daemon ") && result.errors.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test("shows a person that it waits, and wipes that out again", arguments: [["is-legal", "CH"], ["info"]])
    func spinner(arguments: [String]) throws {
        let server = try OddServer(.silent)
        let words = ([Program.legality.url.path] + arguments).map(ClientRun.quoted).joined(separator: " ")
        let environment = ["LEGALITY_SOCKET": server.path, "LEGALITY_TIMEOUT": "1", "TERM": "xterm"]
        let screen = try ClientRun.script("stty -opost; exec \(words)", environment: environment).output
        #expect(screen.contains("\r⠋ waiting for the daemon\u{1B}[K\r⠙ waiting for the daemon\u{1B}[K"))
        #expect(screen.contains("\u{1B}[K\r\u{1B}[Klegality: the daemon at "))
        // Not where nobody looks, and not where the cursor cannot be moved.
        #expect(try !run(arguments, at: server).errors.contains("waiting"))
        let plain = try ClientRun.script(
            "stty -opost; exec \(words)", environment: environment.merging(["TERM": "dumb"]) { $1 })
        #expect(!plain.output.contains("waiting"))
    }

    @Test("says that it may not ask where it may not", .enabled(if: OtherUser.isPossible))
    func forbidden() throws {
        let directory = try TemporaryDirectory()
        let daemon = try TestDaemon(table: ClientRun.table, in: directory)
        // The directory was made for its owner alone.
        let result = try OtherUser.run(Program.legality.url.path, ["--socket", daemon.socket, "is-legal", "DE"])
        #expect(result.status == 69)
        #expect(result.errors == "legality: no daemon may be asked at \(daemon.socket) (Permission denied)\n")
    }

    @Test(
        "keeps its connection apart from standard streams that are closed",
        arguments: [
            ("is-legal - <&-", 70, "legality: cannot read standard input: Bad file descriptor\n"),
            ("is-legal DE >&-", 70, "legality: cannot write to standard output: Bad file descriptor\n"),
            ("status DE >&-", 70, "legality: cannot write to standard output: Bad file descriptor\n"),
            ("is-legal -q US-AL >&- <&-", 1, ""), ("is-legal DE 2>&-", 0, ""), ("is-legal nowhere 2>&-", 3, ""),
        ] as [(String, Int32, String)])
    func closedStreams(command: String, status: Int32, errors: String) throws {
        let result = try Program.run(
            "/bin/sh", ["-c", "exec \(ClientRun.quoted(Program.legality.url.path)) \(command)"],
            environment: Program.environment(["LEGALITY_SOCKET": try ClientRun.daemon.get().socket]))
        #expect(result.status == status)
        #expect(result.errors == errors)
    }

    @Test("tells of a reload that was refused, and answers on")
    func refusedReload() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 2, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        try directory.write("id: CH\n", to: "data/ch.yaml")
        daemon.send(signal: SIGHUP)
        let environment = ["LEGALITY_SOCKET": daemon.socket]
        var information = ""
        try daemon.wait("the refusal") {
            information = try Program.legality.run(["info"], environment: environment).output
            return information.contains("Last reload: refused, ")
        }
        #expect(information.contains("\n        Fault: ch.yaml:1:1: "))
        #expect(information.contains("\n        Table: 2026.01.01.2, loaded "))
        #expect(try Program.legality.run(["is-legal", "CH"], environment: environment).output == "prohibited\n")
    }
}
