/// Names one connection of a ``ConnectionSet`` for as long as it lives; never given to another one afterwards.
public struct ConnectionID: Hashable, Sendable {
    let slot: UInt32
    /// Distinguishes the connections that one slot had.
    let generation: UInt32
}
