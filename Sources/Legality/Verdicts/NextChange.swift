extension Table {
    /// The first day after `day` on which the answer is another one, as far as enacted law tells.
    func nextChange(
        of query: Query, at resolution: Resolution, after day: CivilDate, from status: Status
    ) -> Verdict.Change? {
        for boundary in boundaries(for: query, at: resolution, after: day) {
            let next = self.status(of: query, at: resolution, on: boundary)
            if next != status { return Verdict.Change(day: boundary, status: next) }
        }
        return nil
    }

    /// Every day on which a rule that can have a part in the answer may begin or end, in order, each once; only those
    /// after `day`.
    func boundaries(for query: Query, at resolution: Resolution, after day: CivilDate? = nil) -> [CivilDate] {
        let substances = vocabulary.sources(of: query.substance)
        let activities = vocabulary.sources(of: askedActivities(of: query))
        var days: [CivilDate] = []
        func add(_ boundary: PartialDate?) {
            guard let boundary else { return }
            for candidate in [boundary.earliest, boundary.latest] where day.map({ candidate > $0 }) ?? true {
                days.append(candidate)
            }
        }
        for index in resolution.candidates.lazy.flatMap(\.chain).compactMap(\.index) {
            let rules = jurisdictions[index].rules
            for position in rules.indices {
                // A prohibition above a 7-OH cap may speak of substances that it does not list.
                guard !rules[position].activities.isDisjoint(with: activities),
                    !rules[position].substances.isDisjoint(with: substances) || !rules[position].exceptions.isEmpty
                else { continue }
                add(rules[position].interval.from)
                add(rules[position].interval.until)
            }
        }
        days.sort()
        var result: [CivilDate] = []
        for day in days where result.last != day { result.append(day) }
        return result
    }
}
