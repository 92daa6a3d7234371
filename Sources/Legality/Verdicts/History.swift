extension Table {
    /// The answer over time: periods without a gap, each with the rules that decided it. The first has no beginning,
    /// the last no end.
    public func history(of query: Query, at resolution: Resolution) -> [HistoryPeriod] {
        let days = boundaries(for: query, at: resolution)
        // A day before every boundary stands for all that came before them.
        let starts = [days.first?.adding(days: -1) ?? CivilDate(daysSinceEpoch: 0)] + days
        var periods: [HistoryPeriod] = []
        for (position, start) in starts.enumerated() {
            var dated = query
            dated.day = start
            let verdict = judge(dated, at: resolution, clock: FixedClock(start))
            let deciding = verdict.deciding.map { qualifiedID(of: $0.reference) }
            let isDoubtful = verdict.warnings.contains {
                if case .doubtfulDate = $0 { true } else { false }
            }
            if let last = periods.last, last.status == verdict.status, last.decidedBy == deciding,
                last.isApproximate == isDoubtful
            {
                continue
            }
            if let last = periods.popLast() { periods.append(last.ending(start)) }
            periods.append(
                HistoryPeriod(
                    from: position == 0 ? nil : start, until: nil, status: verdict.status, isApproximate: isDoubtful,
                    decidedBy: deciding))
        }
        return periods
    }
}

/// A period in which the answer stays the same.
public struct HistoryPeriod: Hashable, Sendable {
    /// The first day; nil: as far back as the table knows.
    public let from: CivilDate?
    /// The first day after it; nil: no end is known.
    public let until: CivilDate?
    public let status: Status
    /// Whether it is the span in which a rule began or ended on a day that nobody knows.
    public let isApproximate: Bool
    /// Qualified ids of the rules that decided.
    public let decidedBy: [String]

    func ending(_ day: CivilDate) -> HistoryPeriod {
        HistoryPeriod(from: from, until: day, status: status, isApproximate: isApproximate, decidedBy: decidedBy)
    }
}
