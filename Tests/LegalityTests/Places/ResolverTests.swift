import Testing

@testable import Legality

@Suite struct ResolverTests {
    static let table = Result { try ShippedGazetteer.table() }

    @Test(
        "What people have becomes the chain of jurisdictions that govern it",
        arguments: [
            ("CH", ["CH"]), ("che", ["CH"]), ("Schweiz", ["CH"]), ("대한민국", ["KR"]), ("Südkorea", ["KR"]),
            ("Corea del Sur", ["KR"]), ("us-al", ["US-AL", "US"]), ("Genève", ["CH-GE", "CH"]),
            ("San Diego, CA", ["US-CA/place:san_diego", "US-CA/county:san_diego", "US-CA", "US"]),
            ("Sarasota, FL", ["US-FL/place:sarasota", "US-FL/county:sarasota", "US-FL", "US"]),
            ("Sarasota County, FL", ["US-FL/county:sarasota", "US-FL", "US"]),
            ("fips:06073", ["US-CA/county:san_diego", "US-CA", "US"]),
            (
                "ocd-division/country:us/state:ca/place:poway",
                ["US-CA/place:poway", "US-CA/county:san_diego", "US-CA", "US"]
            ),
        ])
    func resolves(input: String, chain: [String]) throws {
        let resolution = try Self.table.get().resolve(input)
        #expect(resolution.candidates.map { $0.chain.map(\.id) } == [chain])
    }

    @Test("All that the sources have is in the gazetteer")
    func counts() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        #expect(gazetteer.divisionCount == 39_242)
        #expect(gazetteer.zipCodeCount == 42_789)
    }
}
