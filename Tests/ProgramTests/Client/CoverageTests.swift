import Foundation
import Testing
import Varlink

@testable import legality

/// The program's own list of commands and options is the measure: what it names and nothing here tries is a failure.
@Suite("Every command, option and exit code")
struct CoverageTests {
    struct Option: Sendable {
        var names: [String]
        var values: [String]
    }

    struct Command: Sendable, CustomTestStringConvertible {
        var name: String
        var options: [Option]
        var testDescription: String { name }

        func has(_ name: String) -> Bool { options.contains { $0.names.contains(name) } }
    }

    /// As the program tells them, but for what is not for people.
    static let commands: [Command] = {
        guard let dump = try? Program.legality.run(["--experimental-dump-help"]).output,
            let tool = try? JSONValue(parsing: dump)
        else { return [] }
        return (tool["command"]?["subcommands"]?.arrayValue ?? []).compactMap { command in
            guard let name = command["commandName"]?.stringValue, command["shouldDisplay"] == true, name != "help"
            else { return nil }
            let options = (command["arguments"]?.arrayValue ?? []).compactMap { argument -> Option? in
                let names = (argument["names"]?.arrayValue ?? []).compactMap { name in
                    name["name"]?.stringValue.map { (name["kind"]?.stringValue == "short" ? "-" : "--") + $0 }
                }
                return Option(names: names, values: (argument["allValues"]?.arrayValue ?? []).compactMap(\.stringValue))
            }
            return Command(name: name, options: options)
        }
    }()

    /// The least that each command needs to answer.
    static let least: [String: [String]] = [
        "status": ["US-AL"], "is-legal": ["US-AL"], "show": ["US-AL"], "history": ["US-AL"],
        "upcoming": ["--within", "100y"], "list": [], "resolve": ["US-AL"], "route": ["US-AL", "DE"], "map": [],
        "export": ["--blocklist"], "monitor": [], "info": [],
    ]

    /// Options that are tried with every command that has them, below.
    static let common = [
        "--help", "-h", "--version", "--socket", "--color", "--colour", "--no-pager", "--json", "--0", "-0", "--null",
        "--no-header",
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var status: Int32
        /// What the output has to match.
        var pattern: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String, _ status: Int32, _ pattern: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.status = status
            self.pattern = pattern
        }
    }

    /// The options of one command or another, each with what it changes.
    static let cases: [Case] = [
        Case("status US-RI --on 2025-06-01", 1, "Answer: prohibited for kratom on 2025-06-01"),
        Case("status US-RI --on 2026-06-01 -s 7-oh", 1, "Answer: prohibited for 7-hydroxymitragynine"),
        Case("status US-CA --substance kratom --activity possess", 0, "Answer: legal to possess kratom"),
        Case("status US-CA -a sell", 1, "Answer: prohibited to sell kratom"),
        Case("status US-RI --on 2026-06-01 --age 20", 1, "Answer: prohibited"),
        Case("status US-RI --on 2026-06-01 --age 21", 0, "Answer: regulated"),
        Case("status US-RI --on 2026-06-01 --7oh-percent 2.5", 1, "Answer: prohibited"),
        Case("status US-RI --on 2026-06-01 --7oh-ppm 400", 0, "Answer: regulated"),
        Case("status US-RI --on 2026-06-01 --form vape", 1, "Answer: prohibited"),
        Case("status US-RI --on 2026-06-01 --form powder --licensed", 0, "Answer: regulated"),
        Case("status US-RI --on 2026-06-01 --prescription", 0, "Answer: regulated"),
        Case("status US-CA --explain", 1, "Explanation: "),
        Case("is-legal US-RI --on 2025-06-01", 1, "^prohibited\n$"),
        Case("is-legal US-RI --on 2026-06-01 -s 7-oh", 1, "^prohibited\n$"),
        Case("is-legal US-CA --substance kratom --activity possess", 0, "^legal\n$"),
        Case("is-legal US-CA -a sell", 1, "^prohibited\n$"),
        Case("is-legal US-RI --on 2026-06-01 --age 20", 1, "^prohibited\n$"),
        Case("is-legal US-RI --on 2026-06-01 --7oh-percent 2.5", 1, "^prohibited\n$"),
        Case("is-legal US-RI --on 2026-06-01 --7oh-ppm 400", 0, "^regulated\n$"),
        Case("is-legal US-RI --on 2026-06-01 --form vape", 1, "^prohibited\n$"),
        Case("is-legal US-RI --on 2026-06-01 --licensed --prescription", 0, "^regulated\n$"),
        Case("is-legal -q US-AL", 1, "^$"),
        Case("is-legal --quiet US-OH", 2, "^$"),
        Case("show US-RI --on 2026-06-01 --json", 0, "\"on\":\"2026-06-01\""),
        Case("history US-CA -s kratom -a possess", 0, "^California \\(US-CA\\): to possess kratom\n"),
        Case("history US-CA --substance kratom --activity sell --format tsv", 0, "\tsell\t2025-10-24\t\tprohibited\t"),
        Case("upcoming --within 36500d --format csv", 0, "2090-01-01,US-RI,Rhode Island,begins,prohibited"),
        Case("list --country US --format tsv --no-header", 0, "^legal\tUS\tUnited States\t"),
        Case("list --country Thailand --format csv", 0, "\nregulated,TH,Thailand,country,18,[^\n]*\n$"),
        Case("list --status uncertain --format tsv --no-header", 0, "^uncertain\tUS-OH\t[^\n]*\n$"),
        Case("list --kind place --format tsv --no-header", 0, "^prohibited\tUS-CA/place:san_diego\t[^\n]*\n$"),
        Case(
            "list --changed-since 2026-04-01 --kind state --format tsv --no-header", 0, "^regulated\tUS-RI\t[^\n]*\n$"),
        Case("list --on 2018-01-01 --country US-RI", 0, "✗ prohibited"),
        Case("list -s synthetic -a sell --country US-RI --on 2026-11-21", 0, "✗ prohibited"),
        Case("list --substance kratom --activity possess --country US-CA --kind state", 0, "✓ legal"),
        Case("list --kind state --sort -changed --format tsv --no-header", 0, "^regulated\tUS-RI\t"),
        Case("resolve US-RI --format csv", 0, "\nUS-RI,US-RI,certain,,id,US-RI US,\n$"),
        Case("route US-RI TH -s kratom --on 2025-06-01", 1, "^✗ prohibited  Rhode Island → Thailand"),
        Case("route US-RI TH --substance kratom --on 2026-06-01 --age 17", 1, "^✗ prohibited"),
        Case("route US-RI TH --on 2026-06-01 --7oh-percent 2.5", 1, "^✗ prohibited"),
        Case("route US-RI TH --on 2026-06-01 --7oh-ppm 1 --licensed --prescription", 0, "^◐ regulated"),
        Case("route US-RI TH --on 2026-06-01 --form vape --format tsv", 1, "\nprohibited\tdeparture\tRhode Island\t"),
        Case("map us --on 2018-01-01", 0, "on 2018-01-01\n.*\n[\\s\\S]*✗RI"),
        Case("map us -s synthetic --on 2026-11-21", 0, "^Synthetic in the United States"),
        Case("map world --substance kratom --activity sell", 0, "^To sell kratom in the world"),
        Case("map us -a possess", 0, "^To possess kratom in the United States"),
        Case("map us --svg -", 0, "^<svg xmlns="),
        Case("export --blocklist --status regulated --level state --on 2026-11-21", 0, "\nstate,RI,US-RI,[^\n]*\n$"),
        Case("export --blocklist -s synthetic -a sell --format tsv --level state", 0, "^level\tcode\t"),
        Case(
            "export --blocklist --substance kratom --activity possess --level state --format json", 0, "\"code\":\"AL\""
        ),
    ]

    /// Tried where they can be seen to work: in MonitorTests.
    static let elsewhere = ["monitor": ["--retry"]]

    @Test("are known to the tests")
    func known() {
        #expect(Self.commands.map(\.name) == LegalityCommand.commands.map { $0.word })
        #expect(Set(Self.least.keys) == Set(Self.commands.map(\.name)))
        var spellings: Set<String> = []
        for command in Self.commands {
            let typed = Set(Self.cases.filter { $0.arguments.first == command.name }.flatMap(\.arguments))
            spellings.formUnion(typed)
            for option in command.options where !option.names.isEmpty {
                let tried = Self.common + (Self.elsewhere[command.name] ?? []) + typed
                #expect(option.names.contains(where: tried.contains), "\(command.name) \(option.names)")
            }
        }
        for name in Self.commands.flatMap(\.options).flatMap(\.names) {
            #expect(
                spellings.contains(name) || Self.common.contains(name)
                    || Self.elsewhere.values.joined().contains(name), "\(name)")
        }
    }

    @Test("do what they say", arguments: cases)
    func effect(tried: Case) throws {
        let result = try ClientRun.client(tried.arguments)
        #expect(result.status == tried.status, "\(result.output)\(result.errors)")
        #expect(result.errors.isEmpty)
        #expect(try result.output.contains(Regex(tried.pattern)), "\(result.output)")
    }

    /// The end of each command that ends by itself.
    private func run(_ command: Command, _ more: [String], input: String = "") throws -> Program.Result {
        try ClientRun.client([command.name] + more, input: input)
    }

    /// Commands with an option; `monitor` never ends and is tried by `MonitorTests`.
    private static func commands(with option: String) -> [Command] {
        commands.filter { $0.has(option) && $0.name != "monitor" }
    }

    @Test("have help, a version and a socket", arguments: commands)
    func everywhere(command: Command) throws {
        let help = try run(command, ["--help"])
        #expect(help.status == 0 && help.output.hasPrefix("legality \(command.name): "))
        #expect(try run(command, ["-h"]).output == help.output)
        #expect(try run(command, ["--version"]).output == "legality \(LegalityCommand.version)\n")
        let none = try run(command, (Self.least[command.name] ?? []) + ["--socket", "/nonexistent/s"])
        #expect(none.status == 69 && none.output.isEmpty)
        for option in command.options.flatMap(\.names) {
            #expect(help.output.contains(option) || option == "--help" || option == "-h" || option == "--version")
        }
    }

    @Test("have colour where they have --color", arguments: commands(with: "--color"))
    func colour(command: Command) throws {
        let least = Self.least[command.name] ?? []
        for option in ["--color", "--colour"] {
            #expect(try run(command, least + [option, "always"]).output.contains("\u{1B}["))
            #expect(try !run(command, least + [option, "never"]).output.contains("\u{1B}["))
            #expect(try !run(command, least + [option, "auto"]).output.contains("\u{1B}["))
        }
    }

    @Test("page on a terminal where they have --no-pager, and not with it", arguments: commands(with: "--no-pager"))
    func pager(command: Command) throws {
        let least = [command.name] + (Self.least[command.name] ?? [])
        let pager = ["PAGER": "sed 's/^/paged: /'", "NO_COLOR": "1"]
        let paged = try ClientRun.terminal(least, columns: 80, environment: pager).screen
        let lines = paged.split(separator: "\n")
        #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("paged: ") })
        let plain = try ClientRun.terminal(least + ["--no-pager"], columns: 80, environment: pager).screen
        #expect(
            plain
                == paged.split(separator: "\n", omittingEmptySubsequences: false).map {
                    $0.hasPrefix("paged: ") ? $0.dropFirst(7) : $0
                }.joined(separator: "\n"))
    }

    @Test("print one line of JSON where they have --json", arguments: commands(with: "--json"))
    func json(command: Command) throws {
        let result = try run(command, (Self.least[command.name] ?? []) + ["--json"])
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2 && lines.last == "")
        #expect(try JSONValue(parsing: String(lines[0])).objectValue != nil)
        #expect(result.errors.isEmpty)
    }

    @Test("end each answer with NUL where they have --0", arguments: commands(with: "--0"), ["-0", "--0", "--null"])
    func nul(command: Command, option: String) throws {
        let result = try run(command, [option, "-"], input: "DE\0US-AL\0")
        #expect(result.output.filter { $0 == "\0" }.count == 2 && result.output.hasSuffix("\0"))
        #expect(!result.output.contains("\n"))
    }

    @Test("leave out the names of the columns where they have --no-header", arguments: commands(with: "--no-header"))
    func header(command: Command) throws {
        for format in ["tsv", "csv"] {
            let least = (Self.least[command.name] ?? []) + ["--format", format]
            let with = try run(command, least).output
            let without = try run(command, least + ["--no-header"]).output
            #expect(with.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n" == without)
        }
    }

    @Test("take every value that they list", arguments: commands.filter { $0.name != "monitor" })
    func values(command: Command) throws {
        for option in command.options where !option.values.isEmpty {
            for value in option.values {
                let words = option.names.isEmpty ? [value] : [option.names[0], value]
                let result = try run(command, (Self.least[command.name] ?? []) + words)
                #expect(result.status <= 3, "\(words): \(result.errors)")
            }
        }
    }

    /// How each number comes about.
    static let endings: [(code: legality.ExitStatus, arguments: [String])] = [
        (.lawful, ["is-legal", "DE"]), (.prohibited, ["is-legal", "US-AL"]), (.uncertain, ["is-legal", "US-OH"]),
        (.unknown, ["is-legal", "EG"]), (.usage, ["is-legal"]), (.noDaemon, ["info", "--socket", "/nonexistent"]),
        (.internalFault, ["map", "--svg", "-"]), (.tryAgain, ["info"]),
    ]

    @Test("end with every number that the program knows", arguments: endings.indices)
    func exitCodes(index: Int) throws {
        #expect(Self.endings.map(\.code) == legality.ExitStatus.allCases)
        let (code, arguments) = Self.endings[index]
        let status: Int32
        switch code {
        case .internalFault:
            // A disk that is full.
            let program = ClientRun.quoted(Program.legality.url.path)
            status = try ClientRun.script(
                "exec \(program) \(arguments.joined(separator: " ")) > /dev/full",
                environment: ["LEGALITY_SOCKET": try ClientRun.daemon.get().socket]
            ).status
        case .tryAgain:
            let server = try OddServer(.silent)
            status = try Program.legality.run(
                arguments, environment: ["LEGALITY_SOCKET": server.path, "LEGALITY_TIMEOUT": "1"]
            ).status
        default: status = try ClientRun.client(arguments).status
        }
        #expect(status == code.rawValue)
    }

    @Test("are told by the manual page, which man takes without a warning")
    func manual() throws {
        let page = try Program.legality.run(["manual"]).output
        let directory = try TemporaryDirectory()
        try directory.write(page, to: "legality.1")
        let man = try shell("MANWIDTH=100 man --warnings -l \(directory.file("legality.1")) 2>&1 | col -b")
        for command in Self.commands {
            #expect(man.contains("legality \(command.name)"))
            for name in command.options.flatMap(\.names) where !["--help", "-h", "--version"].contains(name) {
                #expect(man.contains(name), "\(name)")
            }
        }
        for code in legality.ExitStatus.allCases { #expect(try man.contains(Regex("\n +\(code.rawValue) +\\S"))) }
        #expect(!man.contains("warning"))
        #expect(try shell("groff -ww -man -Tutf8 \(directory.file("legality.1")) 2>&1 >/dev/null").isEmpty)
    }

    private func shell(_ command: String) throws -> String {
        try Program.run("/bin/sh", ["-c", command]).output
    }
}
