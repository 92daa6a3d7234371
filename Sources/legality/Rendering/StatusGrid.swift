/// Substances against activities: each answer with its sign, and its word where there is room.
struct StatusGrid {
    var rows: [StatusPage.Row]
    var width: Int

    /// The widest layout that fits: activities across, else substances across, with words, else with signs alone and
    /// a key beneath.
    func lines() -> [StyledText] {
        guard let first = rows.first, !first.activities.isEmpty else { return [] }
        let activities = first.activities.map(\.name)
        let bySubstance = rows.map { row in
            activities.map { name in row.activities.first { $0.name == name }?.status ?? .unknown }
        }
        let byActivity = activities.indices.map { column in bySubstance.map { $0[column] } }
        let substances = rows.map(\.substance)
        for gap in [3, 2] {
            let lines = layout(
                heads: activities.map { [$0] }, labels: substances, statuses: bySubstance, gap: gap, hasWords: true)
            if fits(lines) { return lines }
        }
        let narrowHeads = substances.map { Self.broken($0, knowing: substances) }
        for (heads, gap) in [(substances.map { [$0] }, 2), (narrowHeads, 2), (narrowHeads, 1)] {
            let lines = layout(heads: heads, labels: activities, statuses: byActivity, gap: gap, hasWords: true)
            if fits(lines) { return lines }
        }
        let key = Set(bySubstance.joined()).sorted(by: >).map(\.styled).joined(separator: "  ")
        for gap in [2, 1] {
            let lines = layout(
                heads: narrowHeads, labels: activities, statuses: byActivity, gap: gap, hasWords: false)
            if fits(lines) || gap == 1 { return lines + [key] }
        }
        return []
    }

    private func fits(_ lines: [StyledText]) -> Bool { lines.allSatisfy { $0.width <= width } }

    private func layout(
        heads: [[String]], labels: [String], statuses: [[LegalStatus]], gap: Int, hasWords: Bool
    ) -> [StyledText] {
        let cells = statuses.map { row in
            row.map { hasWords ? $0.styled : StyledText($0.symbol, $0.style) }
        }
        let labelWidth = labels.map { CellWidth.of($0) }.max() ?? 0
        let widths = heads.indices.map { column in
            max(
                heads[column].map { CellWidth.of($0) }.max() ?? 0,
                cells.map { $0[column].width }.max() ?? 0)
        }
        let margin = StyledText(String(repeating: " ", count: gap))
        var lines: [StyledText] = []
        let headHeight = heads.map(\.count).max() ?? 0
        for level in 0..<headHeight {
            var line = StyledText("").padded(to: labelWidth)
            for (column, head) in heads.enumerated() {
                // Headings stand on their last line.
                let position = level - (headHeight - head.count)
                let text = position >= 0 ? head[position] : ""
                line += margin + StyledText(text, .faint).padded(to: widths[column])
            }
            lines.append(line.trimmed)
        }
        for (label, row) in zip(labels, cells) {
            var line = StyledText(label, .strong).padded(to: labelWidth)
            for (column, cell) in row.enumerated() { line += margin + cell.padded(to: widths[column]) }
            lines.append(line.trimmed)
        }
        return lines
    }

    /// A name in two lines where it ends in another name of the table (7-hydroxy / mitragynine).
    private static func broken(_ name: String, knowing names: [String]) -> [String] {
        guard let other = names.first(where: { $0 != name && name.hasSuffix($0) }) else { return [name] }
        return [String(name.dropLast(other.count)), other]
    }
}

extension StyledText {
    /// Without the spaces at its end.
    var trimmed: StyledText {
        var runs = self.runs
        while var last = runs.popLast() {
            while last.text.hasSuffix(" ") { last.text.removeLast() }
            guard last.text.isEmpty else {
                runs.append(last)
                break
            }
        }
        return StyledText(runs: runs)
    }
}
