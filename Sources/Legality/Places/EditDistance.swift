/// How many letters have to be put in, left out, changed or swapped to make one name of another: optimal string
/// alignment, kept to a band.
enum EditDistance {
    /// The distance, or nil where it is more than `limit`.
    static func between(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, limit: Int) -> Int? {
        let (rows, columns) = (left.count, right.count)
        guard abs(rows - columns) <= limit else { return nil }
        let width = columns + 1
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * width) { cells -> Int? in
            let beyond = Int32(limit + 1)
            for column in 0..<width { cells[column] = Int32(column) }
            var (older, above, current) = (2 * width, 0, width)
            var row = 1
            while row <= rows {
                let low = max(1, row - limit)
                let high = min(columns, row + limit)
                cells[current] = Int32(row)
                if low > 1 { cells[current + low - 1] = beyond }
                var best = low == 1 ? Int32(row) : beyond
                var column = low
                while column <= high {
                    let isSame = left[row - 1] == right[column - 1]
                    var cost = cells[above + column - 1] + (isSame ? 0 : 1)
                    if column < row + limit { cost = min(cost, cells[above + column] + 1) }
                    cost = min(cost, cells[current + column - 1] + 1)
                    if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                        cost = min(cost, cells[older + column - 2] + 1)
                    }
                    cells[current + column] = cost
                    best = min(best, cost)
                    column += 1
                }
                if best > beyond { return nil }
                (older, above, current) = (above, current, older)
                row += 1
            }
            let distance = Int(cells[above + columns])
            return distance <= limit ? distance : nil
        }
    }
}
