import Foundation
import Testing

/// The recipes of README.md, run as they stand against the shipped table.
@Suite("The README's recipes")
struct RecipeTests {
    struct Recipe: Sendable, CustomTestStringConvertible {
        var title: String
        var script: String
        var testDescription: String { title }
    }

    static let root = ClientRun.directory.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every `sh` block under "Recipes", with the heading above it.
    static let recipes: [Recipe] = {
        guard let text = try? String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8),
            let start = text.range(of: "\n## Recipes\n"),
            let end = text.range(of: "\n## ", range: start.upperBound..<text.endIndex)
        else { return [] }
        return text[start.upperBound..<end.lowerBound].components(separatedBy: "\n### ").dropFirst().compactMap {
            guard let open = $0.range(of: "```sh\n"),
                let close = $0.range(of: "\n```", range: open.upperBound..<$0.endIndex)
            else { return nil }
            return Recipe(
                title: String($0.prefix { $0 != "\n" }), script: String($0[open.upperBound..<close.lowerBound]))
        }
    }()

    private static let daemon: Result<TestDaemon, any Error> = Result {
        let daemon = try TestDaemon()
        atexit { RecipeTests.stopDaemon() }
        return daemon
    }

    private static func stopDaemon() {
        guard case .success(let daemon) = daemon else { return }
        _ = daemon.stop(SIGKILL)
        try? FileManager.default.removeItem(atPath: daemon.directory.path)
    }

    /// Runs a recipe in a home of its own. What would touch the machine is replaced by what records how it was called.
    private func run(
        _ title: String, in directory: TemporaryDirectory, shell: String = "/bin/sh"
    ) throws -> Program.Result {
        let recipe = try #require(Self.recipes.first { $0.title == title })
        try directory.write(recipe.script, to: "recipe.sh")
        for (name, text) in [
            ("systemctl", "echo \"$*\" >> \"$HOME/systemctl.log\"\n"),
            ("journalctl", "echo \"$*\" >> \"$HOME/journalctl.log\"; echo 'us/ri.yaml:3:1: a fault'\n"),
        ] {
            try directory.write("#!/bin/sh\n" + text, to: "bin/\(name)")
            chmod(directory.file("bin/\(name)"), 0o755)
        }
        let programs = Program.legality.url.deletingLastPathComponent().path
        return try Program.run(
            shell, ["-e", directory.file("recipe.sh")],
            environment: [
                "PATH": "\(directory.file("bin")):\(programs):/usr/local/bin:/usr/bin:/bin", "HOME": directory.path,
                "LANG": "C.UTF-8", "LEGALITY_SOCKET": try Self.daemon.get().socket,
            ],
            directory: directory.path)
    }

    /// What each has to print, as expressions that have to match.
    static let expectations: [(title: String, status: Int32, pattern: String)] = [
        ("A check at the checkout", 0, #"^35203: refuse\n$"#),
        ("An answer beside each order", 0, #"1001,35203,prohibited\n"#),
        ("A block list for a shop", 0, #"^AL AR .*\n$"#),
        ("Mail from cron when an answer changes", 0, #"^$"#),
        ("What will change", 0, #"^(\d{4}[-0-9]*: in .+ US\S*#\S+ (begins|ends) \(\w+: .+\)\n)*$"#),
        ("A report by a systemd timer", 0, #"^$"#),
        ("An alert from the journal", 0, #"^legalityd: us/ri.yaml:3:1: a fault\n$"#),
        ("A gate in continuous integration", 0, #"all markets are open|US-OR\t"#),
        ("From Python", 0, #"^Rhode Island regulated 21\nUS-RI#\S+ R\.I\."#),
        ("A map for a page", 0, #"prohibited \d+"#),
    ]

    @Test("all are tried")
    func all() {
        #expect(Self.recipes.map(\.title) == Self.expectations.map(\.title))
        #expect(Self.recipes.count == 10)
    }

    @Test("do what they say", arguments: expectations.indices)
    func recipe(index: Int) throws {
        let (title, status, pattern) = Self.expectations[index]
        let directory = try TemporaryDirectory()
        let result = try run(title, in: directory)
        #expect(result.status == status || title.contains("gate"), "\(result.errors)")
        #expect(result.errors.isEmpty)
        #expect(try result.output.firstMatch(of: Regex(pattern)) != nil, "\(result.output)")
    }

    @Test(
        "hold for shellcheck", .enabled(if: access("/usr/bin/shellcheck", X_OK) == 0), arguments: expectations.indices)
    func shellcheck(index: Int) throws {
        let directory = try TemporaryDirectory()
        let recipe = try #require(Self.recipes.first { $0.title == Self.expectations[index].title })
        try directory.write("#!/bin/sh\n" + recipe.script + "\n", to: "recipe.sh")
        // Names that a loop reads to get to those behind them.
        let result = try Program.run("/usr/bin/shellcheck", ["--exclude=SC2034", directory.file("recipe.sh")])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test("report an answer that changed since the last time")
    func changes() throws {
        let directory = try TemporaryDirectory()
        let title = "Mail from cron when an answer changes"
        #expect(try run(title, in: directory).output.isEmpty)
        #expect(try run(title, in: directory).output.isEmpty)
        let states = directory.file(".cache/legality-states.tsv")
        let text = try String(contentsOfFile: states, encoding: .utf8)
        #expect(text.contains("prohibited\tUS-AL\tAlabama\n"))
        try directory.write(
            text.replacingOccurrences(of: "prohibited\tUS-AL\tAlabama", with: "legal\tUS-AL\tAlabama"),
            to: ".cache/legality-states.tsv")
        #expect(try run(title, in: directory).output == "< legal\tUS-AL\tAlabama\n> prohibited\tUS-AL\tAlabama\n")
    }

    @Test("set up units that systemd takes")
    func units() throws {
        let directory = try TemporaryDirectory()
        _ = try run("A report by a systemd timer", in: directory)
        let calls = try String(contentsOfFile: directory.file("systemctl.log"), encoding: .utf8)
        #expect(calls == "--user daemon-reload\n--user enable --now legality-report.timer\n")
        let timer = try String(
            contentsOfFile: directory.file(".config/systemd/user/legality-report.timer"), encoding: .utf8)
        #expect(timer.contains("OnCalendar=daily\n"))
    }
}
