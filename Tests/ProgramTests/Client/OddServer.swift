import Foundation

/// A socket at which somebody listens who is no daemon, or one in trouble: what the client does then has to be seen, too.
final class OddServer {
    /// What happens to those who connect.
    enum Manner {
        /// They are let in and never answered.
        case silent
        /// The queue of those who wait is full.
        case full
        /// They get these bytes in place of an answer and are hung up on.
        case answering([UInt8])
    }

    let path: String
    private let directory: TemporaryDirectory
    private let listener: CInt
    private var waiting: [CInt] = []

    init(_ manner: Manner) throws {
        directory = try TemporaryDirectory()
        path = directory.file("s")
        listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard OddServer.with(path, { bind(listener, $0, $1) }) == 0 else { throw POSIXError(.EADDRINUSE) }
        switch manner {
        case .silent: listen(listener, 16)
        case .full:
            listen(listener, 0)
            fill()
        case .answering(let bytes):
            listen(listener, 16)
            let listener = listener
            Thread {
                while true {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else { return }
                    // The call has to have come: what is unread at the end would reset the connection.
                    var call = [UInt8](repeating: 0, count: 65536)
                    _ = recv(client, &call, call.count, 0)
                    _ = send(client, bytes, bytes.count, CInt(MSG_NOSIGNAL))
                    close(client)
                }
            }.start()
        }
    }

    deinit {
        // Ends the thread that accepts.
        shutdown(listener, CInt(SHUT_RDWR))
        close(listener)
        for descriptor in waiting { close(descriptor) }
    }

    /// Connects until there is no room left.
    private func fill() {
        while true {
            let client = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue), 0)
            waiting.append(client)
            guard OddServer.with(path, { connect(client, $0, $1) }) == 0 else { return }
        }
    }

    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
