/// What the argument parser found fault with, in one line that says what would be right.
struct UsageFault {
    /// The parser's words.
    var message: String
    var arguments: [String]
    /// What it is about, where that is known.
    var command: CommandHelp?

    /// - Parameter others: the commands that may have an option that this one has not.
    func failure(others: [any Documented.Type]) -> Failure {
        Failure(.usage, unknownOption(others) ?? invalidValue ?? missing ?? tooMany ?? inOneLine)
    }

    private var help: String { command.map { "\"legality help \($0.name)\"" } ?? "\"legality help\"" }

    private func unknownOption(_ others: [any Documented.Type]) -> String? {
        guard message.hasPrefix("Unknown option '"), let name = message.split(separator: "'").dropFirst().first
        else { return nil }
        let shown = Words.shortened(String(name))
        let owners = others.filter { CommandHelp($0).parameters.contains { $0.names.contains(String(name)) } }
        if let command, !owners.isEmpty {
            let names = owners.prefix(3).map { $0.word }.joined(separator: ", ")
            return
                "\"legality \(command.name)\" has no option \"\(shown)\" (\(names) \(owners.count == 1 ? "has" : "have") it); "
                + "see \(help)"
        }
        let near = Spelling.nearest(to: String(name), among: command?.parameters.flatMap(\.names) ?? [])
        return "there is no option \"\(shown)\"; "
            + (near.isEmpty ? "see \(help)" : "did you mean \(Words.quoted(near))?")
    }

    private var invalidValue: String? {
        // The value may hold anything, so it is looked up among what was typed.
        let typed = arguments + arguments.filter { $0.contains("=") }.map { String($0.drop { $0 != "=" }.dropFirst()) }
        for value in typed {
            let start = "The value '\(value)' is invalid for '"
            guard message.hasPrefix(start) else { continue }
            let synopsis = message.dropFirst(start.count).prefix { $0 != "'" }
            let name = String(synopsis.prefix { $0 != " " })
            let parameter = command?.parameters.first {
                $0.names.contains(name) || ($0.names.isEmpty && "<\($0.valueName ?? "")>" == name)
            }
            let label = name.hasPrefix("<") ? String(name.dropFirst().dropLast()) : name
            let shown = Words.shortened(value)
            guard let parameter, !parameter.values.isEmpty else {
                let expected = synopsis.split(separator: " ").last.map(String.init) ?? "a value"
                return "\(label) takes \(expected), not \"\(shown)\"; see \(help)"
            }
            let near = Spelling.nearest(to: value, among: parameter.values)
            if !near.isEmpty { return "\(label) does not take \"\(shown)\"; did you mean \(Words.quoted(near))?" }
            return "\(label) takes \(Words.alternatives(parameter.values)), not \"\(shown)\""
        }
        return nil
    }

    private var missing: String? {
        guard let command else { return nil }
        if message.hasPrefix("Missing expected argument '") {
            let name = command.parameters.first { $0.names.isEmpty && !$0.isOptional }?.valueName ?? "argument"
            return "\"legality \(command.name)\" needs a \(name); see \(help)"
        }
        guard message.hasPrefix("Missing value for '"), let synopsis = message.split(separator: "'").dropFirst().first
        else { return nil }
        let parts = synopsis.split(separator: " ", maxSplits: 1)
        return "\(parts.first ?? "") needs a value\(parts.count > 1 ? ": \(parts[1])" : ""); see \(help)"
    }

    private var tooMany: String? {
        let start = "Unexpected argument '"
        guard let command, message.hasPrefix(start) else { return nil }
        let argument = Words.shortened(String(message.dropFirst(start.count).dropLast()))
        if command.name == "list" {
            return "\"legality list\" takes no place; for a country: legality list --country \(argument)"
        }
        return "\"\(argument)\" is too much for \"legality \(command.name)\"; see \(help)"
    }

    /// As the parser has it.
    private var inOneLine: String {
        var text = ""
        for line in message.split(separator: "\n") {
            text += (text.isEmpty ? "" : " ") + line.drop { $0 == " " }
        }
        let start = text.prefix(1).lowercased() + text.dropFirst()
        return (start.hasSuffix(".") ? String(start.dropLast()) : start) + "; see \(help)"
    }
}
