extension String {
    /// Fit to be quoted in a message: short, on one line, without control characters.
    var printable: String {
        var text = ""
        var length = 0
        for scalar in unicodeScalars {
            guard length < 80 else { return text + "…" }
            length += 1
            if scalar.isHarmful || scalar == "\n" || scalar == "\r" || scalar == "\t" {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Control characters, and invisible ones that change the direction of what a terminal or a browser shows.
    var isHarmful: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFD:
            true
        case 0xE0000...0xE007F: true
        default: value & 0xFFFE == 0xFFFE
        }
    }
}

/// The nearest of some known words to one that is not known.
enum Suggestion {
    /// `did you mean "substances"?`; nil where none is near.
    static func hint(for word: String, among known: some Sequence<String>) -> String? {
        nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
    }

    /// The known word with the fewest letters to change, where those are few.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        guard (1...64).contains(letters.count) else { return nil }
        var best: (word: String, distance: Int)?
        for candidate in known {
            let other = Array(candidate.lowercased().utf8)
            let allowed = min(max(letters.count, other.count) / 3 + (letters.count <= 3 ? 1 : 0), 4)
            guard abs(letters.count - other.count) <= allowed else { continue }
            let distance = distance(letters, other)
            if distance <= allowed && distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word ?? abbreviated(by: word.lowercased(), among: known)
    }

    /// The same for ids of places, which agree up to the last part: only that is compared.
    static func nearest(toID id: String, among known: [String]) -> String? {
        guard let colon = id.lastIndex(of: ":") else { return nil }
        let head = id[...colon]
        let slugs = known.filter { $0.hasPrefix(head) }.map { String($0.dropFirst(head.count)) }
        if let slug = nearest(to: String(id[id.index(after: colon)...]), among: slugs) { return head + slug }
        // The right name of something else: a county for a place.
        let slug = id[colon...]
        return known.first { $0.hasSuffix(slug) }
    }

    /// The only known word that this one shortens: `min_age` for `minimum_age`, `agency` for `agency_position`.
    private static func abbreviated(by word: String, among known: some Sequence<String>) -> String? {
        let parts = word.split(separator: "_")
        guard word.utf8.count >= 3, !parts.isEmpty else { return nil }
        let candidates = known.filter { candidate in
            let whole = candidate.lowercased().split(separator: "_")
            return whole.count >= parts.count && zip(whole, parts).allSatisfy { $0.hasPrefix($1) }
        }
        return candidates.count == 1 ? candidates[0] : nil
    }

    /// Letters to insert, drop, replace or swap with a neighbour (optimal string alignment).
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in 0..<right.count {
                let cost = left[row] == right[column] ? 0 : 1
                var least = min(last[column] + cost, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
