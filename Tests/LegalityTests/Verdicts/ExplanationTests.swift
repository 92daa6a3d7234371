import Legality
import NaiveVerdicts
import Testing

@Suite("An explanation")
struct ExplanationTests {
    @Test("reproduces the answer by its steps alone", arguments: [11, 12] as [UInt64])
    func reproducesTheAnswer(seed: UInt64) throws {
        for number in 0..<100 as Range<UInt64> {
            var random = SeededRandom(seed: seed << 32 | number)
            let table = random.table()
            let places = table.jurisdictions.dropFirst().map(\.id)
            for _ in 0..<20 {
                let query = random.query(of: table.vocabulary, days: SeededRandom.days)
                let count = random.once(in: 4) ? 2 : 1
                let resolution = table.resolution(ofAny: Array(places.shuffled(using: &random).prefix(count)))
                let clock = FixedClock(CivilDate(daysSinceEpoch: 0))
                let verdict = table.judge(query, at: resolution, clock: clock)
                let steps = table.explain(query, at: resolution, clock: clock)
                let context: Comment = "seed \(seed), table \(number): \(query) at \(resolution.input)"
                try #require(try Self.status(reproducedFrom: steps) == verdict.status, context)
                try #require(
                    Set(verdict.deciding.map { table.qualifiedID(of: $0.reference) })
                        .isSubset(of: Set(steps.filter { $0.status == verdict.status }.map(\.id))), context)
            }
        }
    }

    /// Adds the steps up again, from nothing but themselves, and holds each sum against what the step says.
    static func status(reproducedFrom steps: [ExplanationStep]) throws -> Status {
        var (answer, candidate, level) = (Status.unknown, Status.unknown, Status.unknown)
        var activities: [Activity: Status] = [:]
        var told: (candidate: Status?, level: Status?)
        func endLevel() throws {
            if let told = told.level { try #require(told == level) }
            (level, told.level) = (.unknown, nil)
        }
        for step in steps {
            switch step.kind {
            case .candidate:
                try endLevel()
                (candidate, activities, told.candidate) = (.unknown, [:], step.status)
            case .level:
                try endLevel()
                told.level = step.status
            case .rule:
                guard let status = step.status, let activity = step.activity else { continue }
                level = max(level, status)
                candidate = max(candidate, status)
                activities[activity] = max(activities[activity] ?? .unknown, status)
            case .decision:
                try endLevel()
                answer = max(answer, candidate)
                if let told = told.candidate { try #require(told == candidate) }
                told.candidate = nil
                if let activity = step.activity {
                    try #require(step.status == activities[activity] ?? .unknown)
                } else {
                    try #require(step.status == answer || step.status == candidate)
                }
            }
        }
        let last = try #require(steps.last)
        try #require(last.kind == .decision && last.status == answer)
        return answer
    }
}
