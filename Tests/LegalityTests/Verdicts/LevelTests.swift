import Legality
import Testing

@Suite("Rules of one jurisdiction")
struct LevelTests {
    @Test("decide while they are in force", arguments: [("2025-07-31", Status.legal), ("2025-08-01", .prohibited)])
    func inForce(date: String, expected: Status) {
        let table = table(
            country("US", rule("before", .legal, until: "2025-08-01"), rule("ban", .prohibited, from: "2025-08-01")))
        #expect(table.status("US", day: date) == expected)
    }

    @Test("decide only for the substances and activities that they name")
    func naming() {
        let table = table(country("US", rule("sale", .prohibited, on: [.sevenOH], to: [.sell])))
        #expect(table.status("US", .sevenOH, .sell) == .prohibited)
        #expect(table.status("US", .sevenOH, .possess) == .unknown)
        #expect(table.status("US", .kratom, .sell) == .unknown)
        #expect(table.status("US", .synthetic, .sell) == .unknown)
    }

    @Test("in force together add up: the strictest status, all conditions")
    func addUp() {
        let table = table(
            country(
                "US", rule("ages", .regulated, if: [.minimumAge(18), .labelling]),
                rule("doubt", .uncertain, if: [.minimumAge(21)]), rule("free", .legal, if: [.testing])))
        let verdict = table.verdict("US")
        #expect(verdict.status == .uncertain)
        #expect(table.deciding(verdict) == ["US#doubt"])
        #expect(verdict.conditions == [.minimumAge(21), .labelling, .testing])
    }

    @Test("that prohibit leave no conditions to be met")
    func prohibitionHasNoConditions() {
        let table = table(country("US", rule("ages", .regulated, if: [.minimumAge(18)]), rule("ban", .prohibited)))
        let verdict = table.verdict("US")
        #expect(verdict.status == .prohibited)
        #expect(verdict.conditions.isEmpty)
    }

    @Test("that override another one take its place, for what they name and while they are in force")
    func overriding() {
        let table = table(
            country(
                "US", rule("ban", .prohibited),
                rule("act", .regulated, to: [.possess, .use], from: "2026-01-01", overrides: ["ban"])))
        #expect(table.status("US", .kratom, .possess, day: "2025-12-31") == .prohibited)
        #expect(table.status("US", .kratom, .possess, day: "2026-01-01") == .regulated)
        #expect(table.status("US", .kratom, .sell, day: "2026-01-01") == .prohibited)
        #expect(table.status("US", .extract, .possess, day: "2026-01-01") == .regulated)
    }

    @Test("that are overridden themselves override nothing")
    func overriddenOverrider() {
        let table = table(
            country(
                "US", rule("ban", .prohibited), rule("act", .legal, overrides: ["ban"]),
                rule("ruling", .regulated, overrides: ["act"])))
        let verdict = table.verdict("US")
        #expect(verdict.status == .prohibited)
        #expect(table.deciding(verdict) == ["US#ban"])
    }

    @Test("that override one another in a circle come to an answer")
    func circle() {
        let table = table(
            country("US", rule("a", .prohibited, overrides: ["b"]), rule("b", .legal, overrides: ["a"])))
        #expect(Status.allCases.contains(table.status("US")))
    }

    @Test("on another substance or activity do not override")
    func overridingElsewhere() {
        let table = table(
            country(
                "US", rule("ban", .prohibited), rule("act", .regulated, on: [.extract], overrides: ["ban"])))
        #expect(table.status("US", .kratom) == .prohibited)
        #expect(table.status("US", .extract) == .regulated)
    }
}

@Suite("Conditions and the query")
struct CircumstanceTests {
    private let law = table(
        country("US"), state("US-UT", rule("act", .regulated, if: [.minimumAge(21), .max7OHPercent(2), .licence])))

    @Test("that says nothing of them leave the status and are listed")
    func unsaid() {
        let verdict = law.verdict("US-UT")
        #expect(verdict.status == .regulated)
        #expect(verdict.conditions == [.minimumAge(21), .max7OHPercent(2), .licence])
    }

    @Test(
        "that fails one make it prohibited for this query",
        arguments: [
            (Circumstances(age: 20), Status.prohibited), (Circumstances(age: 21), .regulated),
            (Circumstances(percent7OH: 2.5), .prohibited), (Circumstances(percent7OH: 2), .regulated),
            (Circumstances(isLicensed: false), .prohibited), (Circumstances(isLicensed: true), .regulated),
            (Circumstances(age: 30, percent7OH: 1, isLicensed: false), .prohibited),
            (Circumstances(ppm7OH: 10_000, form: .vape), .regulated),
        ])
    func failed(circumstances: Circumstances, expected: Status) {
        #expect(law.status("US-UT", given: circumstances) == expected)
    }

    @Test("that fails one name the rule, and what it asked for, as what decided")
    func failedDecides() {
        let verdict = law.verdict("US-UT", given: Circumstances(age: 18))
        #expect(law.deciding(verdict) == ["US-UT#act"])
        #expect(verdict.deciding.first?.status == .prohibited)
        #expect(verdict.conditions.contains(.minimumAge(21)))
    }
}

@Suite("A prohibition with exceptions")
struct ExceptionTests {
    private let law = table(
        country(
            "US", rule("act", .regulated),
            rule("ban", .prohibited, on: [.sevenOH], except: [.max7OHPPM(400), .forms([.leaf, .powder])])))

    @Test("holds where the query says nothing, or does not meet all of them")
    func holds() {
        #expect(law.status("US", .sevenOH) == .prohibited)
        #expect(law.status("US", .sevenOH, given: Circumstances(ppm7OH: 300)) == .prohibited)
        #expect(law.status("US", .sevenOH, given: Circumstances(ppm7OH: 300, form: .vape)) == .prohibited)
    }

    @Test("does not apply where the query meets them all")
    func excepted() {
        let verdict = law.verdict("US", on: .sevenOH, given: Circumstances(ppm7OH: 300, form: .powder))
        #expect(verdict.status == .uncertain)
        #expect(law.deciding(verdict) == ["US#act"])
    }

    @Test("speaks of whatever comes from the plant and has more 7-OH than it tolerates")
    func exceeded() {
        for plant in Plant.allCases {
            #expect(law.status("US", plant, given: Circumstances(ppm7OH: 401)) == .prohibited)
        }
        let verdict = law.verdict("US", on: .kratom, .sell, given: Circumstances(ppm7OH: 401))
        #expect(law.deciding(verdict) == ["US#ban"])
        #expect(verdict.deciding.first?.inferred != nil)
        #expect(law.status("US", .kratom) == .regulated)
        #expect(law.status("US", .kratom, given: Circumstances(ppm7OH: 400)) == .regulated)
        #expect(law.status("US", .kratom, given: Circumstances(percent7OH: 90)) == .regulated)
    }
}
