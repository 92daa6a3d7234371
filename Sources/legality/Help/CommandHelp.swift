import ArgumentParser
import Varlink

/// All that is to be said about a command: its documentation, and its arguments as the parser knows them.
struct CommandHelp: Sendable {
    /// An argument, an option or a flag.
    struct Parameter: Sendable, Equatable {
        /// `-s`, `--substance`; empty for an argument.
        var names: [String]
        /// Absent for a flag.
        var valueName: String?
        var isOptional: Bool
        var isRepeating: Bool
        var text: String
        var values: [String]
        var defaultValue: String?
        var section: String

        /// What it means, with what may be given and what holds where nothing is.
        var explanation: String {
            var text = self.text
            if !values.isEmpty { text += " One of \(values.joined(separator: ", "))." }
            if let defaultValue { text += " Default: \(defaultValue)." }
            return text
        }

        /// As it is typed: `-s, --substance <substance>`.
        var synopsis: String {
            let value = valueName.map { "<\($0)>" + (isRepeating ? " ..." : "") }
            guard !names.isEmpty else { return value ?? "" }
            return names.joined(separator: ", ") + (value.map { " \($0)" } ?? "")
        }
    }

    var name: String
    var abstract: String
    var details: [String]
    var examples: [Example]
    var tellsAnswerByExitCode: Bool
    var parameters: [Parameter]

    /// How it is called.
    var usage: String {
        let arguments = parameters.filter(\.names.isEmpty).map { parameter in
            parameter.isOptional ? "[\(parameter.synopsis)]" : parameter.synopsis
        }
        let hasOptions = parameters.contains { !$0.names.isEmpty }
        return (["legality", name] + (hasOptions ? ["[<options>]"] : []) + arguments).joined(separator: " ")
    }

    /// The sections of its options, in order.
    var sections: [String] {
        var sections: [String] = []
        for parameter in parameters where !parameter.names.isEmpty && !sections.contains(parameter.section) {
            sections.append(parameter.section)
        }
        return sections
    }

    init(_ command: any Documented.Type) {
        name = command.word
        abstract = command.configuration.abstract
        details = command.details
        examples = command.examples
        tellsAnswerByExitCode = command.tellsAnswerByExitCode
        let dump = try? JSONValue(parsing: command._dumpHelp())
        parameters = (dump?["command"]?["arguments"]?.arrayValue ?? []).compactMap(Self.parameter)
    }

    private static func parameter(_ value: JSONValue) -> Parameter? {
        guard value["shouldDisplay"]?.boolValue == true else { return nil }
        let names = (value["names"]?.arrayValue ?? []).compactMap { name -> String? in
            guard let word = name["name"]?.stringValue else { return nil }
            return name["kind"]?.stringValue == "short" ? "-\(word)" : "--\(word)"
        }
        let isFlag = value["kind"]?.stringValue == "flag"
        let short = names.filter { !$0.hasPrefix("--") }
        let long = names.filter { $0.hasPrefix("--") }
        // Help is the same everywhere and is told in the overview.
        guard !names.contains("--help") else { return nil }
        return Parameter(
            names: short + long, valueName: isFlag ? nil : value["valueName"]?.stringValue,
            isOptional: value["isOptional"]?.boolValue ?? true,
            isRepeating: value["isRepeating"]?.boolValue ?? false, text: value["abstract"]?.stringValue ?? "",
            values: (value["allValues"]?.arrayValue ?? []).compactMap(\.stringValue),
            defaultValue: isFlag ? nil : value["defaultValue"]?.stringValue,
            section: value["sectionTitle"]?.stringValue ?? "Options")
    }
}

extension ParsableCommand {
    /// The word by which it is called.
    ///
    /// Each has it written down: to find out the name of its type takes as long as the rest of the start.
    static var word: String { configuration.commandName ?? "" }
}
