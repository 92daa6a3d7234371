/// How an answer changed over time, the oldest first.
struct TimeLinePage {
    var timeLine: TimeLine
    /// YYYY-MM-DD
    var today: String
    var width: Int?

    static let columns: [Listing.Column] = [
        .init(name: "place", title: "PLACE"),
        .init(name: "substance", title: "SUBSTANCE"),
        .init(name: "activity", title: "ACTIVITY"),
        .init(name: "from", title: "FROM"),
        .init(name: "until", title: "UNTIL"),
        .init(name: "status", title: "STATUS"),
        .init(name: "approximate", title: "APPROXIMATE"),
        .init(name: "decided_by", title: "DECIDED BY"),
    ]

    /// One for each period, for programs.
    static func rows(_ timeLine: TimeLine) -> [[Listing.Cell]] {
        timeLine.periods.map { period in
            [
                .init(timeLine.place.id), .init(timeLine.substance), .init(timeLine.activity), .init(period.from),
                .init(period.until), .init(period.status), .init(period.isApproximate ? "true" : "false"),
                .init(period.decidedBy.joined(separator: " ")),
            ]
        }
    }

    func lines() -> [StyledText] {
        let about = timeLine.activity.map { "to \($0) \(timeLine.substance)" } ?? timeLine.substance
        let heading = StyledText(timeLine.place.name, .strong) + StyledText(" (\(timeLine.place.id)): \(about)")
        guard !timeLine.periods.isEmpty else {
            return [heading, StyledText("  – the table has nothing", .faint)]
        }
        let dayWidth = 12
        let statusWidth = timeLine.periods.map(\.status.styled.width).max() ?? 0
        var lines = [heading]
        var isAfterToday = false
        for period in timeLine.periods {
            if !isAfterToday, let from = period.from, from > today {
                lines.append(todayMark(dayWidth: dayWidth))
                isAfterToday = true
            }
            let isNow = contains(today, period)
            let start = (period.from ?? "…") + (period.isApproximate ? " ~" : "")
            var line = StyledText(start, isNow ? .strong : .plain).aligned(rightIn: dayWidth) + " "
            line += StyledText(isNow ? "┣" : "┃", period.status.style) + " "
            line += period.status.styled.padded(to: statusWidth)
            if let length = length(of: period) { line += StyledText("  \(length)", .faint) }
            if isNow { line += StyledText("  now", .strong) }
            lines.append(line)
            let indent = dayWidth + 1
            for rule in period.decidedBy {
                let text = StyledText("┃ ", period.status.style) + StyledText(rule, .faint)
                let limit = max(20, (width ?? Int.max) - indent)
                lines.append(StyledText(String(repeating: " ", count: indent)) + text.truncated(to: limit))
            }
        }
        if let end = timeLine.periods.last?.until {
            lines.append(
                StyledText(end).aligned(rightIn: dayWidth) + StyledText(" ╹ nothing is known from then", .faint))
        }
        if timeLine.periods.contains(where: \.isApproximate) {
            lines.append(StyledText("~ a first or last day is not known to the day", .faint))
        }
        return lines
    }

    private func todayMark(dayWidth: Int) -> StyledText {
        StyledText("today".aligned(in: dayWidth) + " ┄ what follows is enacted", .faint)
    }

    /// Days compare as text; a year or a month stands for its beginning.
    private func contains(_ day: String, _ period: Period) -> Bool {
        (period.from.map { $0 <= day } ?? true) && (period.until.map { $0 > day } ?? true)
    }

    /// How long it lasted, where both ends are known.
    private func length(of period: Period) -> String? {
        guard let from = period.from.flatMap(Self.months), let until = period.until.flatMap(Self.months),
            until > from
        else { return nil }
        let months = until - from
        switch months {
        case 1: return "for 1 month"
        case ..<24: return "for \(months) months"
        default: return "for \(months / 12) years"
        }
    }

    /// Months since the year 0.
    private static func months(_ date: String) -> Int? {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard let year = parts.first else { return nil }
        return year * 12 + (parts.count > 1 ? parts[1] - 1 : 0)
    }
}

extension String {
    /// Spaces before it up to `width` columns.
    func aligned(in width: Int) -> String {
        String(repeating: " ", count: max(0, width - CellWidth.of(self))) + self
    }
}
