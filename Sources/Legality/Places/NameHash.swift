/// The hash of a name, a byte after the other: FNV-1a, its halves folded together.
struct NameHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    init(_ name: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < name.count {
            add(name[position])
            position &+= 1
        }
    }

    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Of the bytes that were added.
    var value: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }
}
