import Legality
import Varlink

/// The jurisdictions of a table with their answer, made as they are asked for.
struct ListEntries {
    struct Filter {
        var country: String?
        var status: Status?
        var kind: Jurisdiction.Kind?
        /// Only jurisdictions with a rule that began or ended on this day or later (and not after the day asked about).
        var changedSince: CivilDate?
    }

    struct Entry {
        let place: ChainLink
        let verdict: Verdict
        let changed: PartialDate?
    }

    let table: Table
    let clock: ZoneClock
    let filter: Filter
    let query: Query
    private var position = 0

    init(table: Table, clock: ZoneClock, filter: Filter, query: Query) {
        self.table = table
        self.clock = clock
        self.filter = filter
        self.query = query
    }

    /// The entries among the next `count` jurisdictions: a bounded piece of work. Nil at the end.
    mutating func next(ofNext count: Int) -> [Entry]? {
        guard position < table.jurisdictions.count else { return nil }
        let piece = position..<min(position + count, table.jurisdictions.count)
        position = piece.upperBound
        return piece.compactMap { entry(at: $0) }
    }

    private func entry(at index: Int) -> Entry? {
        let jurisdiction = table.jurisdictions[index]
        // A union's positions are advisories: it has no answer of its own.
        guard jurisdiction.kind != .union, filter.kind.map({ $0 == jurisdiction.kind }) ?? true else { return nil }
        let resolution = table.resolution(ofJurisdictionAt: index)
        if let country = filter.country, !isWithin(jurisdiction.id, country: country) { return nil }
        let day = query.day ?? clock.today(in: table.timeZone(of: resolution.candidates[0]))
        let changed = lastChange(of: jurisdiction, by: day)
        if let since = filter.changedSince {
            guard let changed, changed.latest >= since else { return nil }
        }
        if let status = filter.status, table.status(of: query, at: resolution, on: day) != status { return nil }
        let verdict = table.judge(query, at: resolution, clock: clock)
        return Entry(place: resolution.candidates[0].place, verdict: verdict, changed: changed)
    }

    private func isWithin(_ id: String, country: String) -> Bool {
        id == country || id.hasPrefix("\(country)-") || id.hasPrefix("\(country)/")
    }

    private func lastChange(of jurisdiction: Jurisdiction, by day: CivilDate) -> PartialDate? {
        jurisdiction.rules.flatMap { [$0.interval.from, $0.interval.until] }.compactMap { $0 }
            .filter { $0.earliest <= day }.max { $0.latest < $1.latest }
    }
}

extension JSONWriter {
    mutating func entry(_ entry: ListEntries.Entry, of table: Table) {
        object { json in
            json.name("place")
            json.place(entry.place)
            json.member("status", entry.verdict.status.word)
            json.member("reviewed", ifPresent: entry.verdict.reviewed?.description)
            json.member("rule", ifPresent: entry.verdict.deciding.first.map { table.qualifiedID(of: $0.reference) })
            for case .minimumAge(let years) in entry.verdict.conditions { json.member("minimum_age", years) }
            json.member("changed", ifPresent: entry.changed?.description)
            if let change = entry.verdict.nextChange {
                json.name("next_change")
                json.change(change)
            }
        }
    }
}
