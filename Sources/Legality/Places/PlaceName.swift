/// The name of a place in the form in which names are compared: without case, diacritics, punctuation and blanks,
/// and with the abbreviations that maps and addresses use written out (`St. Paul` and `Saint Paul`, `N. Olmsted`).
enum PlaceName {
    /// Longer input is no name of a place.
    static let limit = 512

    /// The words of a name, folded, with one blank between them.
    static func words(of name: some Sequence<UInt8>) -> [UInt8] {
        let inPlace = name.withContiguousStorageIfAvailable { name in
            withWords(of: UnsafeBufferPointer(rebasing: name.prefix(2 * limit))) { Array($0) }
        }
        return inPlace
            ?? Array(name.prefix(2 * limit)).withUnsafeBufferPointer { name in withWords(of: name) { Array($0) } }
    }

    static func words(of name: String) -> [UInt8] { words(of: name.utf8) }

    /// What is compared: the words put together, abbreviations written out.
    static func key(ofWords words: some Sequence<UInt8>) -> [UInt8] {
        let inPlace = words.withContiguousStorageIfAvailable { words in
            withKey(ofWords: UnsafeBufferPointer(rebasing: words.prefix(Folder.capacity))) { Array($0) }
        }
        return inPlace
            ?? Array(words.prefix(Folder.capacity)).withUnsafeBufferPointer { words in
                withKey(ofWords: words) { Array($0) }
            }
    }

    static func key(of name: String) -> [UInt8] { key(ofWords: words(of: name.utf8)) }

    /// Hands the key of a name to `body`, without memory of its own: gazetteers have a hundred thousand names.
    static func withKey<Result>(
        of name: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withWords(of: name) { words in withKey(ofWords: words, body) }
    }

    /// Hands the folded words of a name to `body`.
    static func withWords<Result>(
        of name: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        // What is short enough for the stack, as names are, costs no allocation.
        let capacity = min(Folder.growth * name.count + 8, Folder.capacity)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var folder = Folder(buffer: buffer)
            var position = 0
            while position < name.count {
                folder.feed(name[position])
                position &+= 1
            }
            return body(UnsafeBufferPointer(rebasing: buffer[..<folder.finish()]))
        }
    }

    /// Hands the key of folded words to `body`.
    static func withKey<Result>(
        ofWords words: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        // The longest that a word becomes is five times its length: "n" is "north".
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 5 * words.count + 1) { buffer in
            var count = 0
            var start = 0
            while start < words.count {
                var end = start
                while end < words.count, words[end] != 0x20 { end &+= 1 }
                if end &- start <= 3,
                    let whole = writtenOut(words, start..<end, isFirst: start == 0, isLast: end == words.count)
                {
                    whole.withUTF8Buffer { whole in
                        for byte in whole {
                            buffer[count] = byte
                            count &+= 1
                        }
                    }
                } else {
                    while start < end {
                        buffer[count] = words[start]
                        count &+= 1
                        start &+= 1
                    }
                }
                start = end &+ 1
            }
            return body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// What an abbreviation stands for, in names of places.
    private static func writtenOut(
        _ words: UnsafeBufferPointer<UInt8>, _ word: Range<Int>, isFirst: Bool, isLast: Bool
    ) -> StaticString? {
        let first = words[word.lowerBound]
        switch word.count {
        case 1 where isFirst && !isLast:
            // A direction before a name: "N. Olmsted".
            switch first {
            case UInt8(ascii: "n"): return "north"
            case UInt8(ascii: "s"): return "south"
            case UInt8(ascii: "e"): return "east"
            case UInt8(ascii: "w"): return "west"
            default: return nil
            }
        case 2 where words[word.lowerBound + 1] == UInt8(ascii: "t"):
            switch first {
            case UInt8(ascii: "s"): return "saint"
            case UInt8(ascii: "f"): return "fort"
            case UInt8(ascii: "m"): return "mount"
            default: return nil
            }
        case 3
        where first == UInt8(ascii: "s") && words[word.lowerBound + 1] == UInt8(ascii: "t")
            && words[word.lowerBound + 2] == UInt8(ascii: "e"):
            return "sainte"
        default: return nil
        }
    }

    /// Folding, one byte of UTF-8 after the other. What is not UTF-8 is left out.
    private struct Folder {
        /// A byte becomes five at most ("&").
        static let growth = 5
        /// Enough for any name within the limit.
        static let capacity = growth * 2 * PlaceName.limit + 8

        private let buffer: UnsafeMutableBufferPointer<UInt8>
        private var count = 0
        /// Bytes of the word that is being written.
        private var wordLength = 0
        private var scalar: UInt32 = 0
        private var pending = 0

        init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

        mutating func feed(_ byte: UInt8) {
            if byte < 0x80 {
                pending = 0
                feedASCII(byte)
            } else if byte < 0xC0 {
                guard pending > 0 else { return }
                scalar = scalar << 6 | UInt32(byte & 0x3F)
                pending -= 1
                if pending == 0 { feed(scalar: scalar) }
            } else if byte < 0xE0 {
                (scalar, pending) = (UInt32(byte & 0x1F), 1)
            } else if byte < 0xF0 {
                (scalar, pending) = (UInt32(byte & 0x0F), 2)
            } else {
                (scalar, pending) = (UInt32(byte & 0x07), 3)
            }
        }

        /// How many bytes were written, without a last blank.
        func finish() -> Int { wordLength == 0 && count > 0 ? count - 1 : count }

        private mutating func feedASCII(_ byte: UInt8) {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: append(byte)
            case 0x41...0x5A: append(byte | 0x20)
            case 0x27, 0x60: break  // ' and `: "O'Fallon" is "OFallon"
            case 0x2E where wordLength == 1: break  // "D.C." is one word, "St.Louis" are two
            case 0x26:  // &
                endWord()
                for letter in "and".utf8 { append(letter) }
                endWord()
            default: endWord()
            }
        }

        private mutating func append(_ byte: UInt8) {
            guard count < buffer.count else { return }
            buffer[count] = byte
            count &+= 1
            wordLength &+= 1
        }

        private mutating func endWord() {
            guard wordLength > 0, count < buffer.count else { return }
            buffer[count] = 0x20
            count &+= 1
            wordLength = 0
        }

        private mutating func append(scalar: UInt32) {
            guard let value = Unicode.Scalar(scalar) else { return }
            for byte in UTF8.encode(value) ?? UTF8.encodedReplacementCharacter { append(byte) }
        }

        private mutating func feed(scalar: UInt32) {
            let folded = PlaceName.folding.text(of: scalar)
            if !folded.isEmpty {
                for position in folded { append(PlaceName.folding.pool[position]) }
                return
            }
            switch scalar {
            case 0x2018...0x201B, 0x02B9...0x02BF, 0x00B4, 0x05F3, 0x2032, 0xFF07:
                break  // apostrophes in all their shapes
            case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x00AD, 0x0640, 0xFE00...0xFE0F:
                break  // invisible marks of direction, joining and variant
            case 0x0080...0x00BF, 0x00D7, 0x00F7, 0x2000...0x206F, 0x2100...0x2BFF, 0x3000...0x3004, 0x3008...0x3020,
                0x30FB, 0x060C, 0x061B,
                0x1F000...0x1FAFF:
                endWord()
            case 0xFF01...0xFF5E:
                feedASCII(UInt8(scalar - 0xFEE0))  // full-width forms
            case 0x3099, 0x309A:
                voiceKana(by: scalar == 0x3099 ? 1 : 2)
            case 0xAC00...0xD7A3:
                // Hangul, taken apart as combining jamo would write it.
                let offset = scalar - 0xAC00
                append(scalar: 0x1100 + offset / 588)
                append(scalar: 0x1161 + offset % 588 / 28)
                if offset % 28 != 0 { append(scalar: 0x11A7 + offset % 28) }
            case 0x0300...0x1FFF, 0x20D0...0x20FF, 0xA000...0xABFF, 0xFB1E...0xFE2F:
                guard let value = Unicode.Scalar(scalar) else { return }
                // Marks that combine without a place of their own: accents, vowel points, harakat.
                if value.properties.canonicalCombiningClass == .notReordered { append(scalar: scalar) }
            default:
                append(scalar: scalar)
            }
        }

        /// The voiced form of the kana before: U+3099 and U+309A follow it in decomposed text.
        private mutating func voiceKana(by step: UInt8) {
            guard wordLength >= 3, buffer[count - 3] == 0xE3 else { return }
            let code = UInt32(buffer[count - 2] & 0x3F) << 6 | UInt32(buffer[count - 1] & 0x3F)
            let voiced = code == 0x0A6 ? 0x0F4 : code + UInt32(step)
            buffer[count - 2] = 0x80 | UInt8(voiced >> 6 & 0x3F)
            buffer[count - 1] = 0x80 | UInt8(voiced & 0x3F)
        }
    }

    /// What a letter becomes without case and diacritics.
    private static let folding = Folding(table: foldingTable)

    private struct Folding: Sendable {
        /// For each scalar below U+2000 a place in `texts`, 0 for none.
        private var index = [UInt16](repeating: 0, count: 0x2000)
        private var texts: [Range<Int>] = [0..<0]
        private(set) var pool: [UInt8] = []

        init(table: String) {
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: " ")
                guard parts.count == 2 else { continue }
                texts.append(pool.count..<pool.count + parts[0].utf8.count)
                pool.append(contentsOf: parts[0].utf8)
                for scalar in parts[1].unicodeScalars where scalar.value < 0x2000 {
                    index[Int(scalar.value)] = UInt16(texts.count - 1)
                }
            }
        }

        /// What the letter becomes, as a place in the pool; empty where it stays.
        func text(of scalar: UInt32) -> Range<Int> { scalar < 0x2000 ? texts[Int(index[Int(scalar)])] : 0..<0 }
    }
}
