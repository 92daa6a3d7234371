import ArgumentParser
import Glibc

@main
struct LegalityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "legality",
        abstract: "Ask whether kratom and its alkaloids are lawful in a place, and who says so.",
        subcommands: [
            Status.self, IsLegal.self, Show.self, History.self, Upcoming.self, List.self, Resolve.self, Route.self,
            Monitor.self, Info.self,
        ])

    /// Runs what the command line asks for and ends the process: results on standard output, faults in one line on
    /// standard error.
    static func main() {
        if let check = PlainCommandLine.check(Array(CommandLine.arguments.dropFirst())) {
            do throws(Failure) {
                Glibc.exit(try check.run().rawValue)
            } catch {
                end(with: error)
            }
        }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    private static func end(with failure: Failure) -> Never {
        StandardError.report(failure.message)
        Glibc.exit(failure.code.rawValue)
    }

    private static func end(with error: any Error) -> Never {
        switch error {
        case let code as ExitCode: Glibc.exit(code.rawValue)
        case let failure as Failure: end(with: failure)
        default:
            if exitCode(for: error) == .success {
                var output = StandardOutput()
                try? output.writeLine(fullMessage(for: error))
                try? output.flush()
                Glibc.exit(0)
            }
            let lines = message(for: error).split(separator: "\n").map { $0.trimmingSpaces }
            StandardError.report(lines.joined(separator: " "))
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
