/// The parser's completion scripts, with what they lack.
enum CompletionScript {
    /// - Parameter text: as the parser makes it.
    static func completed(_ text: String, commands: [String]) -> String {
        let words = commands.joined(separator: " ")
        let isBash = text.hasPrefix("#!/bin/bash")
        let isZsh = text.hasPrefix("#compdef")
        var lines: [String] = []
        var isInHelp = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "_legality_help() {" { isInHelp = true }
            // "legality help" takes a command. bash and zsh have a function for it.
            if isInHelp, line == "}" {
                if isBash { lines.append("    COMPREPLY+=($(compgen -W '\(words)' -- \"${cur}\"))") }
                isInHelp = false
            }
            switch line {
            // What shellcheck finds in the parser's part is meant.
            case "#!/bin/bash": lines += [line, "# shellcheck disable=SC2064,SC2207", "", bashPlaces]
            case "        '*:subcommands:'" where isInHelp: lines.append("        '1:command:(\(words))'")
            case _ where isBash && line.hasPrefix("    local -a unparsed_words="):
                lines += [line, "    __legality_join_at_colons"]
            case _ where isBash && isAboutPlaces(line): lines.append("        __legality_add_places")
            case _ where isZsh && isAboutPlaces(line):
                lines.append(line.prefix { $0 != "{" } + "{__legality_add_places}'")
            case "#compdef legality": lines += [line, "", zshPlaces]
            default: lines.append(line)
            }
        }
        if text.hasPrefix("function __legality") { lines.insert(fish(words), at: max(0, lines.count - 1)) }
        return lines.joined(separator: "\n")
    }

    private static func isAboutPlaces(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        return words.contains("---completion") && (words.contains("positional@0") || words.contains("--country"))
    }

    /// Names have spaces and quotes in them, which the parser's way through compgen does not survive, and ids have
    /// colons, at which bash breaks words.
    private static let bashPlaces = #"""
        __legality_add_places() {
            local before='' word="${cur#[\"\']}" place
            word="${word//\\/}"
            if [[ ${COMP_WORDS[COMP_CWORD]} == : ]]; then
                before="${COMP_WORDS[COMP_CWORD - 1]}:"
            elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == : ]]; then
                before="${COMP_WORDS[COMP_CWORD - 2]}:"
            fi
            while IFS= read -r place; do
                COMPREPLY+=("${place#"${before}"}")
            done < <("${COMP_WORDS[0]}" complete-place "${before}${word}" 2>/dev/null)
        }

        __legality_join_at_colons() {
            local -a joined=()
            local word
            for word in "${unparsed_words[@]}"; do
                if [[ ${#joined[@]} -gt 0 && (${word} == : || ${joined[-1]} == *:) ]]; then
                    joined[-1]+="${word}"
                else
                    joined+=("${word}")
                fi
            done
            unparsed_words=("${joined[@]}")
        }
        """#

    /// The parser counts letters up to the cursor, and miscounts within quotes.
    private static let zshPlaces = #"""
        __legality_add_places() {
            local -a places
            places=("${(@f)$("${command_name}" complete-place "${(Q)PREFIX}" 2>/dev/null)}")
            compadd -a places
        }
        """#

    private static func fish(_ words: String) -> String {
        "complete -c 'legality' "
            + "-n '__legality_should_offer_completions_for_positional \"legality help\" -eq 1' -fka '\(words)'"
    }
}
