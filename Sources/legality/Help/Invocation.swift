/// What a command line is about, before its options are looked at.
enum Invocation: Equatable, Sendable {
    /// Help about a command, or about all.
    case help(String?)
    /// Something for the parser, the command first.
    case parse([String])

    /// - Throws: that there is no such command, with what may have been meant.
    init(_ arguments: [String], commands: [String]) throws(Failure) {
        guard let first = arguments.first else {
            self = .help(nil)
            return
        }
        if ["help", "--help", "-h"].contains(first) {
            let name = arguments.dropFirst().first { !$0.hasPrefix("-") }
            if let name, !commands.contains(name) { throw Self.unknown(name, commands) }
            self = .help(name)
            return
        }
        let sorted = Self.commandFirst(arguments)
        let name = sorted.first ?? first
        guard !name.hasPrefix("-") else {
            self = .parse(sorted)
            return
        }
        guard commands.contains(name) || Self.hiddenCommands.contains(name) else { throw Self.unknown(name, commands) }
        let options = sorted.dropFirst().prefix { $0 != "--" }
        self = options.contains("--help") || options.contains("-h") ? .help(name) : .parse(sorted)
    }

    /// The completion script for bash with a word to shellcheck: what it finds there is meant.
    static func checked(_ text: String, arguments: [String]) -> String {
        guard arguments.contains("--generate-completion-script"), text.hasPrefix("#!/bin/bash\n") else { return text }
        return "#!/bin/bash\n# shellcheck disable=SC2064,SC2207\n" + text.dropFirst("#!/bin/bash\n".count)
    }

    /// For programs, not for people.
    static let hiddenCommands = ["manual", "complete-place"]

    /// Options that stand before the command go behind it.
    private static func commandFirst(_ arguments: [String]) -> [String] {
        var options: [String] = []
        var rest = arguments[...]
        while let next = rest.first, next.hasPrefix("-"), next != "-" {
            let name = String(next.prefix { $0 != "=" })
            guard takingValues.contains(name) || flags.contains(name) else { return arguments }
            options.append(next)
            rest.removeFirst()
            if takingValues.contains(next), let value = rest.popFirst() { options.append(value) }
        }
        guard let command = rest.popFirst() else { return arguments }
        return [command] + options + rest
    }

    private static let takingValues = [
        "--socket", "--color", "--colour", "--format", "--on", "--substance", "-s", "--activity", "-a", "--age",
    ]

    private static let flags = ["--json", "--no-pager", "--quiet", "-q"]

    private static func unknown(_ name: String, _ commands: [String]) -> Failure {
        let near = Spelling.nearest(to: name, among: commands)
        let hint =
            near.isEmpty
            ? "\"legality help\" lists them; for a place: legality status \"\(name)\""
            : "did you mean \(near.map { "\"legality \($0)\"" }.joined(separator: " or "))?"
        return Failure(.usage, "there is no command \"\(name)\"; \(hint)")
    }

    /// The parser's message in one line, with where to read on.
    static func explanation(of message: String, arguments: [String], options: [String]) -> String {
        let command = arguments.first { !$0.hasPrefix("-") }
        let help = command.map { "legality help \($0)" } ?? "legality help"
        if message.hasPrefix("Unknown option '"), let name = message.split(separator: "'").dropFirst().first {
            let near = Spelling.nearest(to: String(name), among: options).map { "\"\($0)\"" }
            let hint = near.isEmpty ? "see \"\(help)\"" : "did you mean \(near.joined(separator: " or "))?"
            return "there is no option \"\(name)\"; \(hint)"
        }
        var text = ""
        var isListing = false
        for line in message.split(separator: "\n") {
            var words = line.drop { $0 == " " }
            let isItem = words.hasPrefix("- ")
            if isItem { words = words.dropFirst(2) }
            if !text.isEmpty { text += isItem && isListing ? ", " : " " }
            text += words
            isListing = isItem
        }
        let start = text.prefix(1).lowercased() + text.dropFirst()
        return start + (start.hasSuffix(".") || start.hasSuffix("?") ? "" : ";") + " see \"\(help)\""
    }
}
