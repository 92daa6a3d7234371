/// A tile grid with an answer on each tile.
struct StatusMap: Sendable {
    struct Tile: Sendable, Equatable {
        var position: TileGrid.Tile
        var name: String
        var status: LegalStatus
        /// Whether some jurisdiction within has a stricter answer than the whole.
        var isStricterInParts: Bool
    }

    var title: String
    /// What the one answer of a tile stands for.
    var subtitle: String
    var tiles: [Tile]
    var columns: Int
    var rows: Int

    /// - Parameters:
    ///   - entries: the jurisdictions that are known; what is not among them is unknown.
    ///   - title: what the answers are about, and when.
    ///   - subtitle: what the one answer of a tile stands for.
    init(grid: TileGrid, entries: [Entry], title: String, subtitle: String) {
        self.title = title
        self.subtitle = subtitle
        columns = grid.columns
        rows = grid.rows
        var byID: [String: Entry] = [:]
        var strictestWithin: [String: LegalStatus] = [:]
        for entry in entries {
            byID[entry.place.id] = entry
            for (position, character) in zip(entry.place.id.indices, entry.place.id) where "-/".contains(character) {
                let ancestor = String(entry.place.id[..<position])
                strictestWithin[ancestor] = max(strictestWithin[ancestor] ?? .unknown, entry.status)
            }
        }
        tiles = grid.tiles.map { position in
            let entry = byID[position.id]
            let status = entry?.status ?? .unknown
            return Tile(
                position: position, name: entry?.place.name ?? position.code, status: status,
                isStricterInParts: (strictestWithin[position.id] ?? .unknown) > status)
        }
    }

    /// The answers that occur, the strictest first, and how many tiles have each.
    var counts: [(status: LegalStatus, count: Int)] {
        LegalStatus.allCases.reversed().compactMap { status in
            let count = tiles.filter { $0.status == status }.count
            return count > 0 ? (status, count) : nil
        }
    }

    var hasStricterParts: Bool { tiles.contains(where: \.isStricterInParts) }

    /// Lines for a terminal: the grid where it fits, else the codes by answer.
    func lines(width: Int) -> [StyledText] {
        var lines = StyledText(title, .strong).wrapped(to: width)
        lines += StyledText(subtitle, .faint).wrapped(to: width)
        lines.append("")
        if let cell = [6, 5, 4, 3].first(where: { columns * $0 - ($0 - 3) <= width }) {
            lines += grid(cell: cell)
            lines.append("")
            lines += legend(width: width)
        } else {
            for (status, _) in counts {
                let codes = tiles.filter { $0.status == status }.map {
                    $0.position.code + ($0.isStricterInParts ? "+" : "")
                }
                lines += StyledText(
                    runs: (status.styled + StyledText(": " + codes.sorted().joined(separator: " "))).runs
                )
                .wrapped(to: width)
            }
        }
        if hasStricterParts { lines.append(StyledText("+ stricter in parts of it", .faint)) }
        return lines
    }

    private func grid(cell: Int) -> [StyledText] {
        (0..<rows).map { row in
            var line = StyledText("")
            for column in 0..<columns {
                guard let tile = tiles.first(where: { $0.position.row == row && $0.position.column == column }) else {
                    line += StyledText(String(repeating: " ", count: cell))
                    continue
                }
                // Where there is no room for the plus it is left out; the legend's line says that parts differ.
                let mark = tile.isStricterInParts && cell > 3 ? "+" : ""
                line += StyledText(tile.status.symbol + tile.position.code + mark, tile.status.style).padded(to: cell)
            }
            return line.trimmed
        }
    }

    /// As many entries a line as fit; an entry stays in one piece.
    private func legend(width: Int) -> [StyledText] {
        var lines: [StyledText] = []
        for (status, count) in counts {
            let entry = status.styled + StyledText(" \(count)")
            if let last = lines.last, last.width + 3 + entry.width <= width {
                lines[lines.count - 1] = last + "   " + entry
            } else {
                lines.append(entry)
            }
        }
        return lines
    }
}
