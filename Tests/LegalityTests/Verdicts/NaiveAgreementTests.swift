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
            let places = table.jurisdictions.dropFirst().map { table.resolution(of: $0.id) }
            for count in 0..<Self.queriesPerTable {
                let query = random.query(of: table.vocabulary, days: SeededRandom.days)
                let place = places.randomElement(using: &random) ?? places[0]
                let comparison = Comparison(of: query, at: place, in: table, isWhole: count % 5 == 0)
                try #require(
                    comparison.real == comparison.naive, "seed \(seed), table \(number): \(query) at \(place.input)")
            }
        }
    }
}
