/// Random numbers that come again with the same seed (SplitMix64).
public struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `n` times.
    public mutating func once(in n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

    /// One of them, or nil where there is none.
    public mutating func one<Element>(of elements: some RandomAccessCollection<Element>) -> Element? {
        elements.randomElement(using: &self)
    }

    /// Each of them with the probability of one half.
    public mutating func some<Element>(of elements: [Element]) -> [Element] {
        elements.filter { _ in Bool.random(using: &self) }
    }
}
