/// An answer that differs between two tables or two days.
public struct StatusChange: Hashable, Sendable {
    public let place: ChainLink
    /// The id, since two tables may number substances differently.
    public let substance: String
    public let before: Status
    public let after: Status

    public init(place: ChainLink, substance: String, before: Status, after: Status) {
        self.place = place
        self.substance = substance
        self.before = before
        self.after = after
    }
}

extension Table {
    /// The answers (strictest over the summary activities, today) that differ in `newer`, for every jurisdiction that
    /// either table has, in the order of the newer one's files, then what it no longer has.
    public func statusChanges(to newer: Table, clock: some CivilClock) -> [StatusChange] {
        var changes: [StatusChange] = []
        var ids = newer.jurisdictions.map(\.id)
        ids += jurisdictions.map(\.id).filter { newer.index(of: $0) == nil }
        var substances = newer.vocabulary.substanceIDs
        substances += vocabulary.substanceIDs.filter { newer.vocabulary.substance(named: $0) == nil }
        for id in ids {
            let (old, new) = (jurisdiction(id, clock: clock), newer.jurisdiction(id, clock: clock))
            guard let place = (new ?? old)?.resolution.candidates[0].place else { continue }
            for substance in substances {
                let before = old.map { status(of: substance, at: $0.resolution, on: $0.today) } ?? .unknown
                let after = new.map { newer.status(of: substance, at: $0.resolution, on: $0.today) } ?? .unknown
                if before != after {
                    changes.append(StatusChange(place: place, substance: substance, before: before, after: after))
                }
            }
        }
        return changes
    }

    /// The answers that differ between two days for a jurisdiction and all that lies in it.
    public func statusChanges(from earlier: CivilDate, to later: CivilDate, within jurisdiction: Int) -> [StatusChange]
    {
        jurisdictions.indices.flatMap { index -> [StatusChange] in
            let resolution = resolution(ofJurisdictionAt: index)
            guard resolution.candidates.contains(where: { $0.chain.contains { $0.index == jurisdiction } }) else {
                return []
            }
            return vocabulary.substanceIDs.compactMap { substance in
                let before = status(of: substance, at: resolution, on: earlier)
                let after = status(of: substance, at: resolution, on: later)
                let place = resolution.candidates[0].place
                return before == after
                    ? nil : StatusChange(place: place, substance: substance, before: before, after: after)
            }
        }
    }

    private func jurisdiction(_ id: String, clock: some CivilClock) -> (resolution: Resolution, today: CivilDate)? {
        guard let index = index(of: id) else { return nil }
        let resolution = resolution(ofJurisdictionAt: index)
        return (resolution, clock.today(in: timeZone(of: resolution.candidates[0])))
    }

    private func status(of substance: String, at resolution: Resolution, on day: CivilDate) -> Status {
        guard let index = vocabulary.substance(named: substance) else { return .unknown }
        return status(of: Query(substance: index), at: resolution, on: day)
    }
}
