/// Lines whose columns begin below each other.
struct TextTable {
    private var rows: [[String]]
    /// Columns of numbers, which end below each other.
    private let numbers: Set<Int>

    init(head: [String], numbers: Set<Int>) {
        rows = [head]
        self.numbers = numbers
    }

    mutating func append(_ row: [String]) { rows.append(row) }

    /// One line a row, without blanks at their ends.
    var lines: [String] {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return numbers.contains(column) ? blanks + cell : cell + blanks
            }
            let line = cells.joined(separator: "  ")
            return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
        }
    }
}
