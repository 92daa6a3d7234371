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
                try #require(status(reproducedFrom: steps) == verdict.status, context)
                try #require(
                    Set(verdict.deciding.map { table.qualifiedID(of: $0.reference) })
                        .isSubset(of: Set(steps.filter { $0.status == verdict.status }.map(\.id))), context)
            }
        }
    }
}
