/// A name that others are compared with, prepared so that a comparison takes one step for each of their letters.
struct Spelling: ~Copyable {
    let name: [UInt8]
    let outline: NameOutline
    /// For each byte where the name has it, a bit for each position; empty where the name is longer than there are bits.
    private let positions: [UInt64]

    init(_ name: [UInt8]) {
        self.name = name
        outline = name.withUnsafeBufferPointer { NameOutline($0) }
        var positions: [UInt64] = []
        if name.count <= UInt64.bitWidth {
            positions = [UInt64](repeating: 0, count: 256)
            for (position, byte) in name.enumerated() { positions[Int(byte)] |= 1 << UInt64(position) }
        }
        self.positions = positions
    }

    /// The edit distance (`EditDistance`), or nil where it is more than `limit`.
    func distance(to other: UnsafeBufferPointer<UInt8>, limit: Int) -> Int? {
        guard !positions.isEmpty, !name.isEmpty else {
            return name.withUnsafeBufferPointer { EditDistance.between($0, other, limit: limit) }
        }
        // Hyyrö's bit vectors: a column of the table of distances, as the steps from one row to the next, is one word.
        var distance = name.count
        let last: UInt64 = 1 << UInt64(name.count - 1)
        var (rises, falls, diagonals, previous): (UInt64, UInt64, UInt64, UInt64) = (~0, 0, 0, 0)
        var left = other.count
        for byte in other {
            left &-= 1
            let same = positions[Int(byte)]
            let swapped = (~diagonals & same) << 1 & previous
            diagonals = ((same & rises) &+ rises) ^ rises | same | falls | swapped
            var risesAcross = falls | ~(diagonals | rises)
            var fallsAcross = diagonals & rises
            if risesAcross & last != 0 { distance &+= 1 }
            if fallsAcross & last != 0 { distance &-= 1 }
            if distance &- left > limit { return nil }
            risesAcross = risesAcross << 1 | 1
            fallsAcross <<= 1
            rises = fallsAcross | ~(diagonals | risesAcross)
            falls = risesAcross & diagonals
            previous = same
        }
        return distance <= limit ? distance : nil
    }
}
