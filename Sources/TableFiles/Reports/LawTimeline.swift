import Legality

/// What the rules of one jurisdiction say of one substance and activity through time, by themselves: nothing is
/// inferred, no other level is looked at.
struct LawTimeline {
    private let rules: [Rule]

    init(_ rules: [Rule], substance: Substance.Index?, activity: Activity) {
        self.rules = rules.filter { rule in
            substance.map { rule.substances.contains($0) } == true && rule.activities.contains(activity)
        }
    }

    /// A stretch of time in which two timelines differ.
    struct Difference: Hashable {
        let before: Status
        let after: Status
        /// Nil: always.
        let from: PartialDate?
        /// Nil: without end.
        let until: PartialDate?
    }

    /// Where this timeline and a newer one differ, the earliest first.
    ///
    /// A stretch that lies inside the span of a date whose day is not known is left out: there the two say the same,
    /// the one more exactly.
    func differences(to newer: LawTimeline) -> [Difference] {
        let boundaries = Set((rules + newer.rules).flatMap { [$0.interval.from, $0.interval.until] }.compactMap { $0 })
            .sorted(by: LawTimeline.isBefore)
        let starts = [nil] + boundaries.map(Optional.some)
        let ends = boundaries.map(Optional.some) + [nil]
        var result: [Difference] = []
        for (from, until) in zip(starts, ends) {
            let (before, after) = (status(from, until), newer.status(from, until))
            if let last = result.last, last.until == from, from != nil, last.before == before, last.after == after {
                result[result.count - 1] = Difference(before: before, after: after, from: last.from, until: until)
            } else if before != after {
                result.append(Difference(before: before, after: after, from: from, until: until))
            }
        }
        return result.filter { difference in
            guard let from = difference.from, let until = difference.until else { return true }
            return from.latest < until.earliest
        }
    }

    /// The strictest rule that holds through a stretch without a boundary inside.
    private func status(_ from: PartialDate?, _ until: PartialDate?) -> Status {
        let holding = rules.filter { rule in
            let begins =
                rule.interval.from.map { start in from.map { !LawTimeline.isBefore($0, start) } ?? false } ?? true
            let ends = rule.interval.until.map { end in until.map { !LawTimeline.isBefore(end, $0) } ?? false } ?? true
            return begins && ends
        }
        let overridden = Set(holding.flatMap(\.overrides))
        return holding.filter { !overridden.contains($0.id) }.map(\.status).max() ?? .unknown
    }

    /// By the day on which the date has certainly come.
    private static func isBefore(_ left: PartialDate, _ right: PartialDate) -> Bool {
        (left.latest, left.earliest) < (right.latest, right.earliest)
    }
}
