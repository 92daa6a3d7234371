/// Help as a person reads it on a terminal.
struct HelpPage {
    var width: Int

    /// `legality` alone, `legality help`.
    func overview(_ commands: [any Documented.Type]) -> [StyledText] {
        var lines = paragraph("legality: \(HelpTopics.summary)", style: .strong)
        lines += section("Usage", [indented("legality <command> [<options>] [<place> ...]")])
        let nameWidth = (commands.map { $0.word.count }.max() ?? 0) + 4
        lines += section(
            "Commands", commands.map { entry(StyledText($0.word, .strong), $0.configuration.abstract, at: nameWidth) })
        lines += section("Places", HelpTopics.places.map { paragraph($0, margin: 2) })
        lines += exitStatus()
        lines += section("Examples", Self.firstSteps.map(example))
        lines += section(
            "More",
            [
                paragraph(
                    "legality help <command> tells all about a command; legality --version its version.", margin: 2),
                paragraph("The table says what sources say. It is not legal advice.", margin: 2),
            ])
        return lines
    }

    private static let firstSteps = [
        Example("legality status \"Rhode Island\"", "what the law is, and who says so"),
        Example("legality is-legal -q US-AL || echo \"do not ship\"", "for a script"),
    ]

    /// `legality help <command>`.
    func page(_ help: CommandHelp) -> [StyledText] {
        var lines = paragraph("legality \(help.name): \(help.abstract)", style: .strong)
        lines += section("Usage", [indented(help.usage)])
        for text in help.details {
            lines.append("")
            lines += paragraph(text)
        }
        let arguments = help.parameters.filter(\.names.isEmpty)
        if !arguments.isEmpty {
            lines += section("Arguments", arguments.map { block($0) })
        }
        for title in help.sections {
            lines += section(
                title, help.parameters.filter { $0.section == title && !$0.names.isEmpty }.map { block($0) })
        }
        if help.tellsAnswerByExitCode { lines += exitStatus() }
        lines += section("Examples", help.examples.map(example))
        return lines
    }

    private func exitStatus() -> [StyledText] {
        section(
            "Exit status",
            HelpTopics.exitStatus.map { entry(StyledText("\($0.code)", .strong), $0.meaning, at: 6) })
    }

    private func section(_ title: String, _ blocks: [[StyledText]]) -> [StyledText] {
        ["", StyledText(title, .heading)] + blocks.joined()
    }

    private func paragraph(_ text: String, margin: Int = 0, style: Style = .plain) -> [StyledText] {
        let space = StyledText(String(repeating: " ", count: margin))
        return StyledText(text, style).wrapped(to: width - margin).map { space + $0 }
    }

    private func indented(_ text: String) -> [StyledText] { paragraph(text, margin: 2) }

    /// A name, and what it means beside it.
    private func entry(_ name: StyledText, _ text: String, at column: Int) -> [StyledText] {
        let lines = StyledText(text).wrapped(to: max(20, width - column))
        return lines.enumerated().map { position, line in
            let head = position == 0 ? StyledText("  ") + name : ""
            return head.padded(to: column) + line
        }
    }

    /// A parameter, and what it means below it.
    private func block(_ parameter: CommandHelp.Parameter) -> [StyledText] {
        return [StyledText("  ") + StyledText(parameter.synopsis, .strong)]
            + paragraph(parameter.explanation, margin: 6)
    }

    private func example(_ example: Example) -> [StyledText] {
        // What is typed goes on behind a backslash.
        let lines = StyledText(example.command, .strong).wrapped(to: width - 4)
        return lines.enumerated().map { position, line in
            StyledText(position == 0 ? "  " : "    ") + line + (position < lines.count - 1 ? " \\" : "")
        } + paragraph(example.purpose, margin: 6)
    }
}
