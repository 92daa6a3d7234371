/// Names one connection of a ``ConnectionSet`` for as long as it lives; never given to another one afterwards.
public struct ConnectionID: Hashable, Sendable {
    let slot: UInt32
    /// Distinguishes the connections that one slot had.
    let generation: UInt32

    /// For whoever owns connections without a ``ConnectionSet``.
    public init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }
}
