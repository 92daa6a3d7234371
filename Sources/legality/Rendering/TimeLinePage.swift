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
        var lines = [heading]
        var isAfterToday = false
        for era in eras {
            if !isAfterToday, let from = era.from, from > today {
                lines.append(StyledText("today".aligned(in: Self.dayWidth) + " ┄ what follows is enacted", .faint))
                isAfterToday = true
            }
            lines += self.lines(of: era)
        }
        if let end = timeLine.periods.last?.until {
            lines.append(
                StyledText(end).aligned(rightIn: Self.dayWidth) + StyledText(" ╹ nothing is known from then", .faint))
        }
        if timeLine.periods.contains(where: \.isApproximate) {
            lines.append(StyledText("~ a first or last day is not known to the day", .faint))
        }
        return lines
    }

    /// Neighbouring periods with one answer.
    private struct Era {
        var periods: [Period]
        var from: String? { periods.first?.from }
        var until: String? { periods.last?.until }
        var status: LegalStatus { periods.first?.status ?? .unknown }

        /// Days compare as text; a year or a month stands for its beginning.
        func contains(_ day: String) -> Bool { (from.map { $0 <= day } ?? true) && (until.map { $0 > day } ?? true) }

        /// The rules, in the order in which they came, with their days where those are not the era's own.
        var rules: [String] {
            var names: [String] = []
            for name in periods.flatMap(\.decidedBy) where !names.contains(name) { names.append(name) }
            return names.map { name in
                let held = periods.filter { $0.decidedBy.contains(name) }
                let from = held.first?.from == self.from ? nil : held.first?.from
                let until = held.last?.until == self.until ? nil : held.last?.until
                return [name, Dates.span(from: from, until: until)].filter { !$0.isEmpty }.joined(separator: ", ")
            }
        }
    }

    private static let dayWidth = 12

    private var eras: [Era] {
        var eras: [Era] = []
        for period in timeLine.periods {
            if let last = eras.indices.last, eras[last].status == period.status {
                eras[last].periods.append(period)
            } else {
                eras.append(Era(periods: [period]))
            }
        }
        return eras
    }

    private func lines(of era: Era) -> [StyledText] {
        let isNow = era.contains(today)
        let start = (era.from ?? "…") + (era.periods.first?.isApproximate == true ? " ~" : "")
        var line = StyledText(start, isNow ? .strong : .plain).aligned(rightIn: Self.dayWidth) + " "
        line += StyledText(isNow ? "┣" : "┃", era.status.style) + " " + era.status.styled
        if isNow {
            line += StyledText("  now", .strong)
            if let until = era.until { line += StyledText(", until \(until)") }
        } else if let length = length(of: era) {
            line += StyledText("  \(length)", .faint)
        }
        let margin = StyledText(String(repeating: " ", count: Self.dayWidth + 1))
        let limit = max(20, (width ?? Int.max) - Self.dayWidth - 1)
        return [line]
            + era.rules.map { rule in
                margin + (StyledText("┃ ", era.status.style) + StyledText(rule, .faint)).truncated(to: limit)
            }
    }

    /// How long it lasted, where both ends are known.
    private func length(of period: Era) -> String? {
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
