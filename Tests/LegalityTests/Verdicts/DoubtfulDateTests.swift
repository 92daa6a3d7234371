import Legality
import Testing

@Suite("A day on which a date is in doubt")
struct DoubtfulDateTests {
    private func doubts(_ verdict: Verdict) -> [String] {
        verdict.warnings.compactMap {
            if case .doubtfulDate(let rule, let boundary, let isEnd) = $0 {
                "\(rule) \(isEnd ? "ends" : "begins") \(boundary)"
            } else {
                nil
            }
        }
    }

    @Test(
        "gets the stricter of the two sides, with a warning that says why",
        arguments: [
            ("2025-06-30", Status.legal, []), ("2025-07-01", .prohibited, ["US#ban begins 2025-07"]),
            ("2025-07-30", .prohibited, ["US#ban begins 2025-07"]), ("2025-07-31", .prohibited, []),
        ] as [(String, Status, [String])])
    func stricterSide(date: String, expected: Status, warnings: [String]) {
        let table = table(country("US", rule("free", .legal), rule("ban", .prohibited, from: "2025-07")))
        let verdict = table.verdict("US", day: date)
        #expect(verdict.status == expected)
        #expect(doubts(verdict) == warnings)
    }

    @Test("stays with the old ban for the whole year in which it ended")
    func endOfABan() {
        let table = table(
            country("US", rule("ban", .prohibited, until: "2025"), rule("act", .regulated, from: "2025")))
        #expect(table.status("US", day: "2024-12-31") == .prohibited)
        #expect(table.status("US", day: "2025-06-01") == .prohibited)
        #expect(doubts(table.verdict("US", day: "2025-06-01")) == ["US#ban ends 2025", "US#act begins 2025"])
        #expect(table.status("US", day: "2025-12-31") == .regulated)
    }

    @Test("takes one boundary of several rules for one event: there is no day on which neither rule holds")
    func sharedBoundary() {
        let table = table(
            country(
                "US", rule("leaf", .legal),
                rule("old", .regulated, on: [.sevenOH], until: "2025-07", if: [.minimumAge(18)]),
                rule("new", .regulated, on: [.sevenOH], from: "2025-07", if: [.minimumAge(21)])))
        // Were there one, 7-OH would be uncertain on it, inferred from leaf.
        let verdict = table.verdict("US", on: .sevenOH, day: "2025-07-10")
        #expect(verdict.status == .regulated)
        #expect(verdict.conditions == [.minimumAge(21)])
    }

    @Test("counts a rule that names a thing as absent where its absence is the stricter")
    func absenceIsStricter() {
        let table = table(
            country(
                "US", rule("ban", .prohibited), rule("extracts", .regulated, on: [.extract], from: "2025-07")))
        let verdict = table.verdict("US", on: .extract, day: "2025-07-10")
        #expect(verdict.status == .prohibited)
        #expect(doubts(verdict) == ["US#extracts begins 2025-07"])
    }

    @Test("counts an overriding rule as absent where that is the stricter, and says so")
    func doubtfulOverride() {
        let table = table(
            country(
                "US", rule("ban", .prohibited), rule("act", .legal, from: "2025-07", overrides: ["ban"])))
        let verdict = table.verdict("US", day: "2025-07-10")
        #expect(verdict.status == .prohibited)
        #expect(table.deciding(verdict) == ["US#ban"])
        #expect(doubts(verdict) == ["US#act begins 2025-07"])
        #expect(table.status("US", day: "2025-07-31") == .legal)
    }

    @Test("may be one of a rule that began and ended within the year")
    func shortLived() {
        let table = table(
            country(
                "US", rule("free", .legal, until: "2025"), rule("emergency", .prohibited, from: "2025", until: "2025"),
                rule("act", .regulated, from: "2025", overrides: ["emergency"])))
        #expect(table.status("US", day: "2024-12-31") == .legal)
        #expect(table.status("US", day: "2025-06-01") == .prohibited)
        #expect(table.status("US", day: "2025-12-31") == .regulated)
    }

    @Test("is one of many boundaries at once, and the rules behind the limit count as in force")
    func manyBoundaries() {
        let rules = (1...12).map { rule("r\($0)", $0 == 12 ? .prohibited : .regulated, from: "2025-0\($0 % 9 + 1)") }
        let spans = (0..<12).map { rule("s\($0)", .legal, from: "2025", until: "20\(26 + $0)") }
        let table = table(
            Jurisdiction(id: "US", name: "US", kind: .country, parentID: nil, rules: spans + rules))
        #expect(table.status("US", day: "2025-04-10") == .prohibited)
    }

    @Test("does not warn where another level decides anyway")
    func doubtThatDoesNotMatter() {
        let table = table(
            country("US", rule("ban", .prohibited)), state("US-AL", rule("act", .regulated, from: "2025-07")))
        #expect(doubts(table.verdict("US-AL", day: "2025-07-10")).isEmpty)
    }
}
