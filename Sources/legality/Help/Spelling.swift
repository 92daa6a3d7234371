/// Words that somebody may have meant.
enum Spelling {
    /// The words that are nearest to `word`, whatever the case of its letters, best first; none where nothing is near.
    static func nearest(to word: String, among candidates: [String]) -> [String] {
        let word = word.lowercased()
        guard word.utf8.count <= 100 else { return [] }
        let limit = max(1, word.count / 3)
        let rated = candidates.map { candidate in
            (candidate, candidate.hasPrefix(word) && word.count > 1 ? 1 : distance(word, candidate))
        }
        let near = rated.filter { $0.1 <= limit }
        guard let best = near.map(\.1).min() else { return [] }
        return near.filter { $0.1 == best }.map(\.0)
    }

    /// How many letters have to be put in, taken out, replaced or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
