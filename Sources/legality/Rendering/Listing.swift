import Varlink

/// Rows and columns, printed as a table for people or as TSV or CSV for programs.
struct Listing: Sendable {
    /// A column.
    struct Column: Sendable {
        /// Its stable name, for programs.
        var name: String
        /// Its heading, for people.
        var title: String
        /// The columns that it keeps at least where the terminal is narrow; absent: it is never cut short.
        var least: Int?
        /// Whether the table does without it where it would not fit otherwise.
        var isOptional = false
    }

    /// A value.
    struct Cell: Sendable, ExpressibleByStringInterpolation {
        /// For programs.
        var value: String
        /// For people.
        var text: StyledText

        init(_ value: String, text: StyledText? = nil) {
            self.value = value
            self.text = text ?? StyledText(value)
        }

        init(stringLiteral value: String) { self.init(value) }

        init(_ status: LegalStatus) { self.init(status.rawValue, text: status.styled) }

        init(_ value: String?) { self.init(value ?? "") }
    }

    var columns: [Column]
    var rows: [[Cell]] = []

    /// Lines of tab-separated values. Tabs and ends of lines in values become spaces.
    func tsv(withHeader: Bool) -> [String] {
        delimited(withHeader: withHeader, by: "\t") { value in
            value.unicodeScalars.contains { $0.value < 0x20 } ? PlainText.printable(value) : value
        }
    }

    /// Lines of comma-separated values (RFC 4180, with plain line ends). What a spreadsheet would run as a formula
    /// gets an apostrophe before it.
    func csv(withHeader: Bool) -> [String] {
        delimited(withHeader: withHeader, by: ",") { raw in
            let startsFormula = raw.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
            let value = startsFormula ? "'" + raw : raw
            guard value.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return value }
            return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                + "\""
        }
    }

    private func delimited(withHeader: Bool, by separator: String, escape: (String) -> String) -> [String] {
        let header = withHeader ? [columns.map(\.name).joined(separator: separator)] : []
        return header + rows.map { $0.map { escape($0.value) }.joined(separator: separator) }
    }

    /// Lines of a table that fits `width` columns where that can be done: optional columns go, flexible ones are
    /// cut short.
    func table(width: Int?, withHeader: Bool) -> [StyledText] {
        var shown = Array(columns.indices)
        var widths = columns.indices.map { index in
            rows.reduce(withHeader ? CellWidth.of(columns[index].title) : 0) { max($0, $1[index].text.width) }
        }
        // A column without any value tells nothing.
        shown.removeAll { index in rows.allSatisfy { $0[index].text.isEmpty } }
        if let width { fit(&shown, &widths, into: width) }
        var lines: [StyledText] = []
        func line(_ cells: [StyledText]) -> StyledText {
            var line = StyledText(runs: [])
            for (position, index) in shown.enumerated() {
                let cell = cells[index].truncated(to: widths[index])
                line += position == shown.count - 1 ? cell : cell.padded(to: widths[index] + Self.gap)
            }
            return line.trimmed
        }
        if withHeader { lines.append(line(columns.map { StyledText($0.title, .heading) })) }
        lines += rows.map { row in line(row.map(\.text)) }
        return lines
    }

    /// Spaces between columns.
    private static let gap = 2

    /// Leaves out optional columns, the last first, until the rest fits with the others at their least; then cuts the
    /// widest short, again and again, as far as it takes.
    private func fit(_ shown: inout [Int], _ widths: inout [Int], into width: Int) {
        let least = columns.indices.map { min(widths[$0], columns[$0].least ?? widths[$0]) }
        func excess(_ widths: [Int]) -> Int {
            shown.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, shown.count - 1) - width
        }
        for index in columns.indices.reversed() where columns[index].isOptional && excess(least) > 0 {
            shown.removeAll { $0 == index }
        }
        // Where even that does not fit, they go below their least.
        for floor in [least, columns.map { _ in 4 }] {
            while excess(widths) > 0,
                let index = shown.filter({ columns[$0].least != nil && widths[$0] > floor[$0] })
                    .max(by: { widths[$0] < widths[$1] })
            {
                widths[index] -= 1
            }
        }
    }
}

extension Listing {
    /// Writes the rows; `json` is not a form of a listing and is written by the command.
    func print(
        as format: TableFormat, withHeader: Bool, terminal: Terminal, to output: inout StandardOutput
    ) throws(Failure) {
        switch format {
        case .tsv: for line in tsv(withHeader: withHeader) { try output.writeLine(line) }
        case .csv: for line in csv(withHeader: withHeader) { try output.writeLine(line) }
        case .table, .json:
            for line in table(width: terminal.width, withHeader: withHeader) { try output.writeLine(line, terminal) }
        }
        try output.flush()
    }
}
