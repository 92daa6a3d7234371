import Glibc
import Systemd
import Varlink

/// What the daemon listens on: a socket of its own, or those that systemd passed.
final class ListeningSockets {
    private enum Kind {
        case own(UnixListener)
        case passed([PassedSockets.Socket])
    }

    private var kind: Kind?
    private var replaced: UnixListener?
    private(set) var descriptors: [CInt]
    /// Whether the manager holds them and starts the daemon again for the next client.
    var arePassed: Bool {
        if case .passed = kind { return true }
        return false
    }
    /// For the log.
    let description: String

    /// - Throws: `ConfigurationError` where a socket cannot be had.
    init(option: String?) throws(ConfigurationError) {
        if let path = SocketLocation.explicit(option) {
            (kind, descriptors, description) = try ListeningSockets.own(path)
            return
        }
        let passed: [PassedSockets.Socket]
        do throws(PassedSockets.Failure) {
            passed = try PassedSockets.take()
        } catch {
            throw .unusableSocket(error.description)
        }
        if !passed.isEmpty {
            kind = .passed(passed)
            descriptors = passed.map(\.descriptor)
            description = passed.count == 1 ? "the socket from systemd" : "\(passed.count) sockets from systemd"
            return
        }
        guard let path = SocketLocation.usual else { throw .noSocketLocation }
        // The directory is systemd's to make for a service; by hand it may be missing.
        if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o755) }
        (kind, descriptors, description) = try ListeningSockets.own(path)
    }

    private static func own(_ path: String) throws(ConfigurationError) -> (Kind, [CInt], String) {
        do {
            let listener = try UnixListener(path: path)
            return (.own(listener), [listener.descriptor], path)
        } catch {
            throw .unusableSocket("\(error)")
        }
    }

    /// Makes a socket of our own anew if its file was removed; connections that were accepted are not touched.
    ///
    /// - Returns: whether the descriptors are others now; the old ones stay open until ``closeReplaced()``.
    /// - Throws: `ConfigurationError` where it cannot be made; the old one stays.
    func restoreIfGone() throws(ConfigurationError) -> Bool {
        guard case .own(let listener) = kind, let path = listener.path, !listener.isInPlace else { return false }
        replaced = listener
        (kind, descriptors, _) = try ListeningSockets.own(path)
        return true
    }

    /// Closes what ``restoreIfGone()`` replaced.
    func closeReplaced() {
        replaced?.close()
        replaced = nil
    }

    /// Closes them; a socket of our own disappears. What systemd passed stays in systemd's hands, and with it whoever
    /// connects meanwhile.
    func close() {
        switch kind {
        case .own(let listener): listener.close()
        case .passed(let sockets): for socket in sockets { _ = Glibc.close(socket.descriptor) }
        case nil: break
        }
        kind = nil
    }
}
