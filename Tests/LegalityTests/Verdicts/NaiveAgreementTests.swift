import Legality
import NaiveVerdicts
import Testing

@Suite("The judge and a naive one agree")
struct NaiveAgreementTests {
    /// Tables of each of the parallel cases; with the queries of a table 100,000 in all.
    static let tablesPerCase = 125
    static let queriesPerTable = 200

    @Test("on random queries over random tables", arguments: [1, 2, 3, 4] as [UInt64])
    func agreeOverRandomTables(seed: UInt64) throws {
        for number in 0..<UInt64(Self.tablesPerCase) {
            var random = SeededRandom(seed: seed << 32 | number)
            let table = random.table()
            let places = (0..<8).map { _ in random.place(in: table) }
            for count in 0..<Self.queriesPerTable {
                let query = random.query(of: table.vocabulary, days: SeededRandom.days)
                let place = places.randomElement(using: &random) ?? places[0]
                let comparison = Comparison(of: query, at: place, in: table, isWhole: count % 5 == 0)
                try #require(
                    comparison.real == comparison.naive, "seed \(seed), table \(number): \(query) at \(place.input)")
            }
        }
    }

    @Test("and the random queries are no idle ones: every status comes up, and so do pre-emption, exceptions and doubt")
    func reach() {
        var statuses: [Status: Int] = [:]
        var (preempted, doubtful, inferred, changing) = (0, 0, 0, 0)
        for seed in 0..<40 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let table = random.table()
            let place = table.resolution(of: "AA-X/place:two")
            for _ in 0..<50 {
                let query = random.query(of: table.vocabulary, days: SeededRandom.days)
                let verdict = table.judge(query, at: place, clock: FixedClock(SeededRandom.days.lowerBound))
                statuses[verdict.status, default: 0] += 1
                preempted += verdict.preempted.isEmpty ? 0 : 1
                doubtful += verdict.warnings.contains { if case .doubtfulDate = $0 { true } else { false } } ? 1 : 0
                inferred += verdict.deciding.contains { $0.inferred != nil } ? 1 : 0
                changing += verdict.nextChange == nil ? 0 : 1
            }
        }
        for status in Status.allCases { #expect(statuses[status, default: 0] > 40, "\(status)") }
        for count in [preempted, doubtful, inferred, changing] { #expect(count > 60) }
    }
}
