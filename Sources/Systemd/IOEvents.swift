import CSystemd

/// What a descriptor is watched for, and what it was found ready for, as in `epoll_ctl(2)`.
public struct IOEvents: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let readable = IOEvents(rawValue: EPOLLIN.rawValue)
    public static let writable = IOEvents(rawValue: EPOLLOUT.rawValue)
    /// The peer has closed its sending side.
    public static let readHangUp = IOEvents(rawValue: EPOLLRDHUP.rawValue)
    /// Reported without being asked for.
    public static let hangUp = IOEvents(rawValue: EPOLLHUP.rawValue)
    /// Reported without being asked for.
    public static let error = IOEvents(rawValue: EPOLLERR.rawValue)
    /// Reports a change of state once, and not again until the next change.
    public static let edgeTriggered = IOEvents(rawValue: EPOLLET.rawValue)
}
