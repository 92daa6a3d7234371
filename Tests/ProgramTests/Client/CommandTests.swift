import Foundation
import Testing
import Varlink

@testable import legality

@Suite("The client's commands")
struct CommandTests {
    private func run(_ arguments: String..., input: String = "") throws -> Program.Result {
        try ClientRun.client(arguments, input: input)
    }

    /// Whether it is one line that says who speaks.
    private func isOneLine(_ errors: String) -> Bool {
        errors.hasPrefix("legality: ") && errors.hasSuffix("\n") && errors.filter { $0 == "\n" }.count == 1
    }

    @Test(
        "tell the answer by the exit code",
        arguments: [
            ("DE", "legal", 0), ("TH", "regulated", 0), ("US-AL", "prohibited", 1), ("US-OH", "uncertain", 2),
            ("EG", "unknown", 3), ("us-al", "prohibited", 1), ("Alabama", "prohibited", 1), ("AL", "prohibited", 1),
            ("ocd-division/country:us/state:ca/place:san_diego", "prohibited", 1),
        ] as [(String, String, Int32)])
    func exitCodes(place: String, word: String, status: Int32) throws {
        let result = try run("is-legal", place)
        #expect((result.output, result.status, result.errors) == (word + "\n", status, ""))
        let quiet = try run("is-legal", "--quiet", place)
        #expect((quiet.output, quiet.status, quiet.errors) == ("", status, ""))
        #expect(try run("status", place).status == status)
    }

    @Test("answer an unknown place with one line that names it")
    func unknownPlace() throws {
        for command in ["is-legal", "status", "show", "history", "resolve", "upcoming", "monitor"] {
            let result = try run(command, "Alabma")
            #expect(result.status == 3, "\(command)")
            #expect(isOneLine(result.errors), "\(command): \(result.errors)")
            #expect(
                result.errors
                    == "legality: there is no place \"Alabma\" in the table; did you mean \"Alabama\"?\n", "\(command)")
            #expect(result.output == (command == "is-legal" ? "unknown\n" : ""), "\(command)")
        }
        let route = try run("route", "Alabma", "CH")
        #expect((route.status, route.output) == (3, ""))
        #expect(route.errors.hasSuffix("did you mean \"Alabama\"?\n"))
        let far = try run("is-legal", "qqqqqqqqqq")
        #expect(far.errors == "legality: there is no place \"qqqqqqqqqq\" in the table\n")
        // For programs they come as a list, the best first.
        let json = try JSONValue(parsing: String(try run("is-legal", "--json", "Rhode Islnd").output.dropLast()))
        #expect(json["error"] == "org.legalityd.Lookup.UnknownPlace")
        #expect(json["parameters"]?["suggestions"]?[0] == "Rhode Island")
        #expect(try run("is-legal", "-q", "Alabma").errors.isEmpty)
    }

    @Test("notice forgotten quotes")
    func quotes() throws {
        let result = try run("is-legal", "South", "Korea")
        #expect(result.status == 3)
        #expect(result.output == "unknown\nunknown\n")
        #expect(
            result.errors.hasSuffix(
                "legality: a name of several words needs quotes: legality is-legal \"South Korea\"\n"))
    }

    @Test("take several places, the strictest for the exit code")
    func several() throws {
        let result = try run("is-legal", "DE", "US-AL", "EG", "TH")
        #expect(result.output == "legal\nprohibited\nunknown\nregulated\n")
        #expect(result.status == 1)
        #expect(try run("is-legal", "DE", "EG", "TH").status == 3)
        #expect(try run("is-legal", "US-OH", "EG").status == 2)
    }

    @Test("say where no daemon was and how to start one", arguments: LegalityCommand.commands.indices)
    func noDaemon(index: Int) throws {
        let command = LegalityCommand.commands[index].word
        var arguments = [command, "--socket", "/nonexistent/socket"]
        switch command {
        case "status", "is-legal", "show", "history", "resolve": arguments.append("CH")
        case "route": arguments += ["CH", "DE"]
        case "export": arguments.append("--blocklist")
        default: break
        }
        let result = try ClientRun.client(arguments)
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(isOneLine(result.errors))
        #expect(result.errors.contains("/nonexistent/socket (No such file or directory)"))
        #expect(result.errors.contains("systemctl start legalityd"))
    }

    @Test("look for the daemon where it may be, and name each place")
    func lookup() throws {
        let directory = try TemporaryDirectory()
        let result = try Program.legality.run(
            ["is-legal", "CH"], environment: ["LEGALITY_SOCKET": directory.file("none")])
        #expect(result.status == 69)
        #expect(result.errors.contains(directory.file("none")))
        // A socket that nobody listens on any more.
        let dead = try Program.legality.run(["info"], environment: ["LEGALITY_SOCKET": "/proc/self/mem"])
        #expect(dead.status == 69)
        let long = try Program.legality.run(["info", "--socket", "/" + String(repeating: "x", count: 300)])
        #expect(long.status == 69)
        #expect(isOneLine(long.errors))
    }

    @Test(
        "refuse wrong usage in one line",
        arguments: [
            (["is-legal"], "\"legality is-legal\" needs a place; see \"legality help is-legal\""),
            (["status", "--"], "needs a place"),
            (
                ["is-legal", "-a", "eat", "CH"],
                "possess, use, buy, sell, manufacture, cultivate, import or export, not \"eat\""
            ),
            (["is-legal", "--activity=shell", "CH"], "--activity does not take \"shell\"; did you mean \"sell\"?"),
            (["statsu", "CH"], "\"legality status\""), (["STATUS", "CH"], "\"legality status\""),
            (["check", "CH"], "did you mean \"legality is-legal\"?"), (["version"], "\"legality --version\""),
            (["--json"], "no command is given"), (["--verison"], "\"--version\""), (["-V"], "\"--version\""),
            (["--socket"], "no command is given"), (["--nonsense", "status"], "there is no option \"--nonsense\""),
            (["is-legal", "--format", "csv", "CH"], "\"legality is-legal\" has no option \"--format\""),
            (["upcoming", "--within"], "--within needs a value: <time>"),
            (["list", "US"], "legality list --country US"), (["list", "--kind", "stat"], "\"state\""),
            (["list", "--kind", "town"], "country, state"), (["list", "--status", "legl"], "\"legal\""),
            (["--generate-completion-script", "tcsh"], "zsh bash fish"), (["monitor", "--retry", "x"], "<time>"),
            (["map", "--svg", "-", "--json"], "--svg and --json"),
            ([String(repeating: "x", count: 5000)], "xxxx…"),
            (["is-legal", "--" + String(repeating: "x", count: 5000), "CH"], "xxxx…"),
            (["frobnicate"], "legality help"), (["Alabama"], "legality status \"Alabama\""),
            (["is-legal", "--subtsance", "x", "CH"], "did you mean \"--substance\""),
            (["is-legal", "--age", "-3", "CH"], "age"),
            (["is-legal", "--age", "x", "CH"], "age"), (["is-legal", "--age", "151", "CH"], "150"),
            (["is-legal", "CH", "-"], "\"-\""), (["route", "CH"], "two places"),
            (["list", "--format", "xml"], "--format takes table, tsv, csv or json, not \"xml\""),
            (["list", "--sort", "colour"], "not \"colour\""), (["list", "--status", "fine"], "not \"fine\""),
            (["upcoming", "--within", "soon"], "not \"soon\""), (["export"], "--blocklist"),
            (["map", "moon"], "region takes us or world, not \"moon\""),
            (["help", "statsu"], "\"legality status\""), (["is-legal", "--7oh-percent", "101", "CH"], "100"),
            (["is-legal", "--7oh-ppm", "-1", "CH"], "7oh-ppm"), (["is-legal", "--form", "tea", "CH"], "not \"tea\""),
            (["is-legal", "-s", "salt", "CH"], "7-hydroxymitragynine"),
            (["is-legal", "-s", "kratm", "CH"], "did you mean \"kratom\"?"),
            (["is-legal", "--on", "2025-02-30", "CH"], "2025-02-30"),
            (["is-legal", "--on", "today", "CH"], "today"), (["list", "-s", "salt"], "salt"), (["info", "CH"], "CH"),
        ])
    func usage(arguments: [String], hint: String) throws {
        let result = try ClientRun.client(arguments)
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(isOneLine(result.errors), "\(result.errors)")
        #expect(result.errors.contains(hint), "\(result.errors)")
    }

    @Test("list a country by its code or its name, and nothing of one that is not there")
    func countries() throws {
        let byCode = try run("list", "--country", "TH", "--format", "csv", "--on", "2026-11-21")
        for name in ["th", "Thailand", "thailand"] {
            #expect(try run("list", "--country", name, "--format", "csv", "--on", "2026-11-21").output == byCode.output)
        }
        for arguments in [["list"], ["list", "--json"], ["list", "--format", "tsv"]] {
            let none = try ClientRun.client(arguments + ["--country", "XX"])
            #expect((none.output, none.status) == ("", 3), "\(arguments)")
            #expect(none.errors == "legality: there is no place \"XX\" in the table\n")
        }
        let empty = try run("list", "--country", "DE", "--status", "prohibited")
        #expect((empty.output, empty.status) == ("", 0))
        #expect(empty.errors == "legality: no jurisdiction of the table fits\n")
        let rows = try run("list", "--country", "DE", "--status", "prohibited", "--format", "csv")
        #expect((rows.output.filter { $0 == "\n" }.count, rows.errors) == (1, ""))
    }

    @Test("name an empty place as such, and of a long one the beginning")
    func oddPlaces() throws {
        for place in ["", "  "] { #expect(try run("status", place).errors == "legality: a place is empty\n") }
        let long = try run("status", String(repeating: "x", count: 100_000))
        #expect(long.status == 3 && long.errors.utf8.count < 200)
    }

    @Test("take the day, the person and the product into account")
    func circumstances() throws {
        #expect(try run("is-legal", "US-RI", "--on", "2025-06-01").output == "prohibited\n")
        #expect(try run("is-legal", "US-RI", "--on", "2026-06-01").output == "regulated\n")
        let adult = ["is-legal", "US-RI", "--on", "2026-06-01", "--activity", "possess", "--age"]
        #expect(try ClientRun.client(adult + ["21"]).output == "regulated\n")
        #expect(try ClientRun.client(adult + ["20"]).output == "prohibited\n")
        let product = ["is-legal", "US-RI", "--on=2026-06-01", "--activity=sell"]
        #expect(try ClientRun.client(product + ["--7oh-percent", "1.5"]).output == "regulated\n")
        #expect(try ClientRun.client(product + ["--7oh-percent", "2.5"]).output == "prohibited\n")
        #expect(try ClientRun.client(product + ["--form", "vape"]).output == "prohibited\n")
        #expect(try ClientRun.client(product + ["--form", "powder", "--licensed", "--prescription"]).status == 0)
        #expect(try ClientRun.client(product + ["--7oh-ppm", "400"]).status == 0)
        #expect(try run("is-legal", "US-RI", "--on", "2026-06-01", "-s", "7-oh").output == "prohibited\n")
        #expect(try run("is-legal", "US-RI", "--on", "2026-11-21", "-s", "synthetic").output == "prohibited\n")
        #expect(try run("is-legal", "US-CA", "-a", "possess").output == "legal\n")
        #expect(try run("is-legal", "US-CA", "-a", "sell").output == "prohibited\n")
    }

    @Test("print one JSON object for each answer with --json")
    func json() throws {
        let cases: [([String], String)] = [
            (["is-legal", "US-AL"], "status"), (["status", "US-AL"], "status"), (["show", "US-AL"], "records"),
            (["history", "US-AL"], "periods"), (["upcoming"], "changes"), (["list"], "entries"),
            (["resolve", "US-AL"], "candidates"), (["route", "US-AL", "KR"], "legs"), (["info"], "digest"),
            (["export", "--blocklist"], "areas"), (["map", "us"], "entries"),
            (["list", "--sort", "name"], "entries"),
        ]
        for (arguments, member) in cases {
            let result = try ClientRun.client(arguments + ["--json"])
            let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 2 && lines[1].isEmpty, "\(arguments)")
            #expect(try JSONValue(parsing: String(lines[0]))[member] != nil, "\(arguments)")
            #expect(result.errors.isEmpty)
        }
    }

    @Test("give the verdict as it is on the wire")
    func verdictAsOnTheWire() throws {
        let wire = try ClientRun.daemon.get().check("US-AL", ["on": "2026-11-21"])
        for command in ["is-legal", "status"] {
            let result = try run(command, "US-AL", "--on", "2026-11-21", "--json")
            #expect(try JSONValue(parsing: String(result.output.dropLast())) == .object(wire))
        }
    }

    @Test("print rows for programs")
    func rows() throws {
        let csv = try run("list", "--country", "US", "--status", "prohibited", "--on", "2026-11-21", "--format", "csv")
        #expect(
            csv.output.split(separator: "\n").first
                == "status,id,name,kind,minimum_age,next_change,changed,reviewed,rule")
        #expect(csv.output.contains("\nprohibited,US-AL,Alabama,state,,,2016-05-10,2026-06-24,US-AL#schedule-i\n"))
        let tsv = try run("list", "--country=US", "--kind=place", "--format=tsv", "--no-header", "--on=2026-11-21")
        #expect(tsv.output.hasPrefix("prohibited\tUS-CA/place:san_diego\tSan Diego\tplace\t"))
        #expect(tsv.output.filter { $0 == "\n" }.count == 1)
        let changed = try run("list", "--changed-since", "2026-01-01", "--format", "tsv", "--no-header")
        #expect(changed.output.split(separator: "\n").map { $0.split(separator: "\t")[1] } == ["US", "US-RI"])
        let history = try run("history", "TH", "--format", "tsv", "--no-header")
        #expect(history.output.contains("TH\tkratom\t\t2022-08-27\t\tregulated\tfalse\tTH#plant-act\n"))
        let upcoming = try run("upcoming", "US-RI", "--within", "100y", "--format", "csv")
        #expect(upcoming.output.contains("2090-01-01,US-RI,Rhode Island,begins,prohibited"))
        let resolved = try run("resolve", "Rhode Island", "--format", "tsv", "--no-header")
        #expect(resolved.output == "Rhode Island\tUS-RI\tcertain\t\tname\tUS-RI US\t\n")
        let route = try run("route", "DE", "TH", "--on", "2026-11-21", "--format", "tsv", "--no-header")
        #expect(
            route.output.split(separator: "\n").map { $0.split(separator: "\t").prefix(5).joined(separator: " ") } == [
                "regulated destination Thailand TH import", "regulated destination Thailand TH possess",
                "legal departure Germany DE possess", "legal departure Germany DE export",
            ])
        #expect(try run("upcoming", "--within", "0").output.isEmpty)
    }

    @Test("judge a journey by its strictest leg, and borders only where there are some")
    func route() throws {
        let barred = try run("route", "US-RI", "KR", "TH", "--on", "2026-11-21", "--json")
        #expect(barred.status == 1)
        let legs = try JSONValue(parsing: String(barred.output.dropLast()))["legs"]?.arrayValue ?? []
        #expect(legs.first?["status"] == "prohibited")
        #expect(legs.first?["verdict"]?["place"]?["id"] == "KR")
        #expect(
            legs.map { "\($0["stage"]?.stringValue ?? "") \($0["activity"]?.stringValue ?? "")" }.sorted() == [
                "departure export", "departure possess", "destination import", "destination possess",
                "transit export", "transit import", "transit possess",
            ])
        let domestic = try run("route", "US-RI", "US-CA", "--on", "2026-11-21", "--json")
        #expect(domestic.status == 0)
        #expect(!domestic.output.contains("\"activity\":\"import\""))
        #expect(try run("route", "DE", "EG").status == 3)
    }

    @Test("export what a checkout blocks")
    func blockList() throws {
        let csv = try run("export", "--blocklist", "--on", "2026-11-21")
        let lines = csv.output.split(separator: "\n")
        #expect(lines.first == "level,code,id,name,state,status,minimum_age,from,rule,certainty")
        #expect(lines.contains("state,AL,US-AL,Alabama,AL,prohibited,,2016-05-10,US-AL#schedule-i,certain"))
        let states = try run(
            "export", "--blocklist", "--status", "regulated", "--level", "state", "--on", "2026-11-21", "--json")
        let areas = try JSONValue(parsing: String(states.output.dropLast()))["areas"]?.arrayValue ?? []
        #expect(areas.map { $0["id"]?.stringValue } == ["US-RI"])
        #expect(areas.first?["minimum_age"] == 21)
        let none = try run("export", "--blocklist", "--status", "unknown", "--level", "state", "--json", "-s", "kratom")
        #expect(none.output.hasPrefix("{\"areas\":["))
    }

    @Test("show the daemon and its table")
    func info() throws {
        let result = try run("info")
        #expect(result.output.contains("Table: 2026.11.21, loaded "))
        #expect(result.output.contains("12 jurisdictions · 15 rules"))
        #expect(result.output.contains(try ClientRun.daemon.get().socket))
        #expect(result.status == 0)
    }

    @Test("explain themselves", arguments: LegalityCommand.commands.indices)
    func help(index: Int) throws {
        let command = LegalityCommand.commands[index]
        let page = try ClientRun.client(["help", command.word])
        #expect(page.status == 0)
        #expect(page.errors.isEmpty)
        #expect(page.output.hasPrefix("legality \(command.word): "))
        #expect(page.output.contains("\nExamples\n  legality \(command.word)") || page.output.contains("| legality"))
        for form in [
            [command.word, "--help"], [command.word, "-h"], ["--help", command.word], ["help", "help", command.word],
        ] {
            #expect(try ClientRun.client(form).output == page.output)
        }
        #expect(try ClientRun.client(["help", "help"]).output == ClientRun.client([]).output)
        let overview = try ClientRun.client([])
        #expect(overview.output.contains("\n  \(command.word) "))
        #expect(overview.status == 0)
    }

    @Test("take options that stand before them")
    func optionsFirst() throws {
        let socket = try ClientRun.daemon.get().socket
        let result = try Program.legality.run(["--socket", socket, "is-legal", "US-AL"])
        #expect((result.output, result.status) == ("prohibited\n", 1))
        #expect(try Program.legality.run(["--version"]).output == "legality \(LegalityCommand.version)\n")
    }
}
