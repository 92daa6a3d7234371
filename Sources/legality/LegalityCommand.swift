import ArgumentParser
import Glibc

@main
struct LegalityCommand: ParsableCommand {
    static let version = "0.1.0"

    /// In the order in which they are told of.
    static let commands: [any Documented.Type] = [
        Status.self, IsLegal.self, Show.self, History.self, Upcoming.self, List.self, Resolve.self, Route.self,
        Map.self, Export.self, Monitor.self, Info.self,
    ]

    static let configuration = CommandConfiguration(
        commandName: "legality",
        abstract: "Ask whether kratom and its alkaloids are lawful in a place, and who says so.",
        version: "legality \(version)",
        subcommands: commands + [Manual.self, CompletePlace.self])

    /// Runs what the command line asks for and ends the process: results on standard output, faults in one line on
    /// standard error.
    static func main() {
        StandardStreams.reserve()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let check = PlainCommandLine.check(arguments) { Glibc.exit(try check.run().rawValue) }
            switch try Invocation(arguments, commands: commands.map { $0.word }) {
            case .help(let name): try printHelp(name)
            case .version: try printLine("legality \(version)")
            case .run(let name, let rest):
                // Without the way through all commands, which costs as much as a question.
                guard let type = commands.first(where: { $0.word == name }) else { return try parse([name] + rest) }
                var command = try type.parseAsRoot(rest)
                try command.run()
            case .parse(let arguments): try parse(arguments)
            }
            Pager.finish()
            Glibc.exit(0)
        } catch let failure as Failure {
            end(with: failure)
        } catch {
            end(with: error, arguments: arguments)
        }
    }

    private static func parse(_ arguments: [String]) throws {
        var command = try parseAsRoot(arguments)
        try command.run()
    }

    private static func end(with failure: Failure) -> Never {
        Pager.finish()
        StandardError.report(failure.message)
        Glibc.exit(failure.code.rawValue)
    }

    private static func end(with error: any Error, arguments: [String]) -> Never {
        if let code = error as? ExitCode {
            Pager.finish()
            Glibc.exit(code.rawValue)
        }
        let words = commands.map { $0.word }
        guard exitCode(for: error) != .success else {
            // A completion script: asked for and given.
            do {
                let text = fullMessage(for: error)
                try printLine(isScript(arguments) ? CompletionScript.completed(text, commands: words) : text)
            } catch {
                end(with: error)
            }
            Glibc.exit(0)
        }
        let name = arguments.first { words.contains($0) }
        let command = commands.first { $0.word == name }
        end(
            with: UsageFault(
                message: message(for: error), arguments: arguments, command: command.map(CommandHelp.init)
            ).failure(others: commands))
    }

    private static func isScript(_ arguments: [String]) -> Bool {
        arguments.first?.hasPrefix("--generate-completion-script") == true
    }

    private static func printLine(_ text: String) throws(Failure) {
        var output = StandardOutput()
        try output.writeLine(text)
        try output.flush()
    }

    private static func printHelp(_ name: String?) throws(Failure) {
        var terminal = Terminal(descriptor: STDOUT_FILENO, colour: .auto, environment: .process)
        terminal.isPaged = true
        let page = HelpPage(width: min(terminal.proseWidth, 100))
        let lines =
            if let command = commands.first(where: { $0.word == name }) {
                page.page(CommandHelp(command))
            } else {
                page.overview(commands)
            }
        var output = StandardOutput()
        for line in lines { try output.writeLine(line, terminal) }
        try output.flush()
    }
}
