import ArgumentParser
import Glibc
import Varlink

/// `legalityd reload`: asks a running daemon to read its table anew and waits for the outcome.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Reload the table of a running daemon and wait until it is in use.",
        discussion: """
            Unlike SIGHUP it tells the outcome. Exit status: 0 the new table is in use, 65 it was refused and the old \
            one goes on (the first fault is printed), 69 no daemon, 77 not permitted (only root and the daemon's own \
            user may).
            """)

    @Option(name: .long, help: ArgumentHelp("Path of the daemon's socket.", valueName: "path"))
    var socket: String?

    func run() throws {
        guard let path = SocketLocation.explicit(socket) ?? SocketLocation.usual else {
            try fail(EX_UNAVAILABLE, ConfigurationError.noSocketLocation.description)
        }
        do throws(ClientError) {
            var client = try VarlinkClient(path: path)
            _ = try client.call("io.systemd.service.Reload")
        } catch {
            switch error {
            case .refused(let error): try tell(error)
            case .unreachable(let error): try fail(EX_UNAVAILABLE, "no daemon answers at \(path) (\(error.reason))")
            case .unusablePath: try fail(EX_UNAVAILABLE, "\(error)")
            default: try fail(EX_UNAVAILABLE, "\(path): \(error)")
            }
        }
    }

    /// Why the daemon did not reload.
    private func tell(_ error: VarlinkError) throws -> Never {
        switch error.name {
        case "org.legalityd.Lookup.TableRefused":
            let count = error.parameters["faults"]?.integerValue ?? 1
            let more = count > 1 ? " (and \(count - 1) more)" : ""
            let fault = error.parameters["fault"]?.stringValue ?? "no reason given"
            try fail(EX_DATAERR, "the new table is refused, the old one goes on: \(fault)\(more)")
        case VarlinkError.permissionDenied.name:
            try fail(EX_NOPERM, "only root and the user that the daemon runs as may reload it")
        default:
            try fail(EX_SOFTWARE, "\(error)")
        }
    }

    private func fail(_ code: Int32, _ message: String) throws -> Never {
        complain(message)
        throw ExitCode(code)
    }
}
