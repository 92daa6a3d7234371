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
        let substances =
            newer.vocabulary.substanceIDs
            + vocabulary.substanceIDs.filter {
                newer.vocabulary.substance(named: $0) == nil
            }
        for id in ids {
            for substance in substances {
                let before = summaryStatus(of: id, substance, clock: clock)
                let after = newer.summaryStatus(of: id, substance, clock: clock)
                if before != after, let place = (newer.chain(from: id).first ?? chain(from: id).first) {
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
            let chain = chain(from: jurisdictions[index].id)
            guard chain.contains(where: { $0.index == jurisdiction }) else { return [] }
            return vocabulary.substances.indices.compactMap { position in
                let query = Query(substance: Substance.Index(position))
                let before = status(of: query, inChain: chain, on: earlier)
                let after = status(of: query, inChain: chain, on: later)
                guard before != after, let place = chain.first else { return nil }
                return StatusChange(
                    place: place, substance: vocabulary.substances[position].id, before: before, after: after)
            }
        }
    }

    private func summaryStatus(of id: String, _ substance: String, clock: some CivilClock) -> Status {
        guard let index = vocabulary.substance(named: substance), self.index(of: id) != nil else { return .unknown }
        let chain = chain(from: id)
        let day = clock.today(in: timeZone(ofChain: chain))
        return status(of: Query(substance: index), inChain: chain, on: day)
    }
}
