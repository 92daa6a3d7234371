import Legality
import Testing

@Suite("What no rule names")
struct InferenceTests {
    @Test(
        "follows: buying from selling, using from possessing, and nothing else",
        arguments: [
            (Activity.sell, Activity.buy, Status.prohibited), (.possess, .use, .prohibited), (.buy, .sell, .unknown),
            (.use, .possess, .unknown), (.sell, .possess, .unknown), (.import, .export, .unknown),
        ])
    func activities(named: Activity, asked: Activity, expected: Status) {
        let table = table(country("US", rule("ban", .prohibited, to: [named])))
        #expect(table.status("US", .kratom, asked) == expected)
    }

    @Test("does not follow where it is named after all")
    func namedFirst() {
        let table = table(
            country("US", rule("sale", .prohibited, to: [.sell]), rule("purchase", .legal, to: [.buy])))
        #expect(table.status("US", .kratom, .buy) == .legal)
        #expect(table.status("US", .kratom, .sell) == .prohibited)
    }

    @Test(
        "of an extract follows leaf, conditions and all",
        arguments: [Status.legal, .regulated, .uncertain, .prohibited])
    func extract(status: Status) {
        let table = table(country("US", rule("act", status, if: status == .regulated ? [.minimumAge(21)] : [])))
        let verdict = table.verdict("US", on: .extract)
        #expect(verdict.status == status)
        #expect(verdict.conditions == (status == .regulated ? [.minimumAge(21)] : []))
        #expect(verdict.deciding.first?.inferred?.contains("kratom") == true)
        #expect(verdict.warnings.contains { if case .inferred("US#act", _) = $0 { true } else { false } })
    }

    @Test("of an isolated or synthetic alkaloid is uncertain, whatever leaf is")
    func isolated() {
        for status in [Status.legal, .regulated, .uncertain, .prohibited] {
            let table = table(country("US", rule("act", status)))
            for plant in [Plant.mitragynine, .sevenOH, .synthetic] {
                #expect(table.status("US", plant) == .uncertain, "\(plant) where leaf is \(status)")
            }
        }
    }

    @Test("is barred by a cap on 7-OH, and by a ban on synthetics, each for its own alkaloid")
    func barred() {
        let capped = table(country("US", rule("act", .regulated, if: [.max7OHPPM(400)])))
        #expect(capped.status("US", .sevenOH) == .prohibited)
        #expect(capped.status("US", .synthetic) == .uncertain)
        #expect(capped.status("US", .mitragynine) == .uncertain)
        let pure = table(country("US", rule("act", .regulated, if: [.noSynthetics])))
        #expect(pure.status("US", .synthetic) == .prohibited)
        #expect(pure.status("US", .sevenOH) == .uncertain)
    }

    @Test("is the leaf product after all where the content stated is within every cap of the rule")
    func withinTheCap() {
        let table = table(country("US", rule("act", .regulated, if: [.max7OHPPM(400), .max7OHPercent(2)])))
        #expect(table.status("US", .sevenOH, given: Circumstances(percent7OH: 1, ppm7OH: 300)) == .regulated)
        #expect(table.status("US", .sevenOH, given: Circumstances(ppm7OH: 300)) == .prohibited)
        #expect(table.status("US", .sevenOH, given: Circumstances(percent7OH: 3, ppm7OH: 300)) == .prohibited)
    }

    @Test("comes from the nearest: its own activity before another, the substance before a wider one")
    func nearest() {
        let table = table(
            country(
                "US", rule("leaf", .prohibited, to: [.buy]), rule("extracts", .regulated, on: [.extract], to: [.sell])))
        let verdict = table.verdict("US", on: .extract, .buy)
        #expect(verdict.status == .regulated)
        #expect(table.deciding(verdict) == ["US#extracts"])
    }

    @Test("comes from wider terms of wider terms, and one doubt on the way makes it uncertain")
    func severalTerms() {
        func substance(
            _ id: String, _ broader: Substance.Index?, _ inference: Substance.Inference
        ) -> Substance {
            Substance(
                id: id, name: id, aliases: [], broader: broader, inference: inference, barredBy: [], note: "")
        }
        let vocabulary = Vocabulary(
            substances: [
                substance("leaf", nil, .follows), substance("extract", 0, .follows), substance("shot", 1, .follows),
                substance("alkaloid", 0, .uncertain), substance("salt", 3, .follows),
            ], follows: [:], summaryActivities: ActivitySet(Activity.sell), defaultSubstance: 0)
        let table = table(country("US", rule("act", .regulated)), vocabulary: vocabulary)
        let clock = FixedClock(day(today))
        func status(_ substance: Substance.Index) -> Status {
            table.judge(Query(substance: substance), at: table.resolution(ofAny: ["US"]), clock: clock).status
        }
        #expect(status(2) == .regulated)
        #expect(status(4) == .uncertain)
    }

    @Test("is inferred at each level for itself: a named rule above does not stop it")
    func levelByLevel() {
        let table = table(
            country("US", rule("federal", .legal, on: [.extract])), state("US-AL", rule("ban", .prohibited)))
        #expect(table.status("US-AL", .extract) == .prohibited)
    }

    @Test("stays barred by a cap on selling when buying leaf is banned as well")
    func stricterRuleNearer() {
        let cap = rule("cap", .regulated, to: [.sell], if: [.max7OHPPM(400)])
        let without = table(country("US", cap))
        let with = table(country("US", cap, rule("ban", .prohibited, to: [.buy])))
        #expect(without.status("US", .sevenOH, .buy) == .prohibited)
        #expect(with.status("US", .sevenOH, .buy) == .prohibited)
    }
}
