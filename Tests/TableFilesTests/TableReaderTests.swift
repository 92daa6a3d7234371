import Foundation
import Legality
import Testing

@testable import TableFiles

struct TableReaderTests {
    @Test func aSoundTableIsReadWhole() throws {
        let reading = try SmallTable().read()
        #expect(reading.faults.map(\.description) == [])
        #expect(reading.warnings.map(\.description) == [])
        let table = try #require(reading.table)
        #expect(table.version == "2026.11.21")
        #expect(table.digest.count == 64)
        #expect(
            table.jurisdictions.map(\.id) == [
                "CH", "EU", "US", "US-CA", "US-CA/place:san_diego", "US-CA/county:san_diego", "US-RI",
            ])
        let rhodeIsland = table.jurisdictions[try #require(table.index(of: "US-RI"))]
        let act = rhodeIsland.rules[1]
        #expect(act.status == .regulated)
        #expect(act.interval == EffectiveInterval(from: PartialDate("2026-04-01"), until: nil))
        #expect(
            act.conditions == [
                .minimumAge(21), .max7OHPercent(2.5), .max7OHPPM(400), .forms([.leaf, .powder]),
                .excludedForms([.vape]),
                .noSynthetics, .licence, .labelling, .other("Sold apart from sweets."),
            ])
        #expect(act.overrides == ["schedule-i"])
        #expect(act.preempts)
        #expect(act.sources.map(\.publisher) == ["B", "C"])
        #expect(rhodeIsland.rules[0].exceptions == [.prescription])
        #expect(rhodeIsland.rules[0].interval.from == .year(2017))
        #expect(rhodeIsland.rules[0].authority == Authority(kind: .regulation, citation: "216-RICR-20", schedule: "I"))
        let switzerland = table.jurisdictions[0]
        #expect(switzerland.memberOf == ["EU"])
        #expect(switzerland.reviewed == .year(2026))
        #expect(switzerland.rules[0].activities == .all)
    }

    @Test func whatTheTableSaysOfItselfComesWithIt() throws {
        guard case .accepted(_, let information, _) = try SmallTable().read() else {
            Issue.record("refused")
            return
        }
        #expect(information.version == "2026.11.21")
        #expect(information.date == CivilDate(year: 2026, month: 11, day: 21))
        #expect(information.licence == "CC0-1.0")
        #expect(information.fileCount == 7)
        #expect(information.size == SmallTable().files.values.map(\.count).reduce(0, +))
    }
}
