/// The offsets of one time zone from UTC, as a compiled time-zone file (TZif, RFC 9636) states them.
public struct TimeZoneRules: Sendable {
    private let transitions: [Int64]
    /// For each transition the offset from it on, in seconds east of UTC.
    private let offsets: [Int32]
    /// The offset before the first transition.
    private let initialOffset: Int32
    /// What holds after the last transition; nil: its offset goes on.
    private let footer: PosixTimeZone?

    /// Nil where the bytes are no TZif file of version 2 or later.
    public init?(tzif bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        // The version 1 block holds 32-bit times; everything is repeated after it in 64 bits.
        guard let first = Header(&reader), first.version >= UInt8(ascii: "2"),
            reader.skip(first.bodyLength(timeSize: 4)), let header = Header(&reader),
            header.typeCount > 0, header.timeCount <= 10_000, header.typeCount <= 256
        else { return nil }
        var transitions: [Int64] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.integer(bytes: 8) else { return nil }
            transitions.append(time)
        }
        var types: [Int] = []
        for _ in 0..<header.timeCount {
            guard let type = reader.integer(bytes: 1), type < header.typeCount else { return nil }
            types.append(Int(type))
        }
        var typeOffsets: [Int32] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.integer(bytes: 4), reader.skip(2) else { return nil }
            typeOffsets.append(Int32(truncatingIfNeeded: offset))
        }
        guard reader.skip(header.abbreviationLength + header.leapCount * 12 + header.standardCount + header.utcCount),
            transitions.indices.dropFirst().allSatisfy({ transitions[$0 - 1] < transitions[$0] })
        else { return nil }
        self.transitions = transitions
        offsets = types.map { typeOffsets[$0] }
        initialOffset = typeOffsets[0]
        footer = PosixTimeZone(reader.remaining.split(separator: UInt8(ascii: "\n")).first.map(Array.init) ?? [])
    }

    /// Seconds east of UTC at a moment, in seconds since 1970-01-01T00:00:00Z.
    public func offset(at moment: Int64) -> Int32 {
        guard let last = transitions.last, moment < last else {
            return footer?.offset(at: moment) ?? offsets.last ?? initialOffset
        }
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffset : offsets[low - 1]
    }

    /// The civil date at a moment.
    public func civilDate(at moment: Int64) -> CivilDate {
        // Far beyond any day that can be written; keeps the sums below from overflowing.
        let bounded = min(max(moment, -(1 << 50)), 1 << 50)
        return CivilDate(
            daysSinceEpoch: Int32(clamping: (bounded + Int64(offset(at: bounded))).flooredDivision(by: 86_400)))
    }

    private struct Header {
        let version: UInt8
        let utcCount, standardCount, leapCount, timeCount, typeCount, abbreviationLength: Int

        init?(_ reader: inout ByteReader) {
            guard reader.integer(bytes: 4) == 0x545A_6966, let version = reader.integer(bytes: 1), reader.skip(15)
            else {
                return nil
            }
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.integer(bytes: 4), (0...1_000_000).contains(count) else { return nil }
                counts.append(Int(count))
            }
            self.version = UInt8(truncatingIfNeeded: version)
            (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
            (timeCount, typeCount, abbreviationLength) = (counts[3], counts[4], counts[5])
        }

        func bodyLength(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + abbreviationLength + leapCount * (timeSize + 4)
                + standardCount + utcCount
        }
    }
}

/// Big-endian numbers from bytes, never beyond their end.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: ArraySlice<UInt8> { bytes[position...] }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - position else { return false }
        position += count
        return true
    }

    /// A signed number; single bytes are unsigned.
    mutating func integer(bytes count: Int) -> Int64? {
        guard count <= bytes.count - position else { return nil }
        var value: UInt64 = 0
        for byte in bytes[position..<(position + count)] { value = value << 8 | UInt64(byte) }
        position += count
        switch count {
        case 4: return Int64(Int32(truncatingIfNeeded: value))
        default: return Int64(bitPattern: value)
        }
    }
}

extension FixedWidthInteger {
    /// Division that rounds down, also for negative numbers.
    func flooredDivision(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
