import Legality
import Testing

@Suite("A date as far as it is known")
struct PartialDateTests {
    @Test(
        "spans the days that it can mean",
        arguments: [
            ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023-02", "2023-02-01", "2023-02-28"), ("2025-12", "2025-12-01", "2025-12-31"),
            ("2024-05-06", "2024-05-06", "2024-05-06"),
        ])
    func span(text: String, earliest: String, latest: String) throws {
        let date = try #require(PartialDate(text))
        #expect(date.earliest == day(earliest))
        #expect(date.latest == day(latest))
        #expect(date.isExact == (earliest == latest))
    }

    @Test("is written as it was read", arguments: ["2024", "2024-02", "2024-02-29", "0007"])
    func description(text: String) {
        #expect(PartialDate(text)?.description == text)
    }

    @Test(
        "is not made from anything else",
        arguments: [
            "", "24", "2024-", "2024-13", "2024-00", "2024-2", "2024-02-30", "0000", "2024-02-", "abcd", "2024_02",
        ])
    func rejects(text: String) {
        #expect(PartialDate(text) == nil)
    }

    @Test("does not forget how far it was known: January is not the first of January")
    func precisionCounts() {
        #expect(PartialDate("2024-01") != PartialDate("2024-01-01"))
    }
}
