/// Why a call did not get an answer, or got an error for one.
public enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path does not fit the address of a socket.
    case unusablePath(String)
    /// Nobody listens there.
    case unreachable(SystemError)
    /// The server did not answer in time.
    case timedOut
    /// The server closed the connection before it had answered.
    case disconnected
    /// The connection broke.
    case system(SystemError)
    /// What came is no Varlink reply.
    case malformedReply(String)
    /// The server answered with an error.
    case refused(VarlinkError)

    public var description: String {
        switch self {
        case .unusablePath(let path): "not a path of a socket (at most \(UnixAddress.maximumLength) bytes): \(path)"
        case .unreachable(let error), .system(let error): error.description
        case .timedOut: "no answer in time"
        case .disconnected: "the server closed the connection without an answer"
        case .malformedReply(let reason): "the server's answer is malformed: \(reason)"
        case .refused(let error): error.description
        }
    }
}
