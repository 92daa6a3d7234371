/// The manual page legality(1), in the man macros, from the same text as the help.
struct ManualPage {
    var version: String
    var commands: [CommandHelp]

    func text() -> String {
        var roff = Roff()
        roff.macro("TH", "LEGALITY", "1", "", "legalityd \(version)", "User Commands")
        roff.section("NAME")
        roff.text("legality - \(HelpTopics.summary)")
        roff.section("SYNOPSIS")
        for command in commands { roff.paragraph(bold: command.usage) }
        roff.section("DESCRIPTION")
        for paragraph in HelpTopics.introduction { roff.paragraph(paragraph) }
        roff.section("PLACES")
        for paragraph in HelpTopics.places { roff.paragraph(paragraph) }
        roff.section("COMMANDS")
        for command in commands { write(command, to: &roff) }
        roff.section("EXIT STATUS")
        for status in HelpTopics.exitStatus { roff.entry("\(status.code)", status.meaning + ".") }
        roff.paragraph(HelpTopics.exitStatusNote)
        roff.section("ENVIRONMENT")
        for variable in HelpTopics.environment { roff.entry(variable.name, variable.meaning) }
        roff.section("FILES")
        for file in HelpTopics.files { roff.entry(file.name, file.meaning) }
        roff.section("EXAMPLES")
        for command in commands {
            for example in command.examples {
                roff.paragraph(example.purpose + ":")
                roff.example(example.command)
            }
        }
        roff.section("SEE ALSO")
        roff.text("legalityd(8), varlinkctl(1)")
        return roff.output
    }

    private func write(_ command: CommandHelp, to roff: inout Roff) {
        roff.subsection(command.usage)
        roff.paragraph(command.abstract)
        for paragraph in command.details { roff.paragraph(paragraph) }
        for parameter in command.parameters {
            roff.entry(parameter.synopsis, parameter.explanation)
        }
    }
}

/// Writes the man macros.
struct Roff {
    private(set) var output = ""

    mutating func macro(_ name: String, _ arguments: String...) {
        output += "." + ([name] + arguments.map { "\"\(escaped($0))\"" }).joined(separator: " ") + "\n"
    }

    mutating func section(_ title: String) { macro("SH", title) }

    mutating func subsection(_ title: String) { macro("SS", title) }

    mutating func text(_ text: String) {
        // A line that begins with a control character would be taken for a macro.
        let line = escaped(text)
        output += (line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" : "") + line + "\n"
    }

    mutating func paragraph(_ text: String) {
        macro("PP")
        self.text(text)
    }

    mutating func paragraph(bold text: String) {
        macro("PP")
        macro("B", text)
    }

    /// A term, and what it means below it.
    mutating func entry(_ term: String, _ text: String) {
        macro("TP")
        macro("B", term)
        self.text(text)
    }

    /// Something to type.
    mutating func example(_ text: String) {
        output += ".PP\n.RS 4\n.nf\n"
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { self.text(String(line)) }
        output += ".fi\n.RE\n"
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            // Hyphens that are typed, and quotes that are typed.
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "`": result += "\\(ga"
            default: result.append(character)
            }
        }
        return result
    }
}
