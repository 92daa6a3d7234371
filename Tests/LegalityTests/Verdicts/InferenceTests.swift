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

    @Test(
        "bars growing, making and carrying over a border where possession is barred and nothing names them",
        arguments: [Activity.manufacture, .cultivate, .import, .export])
    func possessionRequired(activity: Activity) {
        let ban = rule("ban", .prohibited, to: [.possess, .sell])
        let table = table(
            country("US", rule("federal", .legal, to: [.possess, .cultivate])), state("US-AL", ban),
            state("US-CO", rule("act", .regulated, to: [.possess, .sell])),
            state("US-TN", ban, rule("trade", .regulated, to: [activity])))
        let barred = table.verdict("US-AL", on: .kratom, activity)
        #expect(barred.status == .prohibited)
        #expect(table.deciding(barred) == ["US-AL#ban"])
        #expect(
            barred.deciding.map(\.inferred) == [
                "no rule names \(activity.word) here: who may not possess may not \(activity.word)"
            ])
        // A possession that is lawful says nothing of it, and what is named is not inferred.
        let federal: Status = activity == .cultivate ? .legal : .unknown
        #expect(table.status("US-CO", .kratom, activity) == federal)
        #expect(table.status("US-TN", .kratom, activity) == .regulated)
    }

    @Test("bars growing for whoever is too young to possess")
    func possessionRequiredOfTheYoung() {
        let table = table(country("US", rule("act", .regulated, to: [.possess], if: [.minimumAge(21)])))
        #expect(table.status("US", .kratom, .cultivate, given: Circumstances(age: 20)) == .prohibited)
        #expect(table.status("US", .kratom, .cultivate, given: Circumstances(age: 21)) == .unknown)
    }

    @Test("does not bring back by possession what a higher level has to itself")
    func possessionRequiredButPreempted() {
        let table = table(
            country("US", rule("federal", .regulated, to: [.cultivate], preempts: true)),
            state("US-AL", rule("ban", .prohibited, to: [.possess])))
        #expect(table.status("US-AL", .kratom, .cultivate) == .regulated)
        #expect(table.status("US-AL", .kratom, .possess) == .prohibited)
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
