import Glibc

/// Where the daemon's socket may be.
enum SocketPath {
    /// The paths to try, in order: the one named on the command line or in `LEGALITY_SOCKET` alone, else the user's
    /// own daemon's and the system's.
    static func candidates(option: String?, environment: Environment, isRoot: Bool = getuid() == 0) -> [String] {
        if let option { return [option] }
        if let variable = environment["LEGALITY_SOCKET"] { return [variable] }
        let system = "/run/legalityd/socket"
        guard !isRoot, let directory = environment["XDG_RUNTIME_DIR"] else { return [system] }
        return ["\(directory)/legalityd/socket", system]
    }
}
