import Foundation
import Testing

@testable import legality

@Suite("What the client prints for people")
struct PageTests {
    /// Name and arguments.
    static let pages: [(name: String, arguments: [String])] = [
        ("status-san-diego", ["status", "US-CA/place:san_diego", "--on", "2026-11-21"]),
        ("status-rhode-island", ["status", "Rhode Island", "--on", "2026-11-21"]),
        ("status-korea", ["status", "KR", "--on", "2026-11-21"]),
        ("status-egypt", ["status", "EG", "--on", "2026-11-21"]),
        ("status-activity-age", ["status", "US-RI", "--on", "2026-11-21", "--activity", "possess", "--age", "20"]),
        ("status-explain", ["status", "US-CA", "--on", "2026-11-21", "--explain"]),
        ("status-two-places", ["status", "DE", "TH", "--on", "2026-11-21"]),
        ("show-alabama", ["show", "US-AL", "--on", "2026-11-21"]),
        ("list", ["list", "--on", "2026-11-21"]),
        ("list-sorted", ["list", "--on", "2026-11-21", "--kind", "state", "--sort", "-changed"]),
        ("history-rhode-island", ["history", "US-RI"]),
        ("history-thailand", ["history", "TH"]),
        ("upcoming", ["upcoming", "--within", "36500"]),
        ("resolve", ["resolve", "Thailand", "US-CA/place:san_diego"]),
        ("route", ["route", "US-RI", "KR", "TH", "--on", "2026-11-21"]),
        ("map-us", ["map", "us", "--on", "2026-11-21"]),
        ("map-world", ["map", "world", "--on", "2026-11-21", "--substance", "7-oh"]),
        ("route-foreign", ["route", "JP", "EG", "KR", "--on", "2026-11-21"]),
        ("show-japan", ["show", "JP", "--on", "2026-11-21"]),
        ("resolve-foreign", ["resolve", "日本 (Japan)", "KR", "مصر (Egypt)", "TH"]),
        ("list-narrow", ["list", "--country", "US-CA", "--on", "2026-11-21"]),
        ("map-us-sell", ["map", "us", "-a", "sell", "--on", "2026-11-21"]),
        ("help", ["help"]), ("help-status", ["help", "status"]), ("help-is-legal", ["help", "is-legal"]),
        ("help-show", ["help", "show"]), ("help-history", ["help", "history"]),
        ("help-upcoming", ["help", "upcoming"]),
        ("help-list", ["help", "list"]), ("help-resolve", ["help", "resolve"]), ("help-route", ["help", "route"]),
        ("help-map", ["help", "map"]), ("help-export", ["help", "export"]), ("help-monitor", ["help", "monitor"]),
        ("help-info", ["help", "info"]),
    ]

    @Test("is held for pipes and files", arguments: pages.indices, [60, 80, 140])
    func pipe(page: Int, columns: Int) throws {
        let (name, arguments) = Self.pages[page]
        let result = try ClientRun.client(arguments, environment: ["COLUMNS": "\(columns)"])
        #expect(result.errors.isEmpty)
        #expect(!result.output.contains("\u{1B}"))
        try Snapshot.expect(result.output, named: "\(name)-\(columns)")
    }

    @Test("is the same on a terminal without colour", arguments: pages.indices, [60, 80, 140])
    func plainTerminal(page: Int, columns: Int) throws {
        let (name, arguments) = Self.pages[page]
        let screen = try ClientRun.terminal(
            arguments, columns: columns, environment: ["NO_COLOR": "1"]
        ).screen
        // Names that run from right to left are isolated on a terminal.
        let text = screen.filter { !"\u{2068}\u{2069}".contains($0) }
        try Snapshot.expect(String(text), named: "\(name)-\(columns)")
        if name == "status-egypt" { #expect(screen.contains("\u{2068}")) }
    }

    @Test("is the same with colour and links, but for those", arguments: pages.indices, [60, 80, 140])
    func colourfulTerminal(page: Int, columns: Int) throws {
        let (name, arguments) = Self.pages[page]
        let screen = try ClientRun.terminal(
            arguments, columns: columns, environment: ["KONSOLE_VERSION": "220401"]
        ).screen
        try Snapshot.expect(screen, named: "\(name)-\(columns)-colour")
        #expect(screen.contains("\u{1B}["))
    }

    @Test("fits the terminal but for addresses", arguments: pages.indices, [60, 80, 140])
    func width(page: Int, columns: Int) throws {
        let result = try ClientRun.client(Self.pages[page].arguments, environment: ["COLUMNS": "\(columns)"])
        for line in result.output.split(separator: "\n") where !line.contains("://") {
            #expect(CellWidth.of(line) <= columns, "\(line)")
        }
    }

    @Test("tells of the daemon and its table", arguments: [60, 80, 140], [false, true])
    func information(columns: Int, hasColour: Bool) throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("table"), withDestinationPath: ClientRun.table)
        let daemon = try TestDaemon(table: directory.file("table"), in: directory)
        let terminal = try ClientRun.terminal(
            ["info"], columns: columns,
            environment: ["LEGALITY_SOCKET": daemon.socket].merging(hasColour ? [:] : ["NO_COLOR": "1"]) { $1 })
        // What differs from run to run, by what is as long.
        let text = terminal.screen.replacingOccurrences(of: directory.path, with: "/tmp/example.dir")
            .replacing(#/loaded \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "loaded 2026-11-21T12:00:00Z")
            .replacing(#/[0-9a-f]{16,}/#) { String(repeating: "d", count: $0.output.count) }
        try Snapshot.expect(text, named: "info-\(columns)\(hasColour ? "-colour" : "")")
        guard !hasColour else { return }
        let pipe = try Program.legality.run(
            ["info"], environment: ["LEGALITY_SOCKET": daemon.socket, "COLUMNS": "\(columns)"])
        #expect(pipe.output == terminal.screen)
    }

    @Test(
        "says that there is no law only of what is legal", arguments: ["status", "show"],
        [("DE", "no specific law, say the sources"), ("US-OH", "its sources name no law")])
    func withoutAuthority(command: String, page: (place: String, words: String)) throws {
        let result = try ClientRun.client([command, page.place, "--on", "2026-11-21"], environment: ["COLUMNS": "140"])
        #expect(result.output.contains(page.words))
    }

    @Test("is cut nowhere where there is no terminal")
    func unbounded() throws {
        let result = try ClientRun.client(["list", "--on", "2026-11-21", "--country", "US"])
        try Snapshot.expect(result.output, named: "list-unbounded")
    }

    @Test("does not depend on the locale", arguments: ["C", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG"])
    func locale(name: String) throws {
        let arguments = ["status", "US-RI", "--on", "2026-11-21"]
        let result = try ClientRun.client(
            arguments, environment: ["LC_ALL": name, "LANG": name, "LANGUAGE": name, "COLUMNS": "80"])
        try Snapshot.expect(result.output, named: "status-rhode-island-80")
    }

    @Test("goes through the pager on a terminal only")
    func pager() throws {
        let pager = ["PAGER": "sed 's/^/paged: /'", "NO_COLOR": "1"]
        let paged = try ClientRun.terminal(["show", "US-AL"], columns: 80, environment: pager)
        #expect(paged.status == 0)
        #expect(paged.screen.hasPrefix("paged: Alabama (US-AL), state\n"))
        let unpaged = try ClientRun.terminal(["show", "US-AL", "--no-pager"], columns: 80, environment: pager)
        #expect(unpaged.screen.hasPrefix("Alabama (US-AL), state\n"))
        let piped = try ClientRun.client(["show", "US-AL"], environment: pager)
        #expect(piped.output.hasPrefix("Alabama (US-AL), state\n"))
        let missing = try ClientRun.terminal(
            ["list"], columns: 80, environment: ["PAGER": "/nonexistent/pager"])
        #expect(!missing.screen.contains("fatal"))
    }

    @Test("has colour only on a terminal that has it, and never with NO_COLOR")
    func colour() throws {
        let arguments = ["status", "US-AL"]
        func hasColour(_ environment: [String: String], _ more: [String] = []) throws -> Bool {
            try ClientRun.terminal(arguments + more, columns: 80, environment: environment).screen.contains("\u{1B}[")
        }
        #expect(try hasColour([:]))
        #expect(try !hasColour(["NO_COLOR": "1"]))
        #expect(try !hasColour(["NO_COLOR": "1"], ["--color", "always"]))
        #expect(try !hasColour(["TERM": "dumb"]))
        #expect(try !hasColour([:], ["--color=never"]))
        #expect(try ClientRun.client(arguments + ["--colour", "always"]).output.contains("\u{1B}["))
    }
}
