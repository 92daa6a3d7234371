extension Table {
    /// The first day after `day` on which the answer is another one, as far as enacted law tells.
    func nextChange(
        of query: Query, at resolution: Resolution, after day: CivilDate, from status: Status
    ) -> Verdict.Change? {
        for boundary in boundaries(of: resolution.candidates.lazy.flatMap(\.chain), after: day) {
            let next = self.status(of: query, at: resolution, on: boundary)
            if next != status { return Verdict.Change(day: boundary, status: next) }
        }
        return nil
    }

    /// Every day on which a rule of these jurisdictions may begin or end, in order, each once; only those after `day`.
    func boundaries(of chain: some Sequence<ChainLink>, after day: CivilDate? = nil) -> [CivilDate] {
        var days: [CivilDate] = []
        func add(_ boundary: PartialDate?) {
            guard let boundary else { return }
            for candidate in [boundary.earliest, boundary.latest] where day.map({ candidate > $0 }) ?? true {
                days.append(candidate)
            }
        }
        for link in chain {
            guard let index = link.index else { continue }
            let rules = jurisdictions[index].rules
            for position in rules.indices {
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
