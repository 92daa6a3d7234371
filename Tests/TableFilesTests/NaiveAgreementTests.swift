import Legality
import NaiveVerdicts
import Testing

@testable import TableFiles

/// The judge and a naive one agree on the table in `data/`.
struct NaiveAgreementTests {
    static let queriesPerCase = 25_000

    @Test(
        "They agree on random queries, half of them on days on which something changes",
        arguments: 1...4 as ClosedRange<UInt64>)
    func agree(seed: UInt64) throws {
        let table = try #require(ShippedTable.reading.table)
        var random = SeededRandom(seed: seed)
        let places = table.jurisdictions.indices.filter { table.jurisdictions[$0].kind != .union }
            .map { table.resolution(ofJurisdictionAt: $0) }
        let boundaries = days(of: table)
        let span = try #require(CivilDate("2005-01-01"))...(try #require(CivilDate("2030-12-31")))
        for number in 0..<Self.queriesPerCase {
            let place = try #require(places.randomElement(using: &random))
            var query = random.query(of: table.vocabulary, days: span)
            if Bool.random(using: &random) { query.day = boundaries.randomElement(using: &random) }
            let comparison = Comparison(of: query, at: place, in: table, isWhole: number % 5 == 0)
            try #require(
                comparison.real == comparison.naive, "seed \(seed), query \(number): \(query) at \(place.input)")
            guard number % 50 == 0 else { continue }
            let steps = table.explain(
                query, at: place, clock: FixedClock(try #require(query.day)))
            try #require(
                status(reproducedFrom: steps) == comparison.real.status,
                "explained, seed \(seed), query \(number): \(query) at \(place.input)")
        }
    }

    /// The days before, on and after those on which a rule may begin or end.
    private func days(of table: Table) -> [CivilDate] {
        table.jurisdictions.flatMap(\.rules).flatMap { [$0.interval.from, $0.interval.until].compactMap { $0 } }
            .flatMap { [$0.earliest, $0.latest] }
            .flatMap { [$0.adding(days: -1), $0, $0.adding(days: 1)] }
    }
}
