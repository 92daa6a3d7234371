import Legality

/// What both judges make of a query.
public struct Comparison {
    public let real: Answer
    public let naive: Answer

    public struct Answer: Equatable {
        public let status: Status
        /// Ids of the rules that decided; nil where they were not asked for.
        public let deciding: Set<String>?
    }

    /// A whole verdict takes several times as long as its status alone.
    public init(of query: Query, at resolution: Resolution, in table: Table, isWhole: Bool) {
        let day = query.day ?? CivilDate(daysSinceEpoch: 0)
        if isWhole {
            let verdict = table.judge(query, at: resolution, clock: FixedClock(day))
            real = Answer(
                status: verdict.status, deciding: Set(verdict.deciding.map { table.qualifiedID(of: $0.reference) }))
        } else {
            real = Answer(status: table.status(of: query, at: resolution, on: day), deciding: nil)
        }
        let naive = NaiveJudge(table, circumstances: query.circumstances, day: day)
            .answer(candidates: resolution.candidates, substance: query.substance, activity: query.activity)
        self.naive = Answer(status: naive.status, deciding: isWhole ? naive.deciding : nil)
    }
}

extension Table {
    /// What the id of a jurisdiction of the table resolves to, without a gazetteer.
    public func resolution(of id: String) -> Resolution {
        resolution(ofAny: [id])
    }

    /// A place that may be any of these jurisdictions; `municipalities` have a council of their own.
    public func resolution(ofAny ids: [String], municipalities: Set<String> = []) -> Resolution {
        Resolution(
            input: ids.joined(separator: " or "), method: .id,
            candidates: ids.map { id in
                let links = chain(of: id).map {
                    ChainLink(
                        id: $0.id, name: $0.name, kind: $0.kind, index: index(of: $0.id),
                        isMunicipality: municipalities.contains($0.id))
                }
                return .init(
                    chain: links, certainty: ids.count == 1 ? .certain : .possible, share: nil, timeZone: nil,
                    note: nil)
            })
    }

    /// The jurisdictions that govern one of the table, most local first.
    private func chain(of id: String) -> [Jurisdiction] {
        guard let jurisdiction = jurisdictions.first(where: { $0.id == id }) else { return [] }
        guard jurisdiction.inherits, let parent = jurisdiction.parentID else { return [jurisdiction] }
        return [jurisdiction] + chain(of: parent)
    }
}
