import Legality
import Testing

@Suite("A civil date")
struct CivilDateTests {
    @Test("counts days from 1970", arguments: [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017)])
    func counts(text: String, days: Int32) {
        #expect(CivilDate(text)?.daysSinceEpoch == days)
    }

    @Test("comes back from its number with the same fields, every day of 800 years, one after the other")
    func roundTrip() {
        var expected = (year: 1600, month: 1, day: 1)
        var date = day("1600-01-01")
        while expected.year < 2400 {
            let fields = date.fields
            guard fields == expected, CivilDate(year: fields.year, month: fields.month, day: fields.day) == date else {
                Issue.record("\(date) is taken for \(fields) and not \(expected)")
                return
            }
            date = date.adding(days: 1)
            expected.day += 1
            if expected.day > CivilDate.daysIn(month: expected.month, of: expected.year) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
    }

    @Test("knows leap years", arguments: [(2000, 29), (1900, 28), (2024, 29), (2023, 28), (2100, 28)])
    func leapYears(year: Int, days: Int) {
        #expect(CivilDate.daysIn(month: 2, of: year) == days)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == (days == 29))
    }

    @Test(
        "is not made from what is no day",
        arguments: [
            "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-04-31", "0000-01-01", "2023-1-1", "2023-01",
            "2023", "", "2023-01-01T00:00", " 2023-01-01", "2023/01/01", "20230101", "+023-01-01", "２０２３-01-01",
        ])
    func rejects(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("is written as ISO 8601 has it", arguments: ["0001-01-01", "0987-06-05", "2026-11-21", "9999-12-31"])
    func description(text: String) {
        #expect(CivilDate(text)?.description == text)
    }

    @Test("is ordered by time, and the days between are whole days")
    func order() {
        #expect(day("2025-12-31") < day("2026-01-01"))
        #expect(day("2024-03-01").days(since: day("2024-02-28")) == 2)
        #expect(day("2024-02-28").days(since: day("2024-03-01")) == -2)
        #expect(day("2024-02-28").adding(days: 366) == day("2025-02-28"))
    }

    @Test("does not run over, however many days are added", arguments: [Int.max, Int.min])
    func addingTooMuch(days: Int) {
        let far = day("2026-01-01").adding(days: days).adding(days: days)
        #expect(far.daysSinceEpoch == (days > 0 ? Int32.max : Int32.min))
    }
}
