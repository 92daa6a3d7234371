/// The areas of the United States whose answer is a given one: what a shop's checkout blocks, state by state, county by
/// county, place by place, ZIP code by ZIP code.
///
/// Each area is resolved and judged exactly as a query for it would be; areas that lie in the same jurisdictions of the
/// table share the judgement. A sequence that is made as it is read.
public struct BlockedAreas: Sequence, IteratorProtocol {
    /// An area whose answer is the one asked for.
    public struct Area: Sendable {
        public let level: Level
        /// Postal abbreviation of a state, five-digit FIPS code of a county, seven-digit GEOID of a place, ZIP code.
        public let code: String
        /// The jurisdiction's id; nil for a ZIP code.
        public let id: String?
        public let name: String
        /// Postal abbreviation.
        public let state: String
        public let judgement: Judgement
        /// `certain` where every candidate has that answer and nothing else may hold there, `likely` where most of it
        /// does, else `possible`.
        public let certainty: Resolution.Certainty
    }

    public enum Level: String, CaseIterable, Sendable {
        case state
        case county
        case place
        case zip
    }

    /// What the areas in the same jurisdictions have in common.
    public struct Judgement: Sendable {
        public let status: Status
        public let minimumAge: Int?
        /// The rule that decided, of several the most local.
        public let rule: RuleReference?
    }

    private struct Key: Hashable {
        let chain: [Int]
        let isInMunicipality: Bool
        let day: CivilDate
    }

    private let table: Table
    private let query: Query
    private let status: Status
    private let today: (String?) -> CivilDate
    private var position = 0
    private var judgements: [Key: Judgement] = [:]
    private let states: [Int]

    /// - Parameter status: the answer that is listed.
    public init(table: Table, query: Query, status: Status, clock: some CivilClock) {
        self.table = table
        self.query = query
        self.status = status
        today = { query.day ?? clock.today(in: $0) }
        states = table.jurisdictions.indices.filter {
            let jurisdiction = table.jurisdictions[$0]
            return jurisdiction.parentID == "US" && [.state, .territory, .district].contains(jurisdiction.kind)
        }
    }

    /// How many areas there are in all, of any answer.
    public var areaCount: Int { states.count + table.gazetteer.divisionCount + table.gazetteer.zipCodeCount }

    public mutating func next() -> Area? {
        while position < areaCount {
            if let area = area(at: advance()) { return area }
        }
        return nil
    }

    /// The blocked ones among the next `count` areas: a bounded piece of work. Nil at the end.
    public mutating func next(ofNext count: Int) -> [Area]? {
        guard position < areaCount else { return nil }
        var found: [Area] = []
        for _ in 0..<Swift.min(count, areaCount - position) {
            if let area = area(at: advance()) { found.append(area) }
        }
        return found
    }

    private mutating func advance() -> Int {
        defer { position += 1 }
        return position
    }

    private mutating func area(at position: Int) -> Area? {
        if position < states.count {
            let state = table.jurisdictions[states[position]]
            return area(.state, input: state.id, code: String(state.id.dropFirst(3)), hasID: true)
        }
        let division = position - states.count
        if division < table.gazetteer.divisionCount {
            let entry = table.gazetteer.division(at: division)
            return area(entry.geoid.utf8.count == 5 ? .county : .place, input: entry.id, code: entry.geoid, hasID: true)
        }
        let zip = table.gazetteer.zipCode(at: division - table.gazetteer.divisionCount).code
        return area(.zip, input: zip, code: zip, hasID: false)
    }

    private mutating func area(_ level: Level, input: String, code: String, hasID: Bool) -> Area? {
        let resolution: Resolution
        do throws(ResolutionError) {
            resolution = try table.resolve(input)
        } catch {
            return nil
        }
        let day = today(table.timeZone(of: resolution.candidates[0]))
        let judged = resolution.candidates.map { judgement(of: $0, on: day) }
        guard let strictest = judged.max(by: { $0.status < $1.status }), strictest.status == status else { return nil }
        let state = resolution.candidates[0].chain.last { $0.id.hasPrefix("US-") }?.id.dropFirst(3) ?? ""
        return Area(
            level: level, code: code, id: hasID ? resolution.candidates[0].place.id : nil,
            name: resolution.candidates[0].place.name, state: String(state), judgement: strictest,
            certainty: certainty(of: judged, resolution))
    }

    private func certainty(of judged: [Judgement], _ resolution: Resolution) -> Resolution.Certainty {
        if judged.allSatisfy({ $0.status == status }) {
            // What is not known of the place could only make the answer stricter.
            return resolution.caveat == nil || status == .prohibited ? .certain : resolution.candidates[0].certainty
        }
        let shares = zip(judged, resolution.candidates).map { ($0.status == status, $1.share ?? 0) }
        let blocked = shares.filter(\.0).reduce(0) { $0 + $1.1 }
        let whole = shares.reduce(0) { $0 + $1.1 }
        return judged[0].status == status || (whole > 0 && blocked * 2 >= whole) ? .likely : .possible
    }

    private mutating func judgement(of candidate: Resolution.Candidate, on day: CivilDate) -> Judgement {
        let key = Key(
            chain: candidate.chain.compactMap(\.index),
            isInMunicipality: candidate.chain.contains(where: \.isMunicipality), day: day)
        if let known = judgements[key] { return known }
        var dated = query
        dated.day = day
        let alone = Resolution(input: "", method: .id, candidates: [candidate])
        let verdict = table.judge(dated, at: alone, clock: FixedClock(day))
        var age: Int?
        for case .minimumAge(let years) in verdict.conditions { age = years }
        let judgement = Judgement(
            status: verdict.status, minimumAge: age, rule: verdict.deciding.first?.reference)
        judgements[key] = judgement
        return judgement
    }
}
