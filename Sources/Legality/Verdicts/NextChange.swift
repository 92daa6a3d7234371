extension Table {
    /// The first day after `day` on which the answer is another one, as far as enacted law tells.
    func nextChange(
        of query: Query, at resolution: Resolution, after day: CivilDate, from status: Status
    ) -> Verdict.Change? {
        for boundary in boundaries(of: resolution.candidates.flatMap(\.chain)) where boundary > day {
            let next = self.status(of: query, at: resolution, on: boundary)
            if next != status { return Verdict.Change(day: boundary, status: next) }
        }
        return nil
    }

    /// Every day on which a rule of these jurisdictions may begin or end, in order, each once.
    func boundaries(of chain: [ChainLink]) -> [CivilDate] {
        var days: [CivilDate] = []
        for index in chain.compactMap(\.index) {
            for rule in jurisdictions[index].rules {
                for boundary in [rule.interval.from, rule.interval.until].compactMap({ $0 }) {
                    days.append(boundary.earliest)
                    if !boundary.isExact { days.append(boundary.latest) }
                }
            }
        }
        days.sort()
        var result: [CivilDate] = []
        for day in days where result.last != day { result.append(day) }
        return result
    }
}
