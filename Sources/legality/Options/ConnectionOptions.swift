import ArgumentParser

/// Where the daemon is.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The daemon's socket.", valueName: "path"), completion: .file())
    var socket: String?

    func connect() throws(Failure) -> Daemon {
        try Daemon(at: SocketPath.candidates(option: socket, environment: .process))
    }
}
