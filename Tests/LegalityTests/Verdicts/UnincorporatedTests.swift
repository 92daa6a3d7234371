import Legality
import Testing

/// County rules that stop at the limits of cities.
@Suite("A rule for unincorporated areas")
struct UnincorporatedTests {
    private let place = Resolution.Certainty.certain

    private func status(inMunicipality isMunicipality: Bool) -> (status: Status, steps: [ExplanationStep]) {
        let ban = Rule(
            id: "ban", substances: SubstanceSet([Plant.kratom]), activities: .all, status: .prohibited,
            interval: interval(nil, nil), isUnincorporatedOnly: true, confidence: .high,
            sources: rule("ban", .prohibited).sources)
        let made = table(
            country("US"), state("US-CA", rule("act", .regulated)), county("US-CA/county:kern", in: "US-CA", ban))
        let chain = [
            ChainLink(
                id: "US-CA/place:taft", name: "Taft", kind: .place, index: nil, isMunicipality: isMunicipality),
            ChainLink(
                id: "US-CA/county:kern", name: "Kern", kind: .county, index: made.index(of: "US-CA/county:kern")),
            ChainLink(id: "US-CA", name: "California", kind: .state, index: made.index(of: "US-CA")),
            ChainLink(id: "US", name: "US", kind: .country, index: made.index(of: "US")),
        ]
        let resolution = Resolution(
            input: "Taft", method: .name,
            candidates: [.init(chain: chain, certainty: place, share: nil, timeZone: nil, note: nil)])
        let query = query(.kratom, .sell, Circumstances())
        return (
            made.judge(query, at: resolution, clock: FixedClock(day(today))).status,
            made.explain(query, at: resolution, clock: FixedClock(day(today)))
        )
    }

    @Test("holds in a community without a council of its own")
    func community() {
        #expect(status(inMunicipality: false).status == .prohibited)
    }

    @Test("does not hold inside a city, and the explanation says why")
    func city() {
        let (status, steps) = status(inMunicipality: true)
        #expect(status == .regulated)
        #expect(steps.contains { $0.id == "US-CA/county:kern#ban" && $0.text.contains("Taft is incorporated") })
    }
}
