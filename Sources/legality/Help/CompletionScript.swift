/// The parser's completion scripts, with what they lack.
enum CompletionScript {
    /// - Parameter text: as the parser makes it.
    static func completed(_ text: String, commands: [String]) -> String {
        let words = commands.joined(separator: " ")
        var lines: [String] = []
        var isInHelp = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "_legality_help() {" { isInHelp = true }
            // "legality help" takes a command. bash and zsh have a function for it.
            if isInHelp, line == "}" {
                if text.hasPrefix("#!/bin/bash") { lines.append(bash(words)) }
                isInHelp = false
            }
            lines.append(isInHelp && line == "        '*:subcommands:'" ? "        '1:command:(\(words))'" : line)
            // What shellcheck finds in the parser's part is meant.
            if line == "#!/bin/bash" { lines.append("# shellcheck disable=SC2064,SC2207") }
        }
        if text.hasPrefix("function __legality") { lines.insert(fish(words), at: max(0, lines.count - 1)) }
        return lines.joined(separator: "\n")
    }

    private static func bash(_ words: String) -> String {
        "    COMPREPLY+=($(compgen -W '\(words)' -- \"${cur}\"))"
    }

    private static func fish(_ words: String) -> String {
        "complete -c 'legality' "
            + "-n '__legality_should_offer_completions_for_positional \"legality help\" -eq 1' -fka '\(words)'"
    }
}
