/// What a command line is about, before its options are looked at.
enum Invocation: Equatable, Sendable {
    /// Help about a command, or about all.
    case help(String?)
    case version
    /// A command, and what follows it.
    case run(String, [String])
    /// Something for other programs: shells, the build.
    case parse([String])

    /// - Throws: that there is no such command, with what may have been meant.
    init(_ arguments: [String], commands: [String]) throws(Failure) {
        guard let first = arguments.first else {
            self = .help(nil)
            return
        }
        if ["help", "--help", "-h"].contains(first) {
            let name = arguments.dropFirst().first { !$0.hasPrefix("-") && $0 != "help" }
            if let name, !commands.contains(name) { throw Self.unknown(name, commands) }
            self = .help(name)
            return
        }
        if first == "--version" {
            self = .version
            return
        }
        if Self.hiddenCommands.contains(first) || Self.hiddenOptions.contains(where: first.hasPrefix) {
            self = .parse(arguments)
            return
        }
        let sorted = try Self.commandFirst(arguments)
        guard let name = sorted.first, commands.contains(name) else {
            throw Self.unknown(sorted.first ?? first, commands)
        }
        let options = sorted.dropFirst().prefix { $0 != "--" }
        if options.contains("--help") || options.contains("-h") {
            self = .help(name)
        } else if options.contains("--version") {
            self = .version
        } else {
            self = .run(name, Array(sorted.dropFirst()))
        }
    }

    static let hiddenCommands = ["manual", "complete-place"]
    private static let hiddenOptions = ["--generate-completion-script", "---completion", "--experimental-dump-help"]

    /// Options that stand before the command go behind it.
    private static func commandFirst(_ arguments: [String]) throws(Failure) -> [String] {
        var options: [String] = []
        var rest = arguments[...]
        while let next = rest.first, next.hasPrefix("-"), next != "-" {
            if next == "--" {
                rest.removeFirst()
                break
            }
            let name = String(next.prefix { $0 != "=" })
            guard takingValues.contains(name) || flags.contains(name) else { throw unknownOption(name) }
            options.append(next)
            rest.removeFirst()
            if takingValues.contains(next), let value = rest.popFirst() { options.append(value) }
        }
        guard let command = rest.popFirst() else {
            throw Failure(.usage, "no command is given; \"legality help\" lists them")
        }
        return [command] + options + rest
    }

    private static let takingValues = [
        "--socket", "--color", "--colour", "--format", "--on", "--substance", "-s", "--activity", "-a", "--age",
    ]

    private static let flags = ["--json", "--no-pager", "--quiet", "-q", "--no-header"]

    private static func unknownOption(_ name: String) -> Failure {
        let near =
            ["-v", "-V"].contains(name)
            ? ["--version"] : Spelling.nearest(to: name, among: takingValues + flags + ["--help", "--version"])
        let hint = near.isEmpty ? "see \"legality help\"" : "did you mean \(Words.quoted(near))?"
        return Failure(.usage, "there is no option \"\(Words.shortened(name))\"; \(hint)")
    }

    /// What other programs call what a command does.
    private static let otherWords = [
        "check": "is-legal", "legal": "is-legal", "lookup": "status", "describe": "show", "search": "resolve",
        "find": "resolve", "watch": "monitor", "ls": "list", "states": "list", "changes": "upcoming",
        "blocklist": "export --blocklist", "version": "--version", "about": "info", "table": "info",
    ]

    private static func unknown(_ name: String, _ commands: [String]) -> Failure {
        let near = otherWords[name].map { [$0] } ?? Spelling.nearest(to: name, among: commands)
        let shown = Words.shortened(name)
        let hint =
            near.isEmpty
            ? "\"legality help\" lists them; for a place: legality status \"\(shown)\""
            : "did you mean \(Words.quoted(near.map { "legality \($0)" }))?"
        return Failure(.usage, "there is no command \"\(shown)\"; \(hint)")
    }
}
