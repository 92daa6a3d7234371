import Legality
import Testing

@Suite("What is to come and what was")
struct ChangeTests {
    private let island = table(
        country("US", rule("federal", .prohibited, on: [.sevenOH], from: "2026-08-26")),
        state(
            "US-RI", rule("schedule-i", .prohibited, from: "2017", until: "2026-04-01"),
            rule("act", .regulated, from: "2026-04-01", if: [.minimumAge(21)])))

    @Test("the next change is the first day on which the answer is another")
    func nextChange() {
        #expect(
            island.verdict("US-RI", day: "2025-01-01").next
                == "2026-04-01 regulated")
        #expect(
            island.verdict("US-RI", day: "2026-03-31").next
                == "2026-04-01 regulated")
        #expect(island.verdict("US-RI", day: "2026-04-01").next == nil)
        #expect(
            island.verdict("US-RI", on: .sevenOH, day: "2026-04-01").next
                == "2026-08-26 prohibited")
    }

    @Test("a ban on 7-OH is to come for leaf with more 7-OH than it will tolerate")
    func changeByContent() {
        let table = table(
            country(
                "US", rule("act", .legal),
                rule("ban", .prohibited, on: [.sevenOH], from: "2027-01-01", except: [.max7OHPPM(400)])))
        func next(_ content: Double) -> String? {
            table.verdict("US", given: Circumstances(ppm7OH: content)).next
        }
        #expect(next(500) == "2027-01-01 prohibited")
        #expect(next(400) == nil)
    }

    @Test("a boundary that changes nothing is no change")
    func noChange() {
        let table = table(
            country("US", rule("ban", .prohibited)), state("US-AL", rule("ban", .prohibited, from: "2027-01-01")))
        #expect(table.verdict("US-AL").next == nil)
    }

    @Test("a change within a month that is in doubt shows where the doubt begins to matter, and where it ends")
    func doubtfulChange() {
        let stricter = table(country("US", rule("free", .legal), rule("ban", .prohibited, from: "2027-03")))
        #expect(stricter.verdict("US").next == "2027-03-01 prohibited")
        let milder = table(country("US", rule("free", .legal), rule("ban", .prohibited, until: "2027-03")))
        #expect(milder.verdict("US").next == "2027-03-31 legal")
    }

    @Test("history is periods without a gap, each with what decided it")
    func history() {
        let periods = island.history(
            of: query(.kratom, on: nil, .init()), at: island.resolution(ofAny: ["US-RI"]))
        #expect(periods.map(\.status) == [.unknown, .prohibited, .prohibited, .regulated])
        #expect(periods.map(\.isApproximate) == [false, true, false, false])
        #expect(
            periods.map(\.from)
                == [nil, CivilDate("2017-01-01"), CivilDate("2017-12-31"), CivilDate("2026-04-01")])
        #expect(periods.map(\.until) == Array(periods.map(\.from).dropFirst()) + [nil])
        #expect(periods.map(\.decidedBy) == [[], ["US-RI#schedule-i"], ["US-RI#schedule-i"], ["US-RI#act"]])
    }

    @Test("history of a place without rules is one period")
    func emptyHistory() {
        let table = table(country("US"))
        let periods = table.history(of: query(.kratom, on: nil, .init()), at: table.resolution(ofAny: ["US"]))
        #expect(periods.count == 1)
        #expect(periods.first?.status == .unknown)
        #expect(periods.first?.from == nil && periods.first?.until == nil)
    }

    @Test("upcoming is what begins or ends after the day and within so many days, by date")
    func upcoming() {
        let table = table(
            country("US", rule("b", .prohibited, from: "2026-12-01"), rule("now", .legal, from: "2026-11-21")),
            state("US-AL", rule("a", .legal, until: "2026-12-01"), rule("far", .legal, from: "2027-11-22")),
            state("US-RI", rule("c", .legal, from: "2026")))
        func upcoming(_ days: Int, at place: String? = nil) -> [String] {
            table.upcoming(
                after: day(today), within: days, in: place.map { table.resolution(ofAny: [$0]).candidates[0].chain }
            ).map { "\($0.on) \(table.qualifiedID(of: $0.rule)) \($0.event.rawValue)" }
        }
        let year = ["2026 US-RI#c begins"]
        let december = ["2026-12-01 US#b begins", "2026-12-01 US-AL#a ends"]
        #expect(upcoming(90) == year + december)
        #expect(upcoming(10) == year + december)
        #expect(upcoming(9) == year)
        #expect(upcoming(366) == year + december + ["2027-11-22 US-AL#far begins"])
        #expect(upcoming(90, at: "US-AL") == december)
    }

    @Test("the next boundary is the first day after which any answer may be another")
    func nextBoundary() {
        #expect(island.nextBoundary(after: day("2016-12-31")) == day("2017-01-01"))
        #expect(island.nextBoundary(after: day("2017-01-01")) == day("2017-12-31"))
        #expect(island.nextBoundary(after: day("2026-04-01")) == day("2026-08-26"))
        #expect(island.nextBoundary(after: day("2026-08-26")) == nil)
    }
}

extension Verdict {
    /// The next change in words.
    fileprivate var next: String? { nextChange.map { "\($0.day) \($0.status.word)" } }
}
