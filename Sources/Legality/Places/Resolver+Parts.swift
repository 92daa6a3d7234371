/// The parts of an input.
extension Resolver {
    /// What separates a place from the one that it lies in.
    static let separators = ",，、;"

    /// Without blanks, quotation marks and commas around it.
    static func trimmed(_ input: String) -> Substring {
        // What begins and ends with a letter or digit of ASCII, as nearly all input does, stays as it is.
        func isPlain(_ byte: UInt8) -> Bool {
            byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        }
        if let first = input.utf8.first, let last = input.utf8.last, isPlain(first), isPlain(last) { return input[...] }
        func isOutside(_ character: Character) -> Bool { character.isWhitespace || "\"“”„«»,".contains(character) }
        var text = input[...]
        while let first = text.first, isOutside(first) { text.removeFirst() }
        while let last = text.last, isOutside(last) { text.removeLast() }
        return text
    }

    /// What stands between commas, as words; what has none is left out.
    static func parts(of text: Substring) -> [[UInt8]] {
        let parts = text.utf8.withContiguousStorageIfAvailable { bytes -> [[UInt8]]? in
            var parts: [[UInt8]] = []
            var start = 0
            for end in 0...bytes.count {
                if end < bytes.count {
                    guard let isSeparator = isSeparator(bytes, at: end) else { return nil }
                    guard isSeparator else { continue }
                }
                let words = PlaceName.words(of: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                if !words.isEmpty { parts.append(words) }
                start = end + 1
            }
            return parts
        }
        if let parts, let parts { return parts }
        return text.split { separators.contains($0) }.map { PlaceName.words(of: $0.utf8) }.filter { !$0.isEmpty }
    }

    /// Whether a comma or semicolon stands there; nil where only a look at whole characters can tell.
    private static func isSeparator(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool? {
        switch bytes[position] {
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            // What stands beside it may combine with it.
            let isAlone =
                (position == 0 || bytes[position - 1] < 0x80)
                && (position + 1 == bytes.count || bytes[position + 1] < 0x80)
            return isAlone ? true : nil
        case 0xCD, 0xE3, 0xEF:
            // Perhaps the Greek question mark, which is a semicolon, or a comma of East Asia.
            return nil
        default: return false
        }
    }
}
