/// Escape sequences within JSON strings.
enum JSONEscape {
    /// Whether one of these eight bytes is a control character, a quotation mark or a backslash. May say so of a byte
    /// beside such a one too, never overlooks one.
    @inline(__always)
    static func isNeeded(inAnyOf bytes: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let quotes = bytes ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = bytes ^ (ones &* UInt64(UInt8(ascii: "\\")))
        // A byte minus n has its top bit set, where it had none, only if it was less than n (or borrowed from).
        let controls = (bytes &- ones &* 0x20) & ~bytes
        return (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & tops != 0
    }

    @inline(__always)
    static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- UInt8(ascii: "a") &+ 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- UInt8(ascii: "A") &+ 10)
        default: nil
        }
    }

    /// Resolves the escapes of a string that the parser has accepted. The result is never longer.
    static func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var read = 0
        var written = 0
        func put(_ byte: UInt8) {
            guard written < target.count else { return }
            target[written] = byte
            written &+= 1
        }
        func unit(at index: Int) -> UInt32 {
            guard index &+ 4 <= source.count else { return 0 }
            var value: UInt32 = 0
            for offset in 0..<4 { value = value << 4 | (hexDigit(source[index &+ offset]) ?? 0) }
            return value
        }
        while read < source.count {
            let byte = source[read]
            guard byte == UInt8(ascii: "\\"), read &+ 1 < source.count else {
                put(byte)
                read &+= 1
                continue
            }
            let code = source[read &+ 1]
            read &+= 2
            switch code {
            case UInt8(ascii: "b"): put(0x08)
            case UInt8(ascii: "f"): put(0x0C)
            case UInt8(ascii: "n"): put(0x0A)
            case UInt8(ascii: "r"): put(0x0D)
            case UInt8(ascii: "t"): put(0x09)
            case UInt8(ascii: "u"):
                var scalar = unit(at: read)
                read &+= 4
                if scalar & 0xFC00 == 0xD800 {
                    scalar = 0x10000 &+ ((scalar & 0x3FF) << 10) &+ (unit(at: read &+ 2) & 0x3FF)
                    read &+= 6
                }
                UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}")?.forEach(put)
            default: put(code)
            }
        }
        return written
    }
}
