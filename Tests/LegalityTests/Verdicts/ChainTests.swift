import Legality
import Testing

@Suite("Between levels")
struct ChainTests {
    @Test("the strictest wins, whichever it is")
    func strictestWins() {
        let banAbove = table(country("US", rule("ban", .prohibited)), state("US-AL", rule("act", .legal)))
        #expect(banAbove.status("US-AL") == .prohibited)
        let banBelow = table(
            country("US", rule("act", .regulated)), state("US-FL", rule("act", .legal)),
            county("US-FL/county:sarasota", in: "US-FL", rule("ban", .prohibited)))
        #expect(banBelow.status("US-FL/county:sarasota") == .prohibited)
        #expect(banBelow.status("US-FL") == .regulated)
    }

    @Test("one that is silent does not count, and one that is legal softens nothing")
    func silence() {
        let table = table(country("US", rule("free", .legal)), state("US-AL"), state("US-RI", rule("act", .regulated)))
        #expect(table.status("US-AL") == .legal)
        #expect(table.status("US-RI") == .regulated)
    }

    @Test("nothing at any is unknown, never legal")
    func nothing() {
        let empty = table(country("US"), state("US-AL"))
        for plant in Plant.allCases {
            let verdict = empty.verdict("US-AL", on: plant)
            #expect(verdict.status == .unknown)
            #expect(verdict.deciding.isEmpty)
            #expect(verdict.confidence == nil)
            #expect(verdict.reviewed == nil)
            #expect(verdict.activities.allSatisfy { $0 == .unknown })
            #expect(verdict.substances.allSatisfy { $0 == .unknown })
        }
    }

    @Test("a territory that does not inherit stands alone")
    func notInherited() {
        let table = table(
            country("CN", rule("ban", .prohibited)), state("CN-HK", rule("free", .legal), in: "CN", inherits: false),
            state("CN-GD", in: "CN"))
        #expect(table.status("CN-HK") == .legal)
        #expect(table.status("CN-GD") == .prohibited)
        #expect(table.verdict("CN-HK").chain.map(\.id) == ["CN-HK"])
    }

    @Test("a place of which the table has nothing is judged by what governs it")
    func unlistedPlace() {
        let table = table(country("US"), state("US-AL", rule("ban", .prohibited)))
        let links = [ChainLink(id: "US-AL/place:mobile", name: "Mobile", kind: .place, index: nil)]
        let state = table.resolution(ofAny: ["US-AL"]).candidates[0].chain
        let resolution = Resolution(
            input: "Mobile, AL", method: .qualifiedName,
            candidates: [
                .init(chain: links + state, certainty: .certain, share: nil, timeZone: nil, note: nil)
            ])
        let verdict = table.judge(query(.kratom, on: today, .init()), at: resolution, clock: FixedClock(day(today)))
        #expect(verdict.status == .prohibited)
        #expect(verdict.place.name == "Mobile")
        #expect(table.deciding(verdict) == ["US-AL#ban"])
    }

    @Test("the rules that decided are listed, most local first")
    func order() {
        let table = table(
            country("US", rule("z", .prohibited)), state("US-AL", rule("y", .prohibited), rule("x", .prohibited)))
        #expect(table.deciding(table.verdict("US-AL")) == ["US-AL#y", "US-AL#x", "US#z"])
    }
}

@Suite("A rule that pre-empts")
struct PreemptionTests {
    private let ban = rule("ban", .prohibited)

    @Test("takes the matter from those below, and what gives way is still listed")
    func preempts() {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, preempts: true)),
            county("US-UT/county:cache", in: "US-UT", ban))
        let verdict = table.verdict("US-UT/county:cache")
        #expect(verdict.status == .regulated)
        #expect(table.deciding(verdict) == ["US-UT#act"])
        #expect(table.ids(verdict.preempted) == ["US-UT/county:cache#ban"])
        #expect(verdict.preempted.first?.status == .prohibited)
    }

    @Test("does not touch what stands above it, or beside it")
    func onlyBelow() {
        let table = table(
            country("US", ban), state("US-UT", rule("act", .regulated, preempts: true), rule("doubt", .uncertain)))
        #expect(table.status("US-UT") == .prohibited)
        #expect(table.verdict("US-UT").preempted.isEmpty)
    }

    @Test("leaves what it does not name")
    func otherMatters() {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, to: [.sell], preempts: true)),
            county("US-UT/county:cache", in: "US-UT", ban))
        #expect(table.status("US-UT/county:cache", .kratom, .sell) == .regulated)
        #expect(table.status("US-UT/county:cache", .kratom, .possess) == .prohibited)
    }

    @Test(
        "does so only while it certainly is in force",
        arguments: [("2025-04-30", Status.prohibited), ("2025-05-15", .prohibited), ("2025-05-31", .regulated)])
    func inForce(date: String, expected: Status) {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, from: "2025-05", preempts: true)),
            county("US-UT/county:cache", in: "US-UT", ban))
        #expect(table.status("US-UT/county:cache", day: date) == expected)
    }

    @Test("does not where another of its jurisdiction prevails over it, or may, on that matter")
    func overridden() {
        let table = table(
            country("US"),
            state(
                "US-UT", rule("act", .regulated, preempts: true),
                rule("home-rule", .regulated, to: [.sell, .buy], from: "2026", overrides: ["act"])),
            county("US-UT/county:cache", in: "US-UT", ban))
        #expect(table.status("US-UT/county:cache", .kratom, .sell, day: "2025-12-31") == .regulated)
        #expect(table.status("US-UT/county:cache", .kratom, .sell, day: "2026-06-01") == .prohibited)
        #expect(table.status("US-UT/county:cache", .kratom, .possess, day: "2026-06-01") == .regulated)
    }

    @Test("is not undone by what the lower level's rules on something wider would infer")
    func notBroughtBack() {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, on: [.kratom, .extract], preempts: true)),
            county("US-UT/county:cache", in: "US-UT", rule("extracts", .legal, on: [.extract], to: [.sell]), ban))
        let verdict = table.verdict("US-UT/county:cache", on: .extract, .sell)
        #expect(verdict.status == .regulated)
        #expect(table.ids(verdict.preempted) == ["US-UT/county:cache#extracts"])
        let isolated = LegalityTests.table(
            country("US"), state("US-UT", rule("act", .regulated, on: [.mitragynine], preempts: true)),
            county("US-UT/county:cache", in: "US-UT", ban))
        #expect(isolated.status("US-UT/county:cache", .mitragynine) == .regulated)
        #expect(isolated.status("US-UT/county:cache", .kratom) == .prohibited)
    }

    @Test("is gone from what the lower level infers, too")
    func inference() {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, to: [.sell], preempts: true)),
            county("US-UT/county:cache", in: "US-UT", rule("ban", .prohibited, to: [.sell])))
        #expect(table.status("US-UT/county:cache", .kratom, .buy) == .regulated)
    }
}
