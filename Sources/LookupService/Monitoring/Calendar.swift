import Legality

/// Finds out which rules came into force or ended as days went by, each jurisdiction by its own civil date.
struct Calendar {
    private let zones: JurisdictionZones
    /// The last day seen of each jurisdiction of the table.
    private var days: [CivilDate]

    /// - Parameter zones: of the table that ``advance(_:clock:)`` will be given.
    init(zones: JurisdictionZones, clock: ZoneClock) {
        self.zones = zones
        days = zones.today(by: clock)
    }

    /// What happened since the last time. A clock that was set back is taken as it is, without an event.
    mutating func advance(_ table: Table, clock: ZoneClock) -> [MonitorEvent] {
        let today = zones.today(by: clock)
        defer { days = today }
        guard days.count == today.count else { return [] }
        var events: [MonitorEvent] = []
        for index in table.jurisdictions.indices where days[index] < today[index] {
            let passed = (days[index].adding(days: 1)...today[index])
            let texts = table.jurisdictions[index].rules.enumerated().flatMap { position, rule in
                let id = table.qualifiedID(of: RuleReference(jurisdiction: index, rule: position))
                return describe(rule.interval.from, "comes into force", id, passed)
                    + describe(rule.interval.until, "ends", id, passed)
            }
            guard !texts.isEmpty else { continue }
            let changes = table.statusChanges(from: days[index], to: today[index], within: index)
            events.append(.rules(texts.joined(separator: "; "), of: table, changes: changes))
        }
        return events
    }

    private func describe(
        _ boundary: PartialDate?, _ event: String, _ id: String, _ passed: ClosedRange<CivilDate>
    ) -> [String] {
        guard let boundary else { return [] }
        if boundary.isExact { return passed.contains(boundary.earliest) ? ["\(id) \(event) (\(boundary))"] : [] }
        if passed.contains(boundary.latest) { return ["\(id) \(event) by now (\(boundary), the day is not known)"] }
        if passed.contains(boundary.earliest) {
            return ["\(id) \(event) some day from now on (\(boundary), the day is not known)"]
        }
        return []
    }
}
