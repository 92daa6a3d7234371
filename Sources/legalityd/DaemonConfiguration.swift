import Glibc
import Logging

/// What the command line and the environment say of a daemon.
struct DaemonConfiguration {
    let directory: String
    let socket: String?
    let logLevel: Logger.Level
    /// After how many seconds without a client the daemon ends; nil: never.
    let idleExit: Int?
    /// Who may sign a table; nil: it need not be signed.
    let allowedSigners: String?
    let limits: LimitOptions
}

/// Where the daemon is looked for, by itself and by `legalityd reload`, in the order of their precedence.
enum SocketLocation {
    /// `--socket`, else `$LEGALITY_SOCKET`; nil: neither.
    static func explicit(_ option: String?) -> String? {
        option ?? getenv("LEGALITY_SOCKET").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The usual place: of the system for root, of the session for others; nil where a user has no runtime directory.
    static var usual: String? {
        if getuid() == 0 { return "/run/legalityd/socket" }
        guard let runtime = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }), runtime.hasPrefix("/") else {
            return nil
        }
        return "\(runtime)/legalityd/socket"
    }
}
