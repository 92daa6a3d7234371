/// What a ``ConnectionSet`` has seen since its start.
public struct ConnectionStatistics: Sendable, Equatable {
    /// Connections that were accepted.
    public var accepted = 0
    /// Connections that were refused because of a limit.
    public var refused = 0
    /// Calls that arrived whole.
    public var calls = 0
    /// Connections that were ended because of a frame that is not JSON or breaks the protocol.
    public var violations = 0
    /// Connections that were ended because of a frame beyond the limit.
    public var oversizedFrames = 0
    /// Connections that were ended because their client does not read.
    public var slowReaders = 0
    /// Connections that were ended because nothing happened, or a call did not arrive completely.
    public var expired = 0
}
