/// What one client, and all clients together, may take. Times are in milliseconds if not said
/// otherwise; 0 means no limit.
public struct ConnectionLimits: Sendable, Equatable {
    /// The bytes of one call, without its NUL byte; a longer one ends the connection.
    public var frameSize = 128 * 1024
    /// Connections at a time; more are refused.
    public var connections = 4096
    /// Connections of one user at a time; more are refused.
    public var connectionsPerUser = 1024
    /// Bytes of replies that wait for a reader. Beyond it no further calls of the connection are answered and no
    /// further replies of a stream are made until it has read; one that replies are pushed to is dropped.
    public var waitingOutput = 256 * 1024
    /// Calls of one connection that are answered before the others have their turn.
    public var callsPerTurn = 64
    /// Calls of one connection that have arrived and are not answered; later ones are refused, each in its turn, and the
    /// connection goes on. What has not been read does not count: no more is read before what was read is answered.
    public var callsInHand = 2048
    /// How long, in microseconds, the calls of one user may take before the others have their turn; a third of it for
    /// those of one connection, and of a user whose calls wait. No call is interrupted; what one took too much is taken
    /// off its next turns, and what one left is added to them, up to eight. While a single user is connected, by the
    /// kernel's tick.
    public var turnTime = 75
    /// Calls with `more` that wait for later replies at a time (monitors); more are refused. Calls that wait for a
    /// single reply do not count, so that monitors cannot keep anyone from administering the service.
    public var waitingCalls = 256
    /// How long a connection may do nothing at all.
    public var idleTime = 600_000
    /// How long a call may take to arrive, from its first byte.
    public var frameTime = 10_000
    /// How long a client may leave replies unread.
    public var stallTime = 30_000

    public init() {}
}
