import ArgumentParser
import Logging
import Systemd

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a table (what legalityd does without a subcommand).",
        discussion: """
            The socket is --socket, else $LEGALITY_SOCKET, else the one that systemd passes, else \
            $XDG_RUNTIME_DIR/legalityd/socket for a user and /run/legalityd/socket for root.
            """)

    @Option(name: .long, help: ArgumentHelp("Directory of the table.", valueName: "dir"))
    var table = "/usr/share/legalityd/data"

    @Option(name: .long, help: ArgumentHelp("Path of the Unix socket to listen on.", valueName: "path"))
    var socket: String?

    @Option(
        name: .long,
        help: ArgumentHelp("How much to log.", valueName: "level"))
    var logLevel: LogLevel = .info

    @Option(
        name: .long,
        help: ArgumentHelp(
            "End after so many seconds without a client, if systemd passed the sockets and so can start it again.",
            valueName: "s"))
    var idleExit: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Serve only a table that a signer of this file (allowed_signers of ssh-keygen, as \"legalityd\") signed.",
            valueName: "file"),
        completion: .file())
    var verifyKey: String?

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    func validate() throws {
        if let idleExit, !(1...1_000_000).contains(idleExit) {
            throw ValidationError("--idle-exit has to be between 1 and 1000000, not \(idleExit).")
        }
    }

    func run() throws {
        let configuration = DaemonConfiguration(
            directory: table, socket: socket, logLevel: logLevel.level, idleExit: idleExit,
            allowedSigners: verifyKey, limits: limits)
        throw ExitCode(Daemon.run(configuration))
    }
}

/// The levels of swift-log by name.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
