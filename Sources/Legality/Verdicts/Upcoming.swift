extension Table {
    /// What is enacted and begins or ends in the `days` days after `day`, by date; in a chain, or everywhere.
    public func upcoming(after day: CivilDate, within days: Int, in chain: [ChainLink]? = nil) -> [UpcomingChange] {
        let last = day.adding(days: days)
        let indexes = chain.map { $0.compactMap(\.index) } ?? Array(jurisdictions.indices)
        var changes: [UpcomingChange] = []
        for index in indexes {
            for (position, rule) in jurisdictions[index].rules.enumerated() {
                let reference = RuleReference(jurisdiction: index, rule: position)
                for (boundary, event) in [
                    (rule.interval.from, UpcomingChange.Event.begins), (rule.interval.until, .ends),
                ] {
                    if let boundary, boundary.latest > day, boundary.earliest <= last {
                        changes.append(UpcomingChange(on: boundary, event: event, rule: reference))
                    }
                }
            }
        }
        return changes.sorted {
            $0.on.earliest != $1.on.earliest
                ? $0.on.earliest < $1.on.earliest : qualifiedID(of: $0.rule) < qualifiedID(of: $1.rule)
        }
    }

    /// The first day after `day` on which any rule of the table may begin or end; nil where none will.
    public func nextBoundary(after day: CivilDate) -> CivilDate? {
        var next: CivilDate?
        for jurisdiction in jurisdictions {
            for rule in jurisdiction.rules {
                for boundary in [rule.interval.from, rule.interval.until].compactMap({ $0 }) {
                    for date in [boundary.earliest, boundary.latest] where date > day {
                        next = min(next ?? date, date)
                    }
                }
            }
        }
        return next
    }
}

/// A rule that will begin or end.
public struct UpcomingChange: Hashable, Sendable {
    /// As far as it is known.
    public let on: PartialDate
    public let event: Event
    public let rule: RuleReference

    public enum Event: String, Sendable {
        case begins
        case ends
    }
}
