import Legality
import Testing

@Suite("A verdict warns")
struct WarningTests {
    private func warnings(_ rules: Rule..., reviewed: String? = "2026-06-01", day: String = today) -> [Warning] {
        let jurisdiction = Jurisdiction(
            id: "CH", name: "CH", kind: .country, parentID: nil, reviewed: reviewed.flatMap { PartialDate($0) },
            rules: rules)
        return table(jurisdiction).verdict("CH", day: day).warnings
    }

    @Test("of nothing where the evidence is fresh, good and agreed")
    func nothing() {
        #expect(warnings(rule("act", .legal)).isEmpty)
    }

    @Test(
        "of evidence that ends more than 180 days before the day",
        arguments: [
            ("2026-06-01", "2026-11-28", nil), ("2026-06-01", "2026-11-29", 181), ("2026-01", "2026-11-21", 324),
        ]
            as [(String, String, Int?)])
    func old(reviewed: String, date: String, days: Int?) throws {
        let expected = try days.map { Warning.oldEvidence(reviewed: try #require(PartialDate(reviewed)), days: $0) }
        #expect(warnings(rule("act", .legal), reviewed: reviewed, day: date) == (expected.map { [$0] } ?? []))
    }

    @Test("of evidence without a date")
    func undated() {
        #expect(warnings(rule("act", .legal), reviewed: nil) == [.noEvidenceDate])
    }

    @Test("of a single source, of low confidence and of a conflict, for the rules that decided")
    func thin() {
        #expect(
            warnings(
                rule("act", .prohibited, conflict: "Two registers differ.", confidence: .low, evidence: ["2020"]),
                rule("other", .legal, conflict: "Never mind.", confidence: .low, evidence: ["2020"]))
                == [
                    .lowConfidence(rule: "CH#act"), .singleSource(rule: "CH#act"),
                    .conflict(rule: "CH#act", text: "Two registers differ."),
                ])
    }

    @Test("of a day before the first evidence of a rule whose beginning nobody knows")
    func unknownBeginning() {
        #expect(
            warnings(rule("act", .legal), day: "2019-12-31")
                == [.unknownBeginning(rule: "CH#act", firstEvidence: .day(day("2020-01-01")))])
        #expect(warnings(rule("act", .legal), day: "2020-01-01").isEmpty)
        #expect(warnings(rule("act", .legal, from: "2015"), day: "2019-12-31").isEmpty)
    }

    @Test("of an emergency rule that is over where nothing took its place")
    func expiredEmergency() {
        let emergency = rule("emergency", .prohibited, from: "2025-01-01", until: "2025-07-01", by: .emergencyRule)
        let warning = Warning.expiredEmergencyRule(rule: "CH#emergency", until: .day(day("2025-07-01")))
        #expect(warnings(emergency) == [warning])
        #expect(warnings(emergency, day: "2025-06-30").isEmpty)
        #expect(warnings(emergency, rule("act", .legal)).isEmpty)
        #expect(warnings(emergency, rule("farms", .legal, to: [.cultivate])) == [warning])
    }

    @Test("of a state of which nothing is known, unless it is prohibited anyway; and trusts the answer less")
    func silentState() {
        let legal = table(country("US", rule("act", .legal)), state("US-AL")).verdict("US-AL")
        #expect(legal.warnings == [.silentJurisdiction(name: "US-AL")])
        #expect(legal.confidence == .low)
        let banned = table(country("US", rule("ban", .prohibited)), state("US-AL")).verdict("US-AL")
        #expect(banned.warnings.isEmpty)
        #expect(banned.confidence == .high)
    }

    @Test("of weak or conflicting evidence for a rule that sets stricter ones below it aside")
    func doubtfulPreemption() {
        func warnings(_ act: Rule, _ rules: Rule..., activity: Activity? = nil) -> [Warning] {
            let table = table(
                country("US"), state("US-UT", act, rule("report", .regulated, to: [.import])),
                county("US-UT/county:cache", in: "US-UT", rule("ban", .prohibited), rule("shops", .prohibited)))
            return table.verdict("US-UT/county:cache", on: .kratom, activity).warnings
        }
        let expected = Warning.doubtfulPreemption(
            rule: "US-UT#act", preempted: ["US-UT/county:cache#ban", "US-UT/county:cache#shops"])
        let weak = warnings(rule("act", .regulated, preempts: true, confidence: .low))
        #expect(weak == [.lowConfidence(rule: "US-UT#act"), expected])
        let disputed = warnings(rule("act", .regulated, preempts: true, conflict: "Two registers differ."))
        #expect(disputed.last == expected)
        #expect(warnings(rule("act", .regulated, preempts: true)).isEmpty)
        // It sets nothing stricter aside.
        #expect(
            !warnings(rule("act", .prohibited, preempts: true, confidence: .low)).contains {
                if case .doubtfulPreemption = $0 { true } else { false }
            })
        #expect(
            warnings(rule("act", .regulated, to: [.sell], preempts: true, confidence: .low), activity: .use).isEmpty)
    }

    @Test("of weak evidence for a rule that sets others aside, even where another decides")
    func doubtfulPreemptionBesideAnother() {
        let table = table(
            country("US"),
            state("US-UT", rule("act", .legal, preempts: true, confidence: .low), rule("licence", .regulated)),
            county("US-UT/county:cache", in: "US-UT", rule("ban", .prohibited)))
        let verdict = table.verdict("US-UT/county:cache")
        #expect(table.deciding(verdict) == ["US-UT#licence"])
        #expect(
            verdict.warnings == [.doubtfulPreemption(rule: "US-UT#act", preempted: ["US-UT/county:cache#ban"])])
    }

    @Test("of what the resolution says that its candidates do not cover")
    func caveat() {
        let table = table(country("US", rule("act", .legal)))
        let plain = table.resolution(ofAny: ["US"])
        let resolution = Resolution(
            input: "09001", method: .zipCode, candidates: plain.candidates, caveat: "The post has law of its own.")
        let verdict = table.judge(
            query(.kratom, nil, on: today, Circumstances()), at: resolution, clock: FixedClock(day(today)))
        #expect(verdict.warnings == [.doubtfulPlace("The post has law of its own.")])
    }

    @Test("in sentences")
    func sentences() throws {
        let date = try #require(PartialDate("2025-07"))
        let all: [Warning] = [
            .ambiguousPlace("92064 may lie in several jurisdictions."), .oldEvidence(reviewed: date, days: 200),
            .noEvidenceDate, .lowConfidence(rule: "CH#a"), .singleSource(rule: "CH#a"),
            .conflict(rule: "CH#a", text: "They differ."), .inferred(rule: "CH#a", text: "it follows leaf"),
            .doubtfulDate(rule: "CH#a", boundary: date, isEnd: true),
            .unknownBeginning(rule: "CH#a", firstEvidence: date),
            .doubtfulPreemption(rule: "US#a", preempted: ["US-AL#b", "US-AL#c"]), .doubtfulPlace("Nobody knows it."),
            .expiredEmergencyRule(rule: "CH#a", until: date), .silentJurisdiction(name: "Guam"),
        ]
        for warning in all {
            #expect(warning.text.hasSuffix("."))
            #expect(!warning.text.contains(".."))
        }
    }
}
