/// Well-formed UTF-8, as table 3-7 of the Unicode standard defines it.
enum UTF8Sequence {
    /// The length of the sequence that begins here, 1 to 4; 0 if it is not well formed or cut off.
    @inline(__always)
    static func length(at bytes: UnsafeRawBufferPointer) -> Int {
        guard let lead = bytes.first else { return 0 }
        if lead < 0x80 { return 1 }
        func isContinuation(_ index: Int) -> Bool { index < bytes.count && bytes[index] & 0xC0 == 0x80 }
        switch lead {
        case 0xC2...0xDF:
            return isContinuation(1) ? 2 : 0
        case 0xE0...0xEF:
            guard isContinuation(1), isContinuation(2) else { return 0 }
            if lead == 0xE0, bytes[1] < 0xA0 { return 0 }
            if lead == 0xED, bytes[1] > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard isContinuation(1), isContinuation(2), isContinuation(3) else { return 0 }
            if lead == 0xF0, bytes[1] < 0x90 { return 0 }
            if lead == 0xF4, bytes[1] > 0x8F { return 0 }
            return 4
        default:
            return 0
        }
    }
}
