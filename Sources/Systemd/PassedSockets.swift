import CSystemd
import Glibc

/// The listening sockets that the service manager has opened for this process, as in `sd_listen_fds(3)`.
public enum PassedSockets {
    /// A listening stream socket of family `AF_UNIX`, non-blocking and closed on exec.
    public struct Socket: Hashable, Sendable {
        /// The caller's to close.
        public let descriptor: Int32
        /// What the socket unit calls it (`FileDescriptorName=`, else the unit's name); `unknown` without a word.
        public let name: String

        public init(descriptor: Int32, name: String) {
            self.descriptor = descriptor
            self.name = name
        }
    }

    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case system(SystemdError)
        /// The manager has passed something else: the socket unit is wrong.
        case notAListeningUnixStreamSocket(descriptor: Int32, name: String)

        public var description: String {
            switch self {
            case .system(let error):
                "sockets passed by the service manager: \(error)"
            case .notAListeningUnixStreamSocket(let descriptor, let name):
                "the service manager has passed \"\(name)\" as descriptor \(descriptor), which is no listening Unix "
                    + "stream socket; the socket unit needs ListenStream= with a path, and Accept=no"
            }
        }
    }

    /// Takes all of them, in the order of the socket units. Empty if the process was started otherwise.
    ///
    /// A second call gives none: the variables that announce them are taken out of the environment.
    public static func take() throws(Failure) -> [Socket] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        defer {
            if let names {
                var next = names
                while let name = next.pointee {
                    free(name)
                    next += 1
                }
                free(names)
            }
        }
        guard count >= 0 else {
            throw .system(SystemdError(call: "sd_listen_fds_with_names", errno: -count))
        }
        var sockets: [Socket] = []
        for index in 0..<Int(count) {
            let descriptor = Int32(SD_LISTEN_FDS_START) + Int32(index)
            let name = names?[index].map { String(cString: $0) } ?? "unknown"
            let isOurs = sd_is_socket(descriptor, AF_UNIX, Int32(SOCK_STREAM.rawValue), 1)
            guard isOurs >= 0 else { throw .system(SystemdError(call: "sd_is_socket", errno: -isOurs)) }
            guard isOurs > 0 else { throw .notAListeningUnixStreamSocket(descriptor: descriptor, name: name) }
            do throws(SystemdError) {
                try makeNonBlocking(descriptor)
            } catch {
                throw .system(error)
            }
            sockets.append(Socket(descriptor: descriptor, name: name))
        }
        return sockets
    }

    /// The loop must never wait in `accept`; libsystemd has set close-on-exec already.
    private static func makeNonBlocking(_ descriptor: Int32) throws(SystemdError) {
        let flags = try checkErrno("fcntl(F_GETFL)", fcntl(descriptor, F_GETFL))
        try checkErrno("fcntl(F_SETFL)", fcntl(descriptor, F_SETFL, flags | O_NONBLOCK))
    }
}
