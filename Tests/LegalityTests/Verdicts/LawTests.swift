import Legality
import NaiveVerdicts
import Testing

/// What holds for every table and query. A failure prints the seed with which it comes again.
@Suite("Whatever the table and the query")
struct LawTests {
    static let seeds: [UInt64] = [1, 2]
    static let tables: UInt64 = 50
    static let queries = 10

    /// A random case of a law.
    struct Trial {
        let table: Table
        let query: Query
        let place: String
        var random: SeededRandom

        var verdict: Verdict { verdict(in: table) }
        var day: CivilDate { query.day ?? CivilDate(daysSinceEpoch: 0) }

        func verdict(in table: Table, _ change: (inout Query) -> Void = { _ in }) -> Verdict {
            var query = query
            change(&query)
            return table.judge(query, at: table.resolution(of: place), clock: FixedClock(day))
        }
    }

    private func forAll(seed: UInt64, _ law: (inout Trial) throws -> Bool) throws {
        for number in 0..<Self.tables {
            var random = SeededRandom(seed: seed << 32 | number)
            let table = random.table()
            for _ in 0..<Self.queries {
                let query = random.query(of: table.vocabulary, days: SeededRandom.days)
                let place = random.one(of: table.jurisdictions.dropFirst())?.id ?? ""
                var trial = Trial(table: table, query: query, place: place, random: random)
                let holds = try law(&trial)
                random = trial.random
                try #require(holds, "seed \(seed), table \(number): \(query) at \(place)")
            }
        }
    }

    @Test("adding a rule at least as strict never makes the answer milder", arguments: seeds)
    func stricterRule(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let before = trial.verdict
            let template = trial.random.rule("added", beside: [], trial.table.vocabulary)
            let stricter = Status.allCases.filter { $0 >= before.status && $0 != .unknown }
            let added = Rule(
                id: template.id, substances: template.substances, activities: template.activities,
                status: trial.random.one(of: stricter) ?? .prohibited, interval: template.interval,
                confidence: template.confidence, sources: template.sources)
            let target = trial.random.one(of: before.chain)?.id
            let after = trial.table.replacingRules { $0.rules + ($0.id == target ? [added] : []) }
            return trial.verdict(in: after).status >= before.status
        }
    }

    @Test("removing a rule never invents one, and one that played no part is not missed", arguments: seeds)
    func removing(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let before = trial.verdict
            guard let jurisdiction = trial.random.one(of: before.chain)?.id,
                let removed = trial.random.one(
                    of: trial.table.jurisdictions.first { $0.id == jurisdiction }?.rules ?? [])
            else { return true }
            let smaller = trial.table.replacingRules { level in
                level.rules.filter { level.id != jurisdiction || $0.id != removed.id }
            }
            let after = trial.verdict(in: smaller)
            let id = "\(jurisdiction)#\(removed.id)"
            guard !smaller.ids(after.deciding + after.preempted).contains(id) else { return false }
            if before.status == .unknown && before.preempted.isEmpty && after.status != .unknown { return false }
            let steps = trial.table.explain(
                trial.query, at: trial.table.resolution(of: trial.place), clock: FixedClock(trial.day))
            let hadPart = steps.contains { step in
                step.kind == .rule && (step.id == id && step.status != nil || step.text.contains(id))
                    || step.id == id && step.text.contains("pre-empts")
            }
            return hadPart
                || after.status == before.status
                    && Set(smaller.deciding(after)) == Set(trial.table.deciding(before))
        }
    }

    @Test("the answer on a day depends only on the rules in force on it", arguments: seeds)
    func onlyInForce(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let day = trial.day
            let current = trial.table.replacingRules { $0.rules.filter { $0.interval.contains(day) != .no } }
            let (before, after) = (trial.verdict, trial.verdict(in: current))
            // What was law before and what the table knows at all is said beside the answer.
            func lasting(_ warnings: [Warning]) -> [Warning] {
                warnings.filter {
                    switch $0 {
                    case .expiredEmergencyRule, .silentJurisdiction: false
                    default: true
                    }
                }
            }
            return before.status == after.status && before.activities == after.activities
                && before.substances == after.substances && before.conditions == after.conditions
                && trial.table.deciding(before) == current.deciding(after)
                && lasting(before.warnings) == lasting(after.warnings)
        }
    }

    @Test("a higher age never makes it stricter", arguments: seeds)
    func age(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let ages = [14, 17, 18, 19, 20, 21, 60].map { age in
                trial.verdict(in: trial.table) { $0.circumstances.age = age }.status
            }
            return zip(ages, ages.dropFirst()).allSatisfy { $0 >= $1 }
        }
    }

    @Test("less 7-OH never makes it stricter", arguments: seeds)
    func content(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let shares = [99, 2.5, 2, 1.5, 1, 0].map { share in
                trial.verdict(in: trial.table) { $0.circumstances.percent7OH = share }.status
            }
            let contents = [5000, 401, 400, 100, 0].map { content in
                trial.verdict(in: trial.table) { $0.circumstances.ppm7OH = content }.status
            }
            return zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 }
                && zip(contents, contents.dropFirst()).allSatisfy { $0 >= $1 }
        }
    }

    @Test("the strictest of the parts is the whole: activities, levels, places", arguments: seeds)
    func parts(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let (table, query, clock) = (trial.table, trial.query, FixedClock(trial.day))
            let summary = trial.verdict(in: table) { $0.activity = nil }
            let each = Activity.allCases.map { activity in
                trial.verdict(in: table) { $0.activity = activity }.status
            }
            let summed = table.vocabulary.summaryActivities.members.map { each[Int($0.rawValue)] }.max()
            guard summary.status == summed, summary.activities == each else { return false }

            let peaceful = table.replacingRules { $0.rules.map { $0.withoutPreemption } }
            let chain = peaceful.resolution(of: trial.place).candidates[0].chain
            let levels = chain.map { link in
                peaceful.judge(query, at: peaceful.resolution(ofChain: [link]), clock: clock).status
            }
            guard trial.verdict(in: peaceful).status == levels.max() else { return false }

            let places = table.jurisdictions.dropFirst().map(\.id)
            let somewhere = table.judge(query, at: table.resolution(ofAny: places), clock: clock)
            let everywhere = places.map { table.judge(query, at: table.resolution(of: $0), clock: clock).status }
            return somewhere.status == everywhere.max() && somewhere.candidates.map(\.status) == everywhere
        }
    }

    @Test("an empty table knows nothing", arguments: seeds)
    func empty(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            let verdict = trial.verdict(in: trial.table.replacingRules { _ in [] })
            return verdict.status == .unknown && verdict.deciding.isEmpty && verdict.nextChange == nil
                && verdict.conditions.isEmpty
        }
    }

    @Test("the order of files and rules changes nothing", arguments: seeds)
    func order(seed: UInt64) throws {
        try forAll(seed: seed) { trial in
            var random = trial.random
            let shuffled = trial.table
                .replacingRules { $0.rules.shuffled(using: &random) }
            let other = shuffled.replacing(shuffled.jurisdictions.shuffled(using: &random))
            trial.random = random
            return Essence(of: trial.verdict, in: trial.table) == Essence(of: trial.verdict(in: other), in: other)
        }
    }

    /// All of a verdict that does not depend on the order of a table.
    struct Essence: Equatable {
        let statuses: [[Status]]
        let deciding: Set<[String]>
        let preempted: Set<[String]>
        let conditions: Set<Condition>
        let warnings: Set<Warning>
        let change: Verdict.Change?
        let confidence: Confidence?
        let reviewed: PartialDate?

        init(of verdict: Verdict, in table: Table) {
            func essence(_ participants: [Verdict.Participant]) -> Set<[String]> {
                Set(
                    participants.map {
                        [
                            table.qualifiedID(of: $0.reference), $0.status.word,
                            $0.activities.members.map(\.word).joined(separator: " "), $0.inferred ?? "",
                        ]
                    })
            }
            statuses = [[verdict.status], verdict.activities, verdict.substances]
            deciding = essence(verdict.deciding)
            preempted = essence(verdict.preempted)
            conditions = Set(verdict.conditions)
            warnings = Set(verdict.warnings)
            change = verdict.nextChange
            confidence = verdict.confidence
            reviewed = verdict.reviewed
        }
    }

    @Test("the next change and the history are what asking for each day finds", arguments: seeds)
    func dayByDay(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for number in 0..<15 {
            let table = random.table()
            let query = random.query(of: table.vocabulary, days: SeededRandom.days)
            let place = table.resolution(of: "AA-X/place:two")
            let history = table.history(of: query, at: place)
            let context: Comment = "seed \(seed), table \(number): \(query)"
            try #require(history.first?.from == nil && history.last?.until == nil, context)
            let next = table.judge(query, at: place, clock: FixedClock(SeededRandom.days.lowerBound)).nextChange
            let today = try #require(query.day)
            let status = table.status(of: query, at: place, on: today)
            var found: CivilDate?
            var date = SeededRandom.days.lowerBound
            while date <= SeededRandom.days.upperBound {
                let now = table.status(of: query, at: place, on: date)
                let period = history.first { $0.from.map { $0 <= date } ?? true && $0.until.map { date < $0 } ?? true }
                try #require(period?.status == now, context)
                if date > today && found == nil && now != status { found = date }
                date = date.adding(days: 1)
            }
            try #require(next?.day == found, context)
        }
    }
}

extension Rule {
    fileprivate var withoutPreemption: Rule {
        Rule(
            id: id, substances: substances, activities: activities, status: status, interval: interval,
            conditions: conditions, exceptions: exceptions, authority: authority, overrides: overrides,
            preempts: false, isUnincorporatedOnly: isUnincorporatedOnly, penalty: penalty, note: note,
            conflict: conflict, confidence: confidence,
            sources: sources)
    }
}

extension Table {
    fileprivate func resolution(ofChain chain: [ChainLink]) -> Resolution {
        Resolution(
            input: "", method: .id,
            candidates: [.init(chain: chain, certainty: .certain, share: nil, timeZone: nil, note: nil)])
    }
}
