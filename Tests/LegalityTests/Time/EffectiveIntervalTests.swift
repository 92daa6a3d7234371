import Legality
import Testing

@Suite("The time in which a rule is law")
struct EffectiveIntervalTests {
    typealias Certainty = EffectiveInterval.Certainty

    @Test(
        "holds its first day and not its last",
        arguments: [
            ("2025-03-09", Certainty.no), ("2025-03-10", .yes), ("2025-03-19", .yes), ("2025-03-20", .no),
        ])
    func halfOpen(date: String, expected: Certainty) {
        #expect(interval("2025-03-10", "2025-03-20").contains(day(date)) == expected)
    }

    @Test("without a beginning has always begun, without an end goes on")
    func open() {
        #expect(interval(nil, "2025-01-01").contains(day("0001-01-01")) == .yes)
        #expect(interval("2025-01-01", nil).contains(day("9999-12-31")) == .yes)
    }

    @Test(
        "is in doubt inside the month or year of a boundary, and nowhere else",
        arguments: [
            ("2025-04-30", Certainty.no), ("2025-05-01", .doubtful), ("2025-05-30", .doubtful),
            // Whatever day of May it was, it had begun on the last.
            ("2025-05-31", .yes), ("2025-12-31", .yes), ("2026-01-01", .doubtful), ("2026-12-30", .doubtful),
            ("2026-12-31", .no),
        ])
    func doubt(date: String, expected: Certainty) {
        #expect(interval("2025-05", "2026").contains(day(date)) == expected)
    }

    @Test("is not in force, beyond doubt, where one side is certain")
    func certainSideWins() {
        #expect(interval("2025", "2025-03-01").contains(day("2025-03-01")) == .no)
        #expect(interval("2025-06-01", "2025").contains(day("2025-05-31")) == .no)
    }

    @Test(
        "overlaps another only where they certainly share a day",
        arguments: [
            (("2020", "2021"), ("2022", nil), false), (("2020-01-01", "2021-01-01"), ("2021-01-01", nil), false),
            (("2020-01-01", "2021-01-02"), ("2021-01-01", nil), true), (("2020", "2021"), ("2021", nil), false),
            ((nil, nil), ("2021", nil), true), (("2020", "2022"), ("2021", nil), true),
        ] as [((String?, String?), (String?, String?), Bool)])
    func overlap(left: (String?, String?), right: (String?, String?), expected: Bool) {
        let (left, right) = (interval(left.0, left.1), interval(right.0, right.1))
        #expect(left.certainlyOverlaps(right) == expected)
        #expect(right.certainlyOverlaps(left) == expected)
    }
}
