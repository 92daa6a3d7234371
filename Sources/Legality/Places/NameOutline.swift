/// Which letters a name has and how many, in one word: what two names cannot have in common is known before they are
/// compared, and before the names are read.
struct NameOutline: Sendable {
    /// Below a bit for each letter from a to z and one for all other bytes, above the length as far as it goes.
    private let rawValue: UInt32

    private static let letterBits: UInt32 = 27
    private static let letters: UInt32 = 1 << letterBits - 1
    private static let longest = 31

    init(_ name: UnsafeBufferPointer<UInt8>) {
        var bits: UInt32 = 0
        for byte in name { bits |= 1 << (byte >= 0x61 && byte <= 0x7A ? UInt32(byte & 31) : 0) }
        rawValue = bits | UInt32(min(name.count, Self.longest)) << Self.letterBits
    }

    /// Whether so many edits may make one name of the other. An edit takes away one letter and brings in one at most.
    func isWithin(_ edits: Int, of other: NameOutline) -> Bool {
        let length = Int(rawValue >> Self.letterBits) &- Int(other.rawValue >> Self.letterBits)
        guard length <= edits, -length <= edits else { return false }
        let differing = (rawValue ^ other.rawValue) & Self.letters
        return (differing & rawValue).nonzeroBitCount <= edits && (differing & other.rawValue).nonzeroBitCount <= edits
    }
}
