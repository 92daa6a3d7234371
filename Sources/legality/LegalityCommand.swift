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
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let check = PlainCommandLine.check(arguments) { Glibc.exit(try check.run().rawValue) }
            switch try Invocation(arguments, commands: commands.map { $0.word }) {
            case .help(let name): try printHelp(name)
            case .parse(let arguments):
                var command = try parseAsRoot(arguments)
                try command.run()
            }
            Glibc.exit(0)
        } catch let failure as Failure {
            end(with: failure)
        } catch {
            end(with: error, arguments: arguments)
        }
    }

    private static func end(with failure: Failure) -> Never {
        StandardError.report(failure.message)
        Glibc.exit(failure.code.rawValue)
    }

    private static func end(with error: any Error, arguments: [String]) -> Never {
        if let code = error as? ExitCode { Glibc.exit(code.rawValue) }
        guard exitCode(for: error) != .success else {
            // A version, a completion script: asked for and given.
            var output = StandardOutput()
            do {
                try output.writeLine(Invocation.checked(fullMessage(for: error), arguments: arguments))
                try output.flush()
            } catch {
                end(with: error)
            }
            Glibc.exit(0)
        }
        let command = commands.first { arguments.contains($0.word) }
        let options = command.map { CommandHelp($0).parameters.flatMap(\.names) } ?? []
        end(
            with: Failure(
                .usage, Invocation.explanation(of: message(for: error), arguments: arguments, options: options)))
    }

    private static func printHelp(_ name: String?) throws(Failure) {
        let terminal = Terminal(descriptor: STDOUT_FILENO, colour: .auto, environment: .process)
        let page = HelpPage(width: min(terminal.proseWidth, 100))
        var output = StandardOutput()
        let lines =
            if let command = commands.first(where: { $0.word == name }) {
                page.page(CommandHelp(command))
            } else {
                page.overview(commands)
            }
        for line in lines { try output.writeLine(line, terminal) }
        try output.flush()
    }
}
