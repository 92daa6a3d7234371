/// Which letters a name has, in one word: what two names cannot have in common is known before they are compared.
struct LetterSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ name: UnsafeBufferPointer<UInt8>) {
        var bits: UInt32 = 0
        for byte in name { bits |= 1 << UInt32(byte & 31) }
        rawValue = bits
    }

    /// Whether so many edits may make one name of the other. An edit takes away one letter and brings in one at most.
    func isWithin(_ edits: Int, of other: LetterSet) -> Bool {
        (rawValue & ~other.rawValue).nonzeroBitCount <= edits && (other.rawValue & ~rawValue).nonzeroBitCount <= edits
    }
}
