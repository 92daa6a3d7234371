import Glibc

/// Who is at the other end of a Unix socket, as the kernel recorded it when the connection was made.
public struct PeerCredentials: Sendable, Equatable {
    public let processID: pid_t
    public let userID: uid_t
    public let groupID: gid_t

    public init(processID: pid_t, userID: uid_t, groupID: gid_t) {
        self.processID = processID
        self.userID = userID
        self.groupID = groupID
    }

    /// The credentials of a connected socket's peer; nil if it is not a connected Unix socket.
    public init?(socket descriptor: CInt) {
        // struct ucred is three 32-bit numbers; Glibc's module does not show it.
        var credentials: (process: pid_t, user: uid_t, group: gid_t) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return nil }
        self.init(processID: credentials.process, userID: credentials.user, groupID: credentials.group)
    }
}
