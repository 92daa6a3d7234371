import ArgumentParser
import Glibc

@main
struct LegalitydCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "legalityd",
        abstract: "Answers over a Unix socket whether a substance is lawful in a place, and who says so.",
        discussion: """
            Loads a table of the legal status of kratom and its alkaloids and serves it over Varlink. SIGHUP loads the \
            table anew (a table with any fault is refused and the old one goes on), SIGTERM and SIGINT end the daemon \
            when what was asked is answered.

            Exit status: 0 ended by request, 1 the tables differ (diff), 64 wrong usage, 65 faults in a table, \
            66 no such directory, 69 no daemon and 77 not permitted (reload), 70 internal error, 78 no usable table or \
            socket.
            """,
        version: daemonVersion,
        subcommands: [ServeCommand.self, ValidateCommand.self, DiffCommand.self, ReloadCommand.self],
        defaultSubcommand: ServeCommand.self)

    /// As `main()` of the package, but wrong usage exits 64 and says so in one line first.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }
}

/// The daemon's version, as GetInfo and `--version` tell it.
let daemonVersion = "0.1.0"
