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

    private func lines(_ table: Table, _ places: String..., asking query: Query) -> [String] {
        table.explain(query, at: table.resolution(ofAny: places), clock: FixedClock(day(today))).map { step in
            [step.kind.rawValue, step.id, step.activity?.word ?? "-", step.status?.word ?? "-", step.text]
                .joined(separator: " | ")
        }
    }

    @Test("goes from the place through its levels and their rules to what decided")
    func steps() {
        let table = table(
            country("US", rule("free", .legal)),
            state(
                "US-RI", rule("schedule-i", .prohibited, from: "2017", until: "2026-04-01"),
                rule("act", .regulated, from: "2026-04-01", if: [.minimumAge(21)])))
        #expect(
            lines(table, "US-RI", asking: query(.kratom, .possess, on: today, Circumstances(age: 20))) == [
                "candidate | US-RI | - | prohibited | Looked at on 2026-11-21: US-RI, US.",
                "level | US-RI | - | prohibited | US-RI: prohibited.",
                "rule | US-RI#schedule-i | - | - | Not in force any more: it ended on 2026-04-01.",
                "rule | US-RI#act | possess | prohibited | Names kratom and possess; not met: minimum_age: 21.",
                "level | US | - | legal | US: legal.", "rule | US#free | possess | legal | Names kratom and possess.",
                "decision | US-RI | possess | prohibited | To possess is prohibited, by US-RI#act.",
            ])
    }

    /// What is said of a rule `r` of the only jurisdiction beside it, asked about selling leaf.
    private func reasons(
        _ rules: Rule..., asking plant: Plant = .kratom, given circumstances: Circumstances = Circumstances()
    ) -> [String] {
        let country = Jurisdiction(id: "CH", name: "CH", kind: .country, parentID: nil, rules: rules)
        let table = table(country)
        return table.explain(
            query(plant, .sell, on: today, circumstances), at: table.resolution(ofAny: ["CH"]),
            clock: FixedClock(day(today))
        ).filter { $0.id == "CH#r" }.map(\.text)
    }

    @Test("says of each rule why it did or did not apply")
    func everyReason() {
        #expect(reasons(rule("r", .legal)) == ["Names kratom and sell."])
        #expect(reasons(rule("r", .legal, from: "2027-01")) == ["Not in force yet: it begins in 2027-01."])
        #expect(reasons(rule("r", .legal, until: "2020")) == ["Not in force any more: it ended in 2020."])
        #expect(reasons(rule("r", .legal, to: [.buy])) == ["Does not name sell."])
        #expect(
            reasons(rule("r", .legal, on: [.extract, .sevenOH])) == [
                "Names extract, 7-hydroxymitragynine, not kratom."
            ])
        #expect(
            reasons(rule("r", .prohibited, except: [.forms([.leaf])]), given: Circumstances(form: .leaf))
                == ["Does not apply: the circumstances meet what it leaves outside itself (forms: leaf)."])
        #expect(
            reasons(rule("r", .prohibited), rule("act", .legal, overrides: ["r"])) == ["Overridden by CH#act."])
        #expect(
            reasons(rule("r", .regulated), asking: .extract) == ["No rule names extract here: it follows kratom."])
        #expect(
            reasons(rule("r", .regulated, if: [.noSynthetics]), asking: .synthetic)
                == ["No rule names synthetic here: the rule on kratom bars it (no_synthetics)."])
        #expect(
            reasons(rule("r", .prohibited, from: "2026")) == [
                "Names kratom and sell; it began in 2026, the day is not known, so the stricter side counts."
            ])
    }

    @Test("names the rule that pre-empts another")
    func preempted() {
        let table = table(
            country("US"), state("US-UT", rule("act", .regulated, preempts: true)),
            county("US-UT/county:cache", in: "US-UT", rule("ban", .prohibited)))
        #expect(
            lines(table, "US-UT/county:cache", asking: query(.kratom, .sell, on: today, .init())).contains(
                "rule | US-UT/county:cache#ban | sell | - | Would come to prohibited, but US-UT#act pre-empts it."))
    }

    @Test("of a place that may be several goes through each and ends with the strictest")
    func candidates() {
        let table = table(country("US"), state("US-A", rule("act", .legal)), state("US-B", rule("ban", .prohibited)))
        let lines = lines(table, "US-A", "US-B", asking: query(.kratom, .sell, on: today, .init()))
        #expect(lines.filter { $0.hasPrefix("candidate") }.count == 2)
        #expect(lines.last == "decision | US-B | - | prohibited | The strictest of the places that it may be: US-B.")
    }

    @Test("of nothing says that nothing is known")
    func nothing() {
        let table = table(country("US"))
        #expect(
            lines(table, "US", asking: query(.kratom, .sell, on: today, .init())).suffix(2) == [
                "level | US | - | unknown | The table has no rule of US.",
                "decision | US | sell | unknown | Nothing at any level: sell is unknown, which is not legal.",
            ])
    }
}
