import ArgumentParser
import Testing

@testable import legality

@Suite("The client reads its command line")
struct ClientCommandLineTests {
    @Test(
        "plain forms of is-legal mean the same with and without the parser",
        arguments: [
            ["is-legal", "US-AL"], ["is-legal", "-q", "US-AL"], ["is-legal", "US-AL", "CH", "--json"],
            ["is-legal", "-"],
            ["is-legal", "--on", "2025-06-01", "San Diego, CA"], ["is-legal", "US-FL", "-s", "7-oh", "-a", "sell"],
            ["is-legal", "--age", "20", "--socket", "/tmp/s", "US-RI"], ["is-legal", "--quiet", "--json", "CH"],
            ["is-legal", "--substance", "extract", "--activity", "export", "-"],
        ])
    func plain(arguments: [String]) throws {
        let quick = try #require(PlainCommandLine.check(arguments))
        let parsed = try #require(try LegalityCommand.parseAsRoot(arguments) as? IsLegal)
        #expect(parsed.check == quick)
    }

    @Test(
        "what is not plain is left to the parser",
        arguments: [
            [], ["is-legal"], ["status", "US-AL"], ["is-legal", "--help"], ["is-legal", "US-AL", "-"],
            ["is-legal", "--on"], ["is-legal", "--age", "x", "CH"], ["is-legal", "--age", "200", "CH"],
            ["is-legal", "-a", "eat", "CH"], ["is-legal", "--on=2025-01-01", "CH"], ["is-legal", "-0", "-"],
            ["is-legal", "--", "-q"], ["is-legal", "-qj", "CH"], ["is-legal", "--on", "--json", "CH"],
        ])
    func notPlain(arguments: [String]) {
        #expect(PlainCommandLine.check(arguments) == nil)
    }

    @Test("looks for the socket where the daemon puts it")
    func socketPaths() {
        let runtime = Environment(["XDG_RUNTIME_DIR": "/run/user/7"])
        let named = Environment(["XDG_RUNTIME_DIR": "/run/user/7", "LEGALITY_SOCKET": "/tmp/s"])
        #expect(SocketPath.candidates(option: "/x", environment: named, isRoot: false) == ["/x"])
        #expect(SocketPath.candidates(option: nil, environment: named, isRoot: false) == ["/tmp/s"])
        #expect(
            SocketPath.candidates(option: nil, environment: runtime, isRoot: false)
                == ["/run/user/7/legalityd/socket", "/run/legalityd/socket"])
        #expect(SocketPath.candidates(option: nil, environment: runtime, isRoot: true) == ["/run/legalityd/socket"])
    }

    @Test(
        "reads how far to look ahead",
        arguments: [
            ("90", 90), ("90d", 90), ("2w", 14), ("3m", 90), ("1y", 365), ("36500", 36500), ("0", 0),
        ])
    func horizon(text: String, days: Int) {
        #expect(Horizon(argument: text)?.days == days)
    }

    @Test("refuses times that are none", arguments: ["", "d", "-1", "1q", "36501", "101y", "9999999999999999999"])
    func noHorizon(text: String) {
        #expect(Horizon(argument: text) == nil)
    }
}
