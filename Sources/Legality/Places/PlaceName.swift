/// The name of a place in the form in which names are compared: without case, diacritics, punctuation and blanks,
/// and with the abbreviations that maps and addresses use written out (`St. Paul` and `Saint Paul`, `N. Olmsted`).
enum PlaceName {
    /// Longer input is no name of a place.
    static let limit = 512

    /// The words of a name, folded, with one blank between them.
    static func words(of name: some Sequence<UInt8>) -> [UInt8] {
        var words: [UInt8] = []
        words.reserveCapacity(name.underestimatedCount + 8)
        var folder = Folder(words: words)
        for byte in name { folder.feed(byte) }
        return folder.finish()
    }

    static func words(of name: String) -> [UInt8] { words(of: name.utf8) }

    /// What is compared: the words put together, abbreviations written out.
    static func key(ofWords words: some Collection<UInt8>) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(words.count + 8)
        appendKey(ofWords: words, to: &key)
        return key
    }

    static func key(of name: String) -> [UInt8] { key(ofWords: words(of: name.utf8)) }

    static func appendKey(ofWords words: some Collection<UInt8>, to key: inout [UInt8]) {
        var start = words.startIndex
        while start != words.endIndex {
            var end = start
            var length = 0
            while end != words.endIndex, words[end] != 0x20 {
                end = words.index(after: end)
                length += 1
            }
            let isFirst = start == words.startIndex
            let isLast = end == words.endIndex
            if length <= 3, let whole = writtenOut(words[start..<end], length: length, isFirst: isFirst, isLast: isLast)
            {
                whole.withUTF8Buffer { key.append(contentsOf: $0) }
            } else {
                key.append(contentsOf: words[start..<end])
            }
            start = isLast ? end : words.index(after: end)
        }
    }

    private static func writtenOut(
        _ word: some Collection<UInt8>, length: Int, isFirst: Bool, isLast: Bool
    ) -> StaticString? {
        guard let first = word.first else { return nil }
        let rest = word.dropFirst()
        switch length {
        case 1 where isFirst && !isLast:
            // A direction before a name: "N. Olmsted".
            switch first {
            case UInt8(ascii: "n"): return "north"
            case UInt8(ascii: "s"): return "south"
            case UInt8(ascii: "e"): return "east"
            case UInt8(ascii: "w"): return "west"
            default: return nil
            }
        case 2 where rest.first == UInt8(ascii: "t"):
            switch first {
            case UInt8(ascii: "s"): return "saint"
            case UInt8(ascii: "f"): return "fort"
            case UInt8(ascii: "m"): return "mount"
            default: return nil
            }
        case 3 where first == UInt8(ascii: "s") && rest.elementsEqual("te".utf8): return "sainte"
        default: return nil
        }
    }

    /// Folding, one byte of UTF-8 after the other. What is not UTF-8 is left out.
    private struct Folder {
        var words: [UInt8]
        /// Bytes of the word that is being written.
        private var wordLength = 0
        private var scalar: UInt32 = 0
        private var pending = 0

        init(words: [UInt8]) { self.words = words }

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

        mutating func finish() -> [UInt8] {
            if wordLength == 0, words.last == 0x20 { words.removeLast() }
            return words
        }

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
            words.append(byte)
            wordLength += 1
        }

        private mutating func endWord() {
            guard wordLength > 0 else { return }
            words.append(0x20)
            wordLength = 0
        }

        private mutating func append(scalar: UInt32) {
            guard let value = Unicode.Scalar(scalar) else { return }
            for byte in UTF8.encode(value) ?? UTF8.encodedReplacementCharacter { append(byte) }
        }

        private mutating func feed(scalar: UInt32) {
            if let folded = PlaceName.folding[scalar] {
                for byte in folded { append(byte) }
                return
            }
            switch scalar {
            case 0x2018...0x201B, 0x02B9...0x02BF, 0x00B4, 0x05F3, 0x2032, 0xFF07:
                break  // apostrophes in all their shapes
            case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x00AD, 0x0640, 0xFE00...0xFE0F:
                break  // invisible marks of direction, joining and variant
            case 0x0080...0x00BF, 0x00D7, 0x00F7, 0x2000...0x206F, 0x3000...0x3004, 0x3008...0x3020, 0x30FB, 0x060C,
                0x061B:
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
            guard wordLength >= 3, let last = words.last, last & 0xC0 == 0x80 else { return }
            let code = UInt32(words[words.count - 2] & 0x3F) << 6 | UInt32(last & 0x3F)
            guard words[words.count - 3] == 0xE3 else { return }
            let voiced = code == 0x0A6 ? 0x0F4 : code + UInt32(step)
            words[words.count - 2] = 0x80 | UInt8(truncatingIfNeeded: voiced >> 6)
            words[words.count - 1] = 0x80 | UInt8(truncatingIfNeeded: voiced & 0x3F)
        }
    }

    /// What a letter becomes without case and diacritics.
    private static let folding = Folding(table: foldingTable)

    private struct Folding: Sendable {
        /// For each scalar below U+2000 a place in `texts`, 0 for none.
        private var index = [UInt16](repeating: 0, count: 0x2000)
        private var texts: [[UInt8]] = [[]]

        init(table: String) {
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: " ")
                guard parts.count == 2 else { continue }
                texts.append(Array(parts[0].utf8))
                for scalar in parts[1].unicodeScalars where scalar.value < 0x2000 {
                    index[Int(scalar.value)] = UInt16(texts.count - 1)
                }
            }
        }

        subscript(scalar: UInt32) -> [UInt8]? {
            guard scalar < 0x2000, index[Int(scalar)] != 0 else { return nil }
            return texts[Int(index[Int(scalar)])]
        }
    }
}
