import Foundation
import Legality
import Testing

@testable import TableFiles

/// The table in `data/` reads without fault and says what the law says.
struct ShippedTableTests {
    @Test func itReadsWithoutFault() {
        #expect(ShippedTable.reading.faults.map(\.description) == [])
        #expect(ShippedTable.reading.table != nil)
    }

    @Test(arguments: Statement.all)
    func itSaysWhatTheLawSays(_ statement: Statement) throws {
        let table = try #require(ShippedTable.reading.table)
        let day: CivilDate = try #require(CivilDate(statement.on))
        let activity: Activity? = Activity(word: statement.activity)
        #expect(statement.activity == "-" || activity != nil)
        let query = Query(
            substance: try #require(table.vocabulary.substance(named: statement.substance)), activity: activity,
            circumstances: try #require(statement.circumstances), day: day)
        let expected: Status? = Status(word: statement.status)
        #expect(!statement.citation.isEmpty)
        // By the exact id: what people type for a place is another matter.
        let resolution =
            if let index = table.index(of: statement.place) {
                table.resolution(ofJurisdictionAt: index)
            } else {
                try table.resolve(statement.place)
            }
        let verdict = table.judge(query, at: resolution, clock: FixedClock(day))
        #expect(verdict.status == expected, "\(statement.citation)")
    }

    /// `legal` from vendors' pages alone: the answer says how little it rests on, whatever is asked of it. To bring it
    /// into Mexico is not even that, as the health authority's permits are in doubt.
    @Test(arguments: ["BA", "GR", "HU", "MX", "XK"], [Activity.possess, .sell, .import])
    func itSaysWhereALegalRestsOnLittle(_ country: String, _ activity: Activity) throws {
        let table = try #require(ShippedTable.reading.table)
        let day: CivilDate = try #require(CivilDate("2026-11-21"))
        let query = Query(
            substance: try #require(table.vocabulary.substance(named: "kratom")), activity: activity, day: day)
        let index = try #require(table.index(of: country))
        let verdict = table.judge(query, at: table.resolution(ofJurisdictionAt: index), clock: FixedClock(day))
        #expect(verdict.status == (country == "MX" && activity == .import ? .uncertain : .legal))
        #expect(verdict.confidence == .low)
        #expect(verdict.warnings.contains { if case .lowConfidence = $0 { true } else { false } })
    }

    /// Where the state bars the same sale, the status would not tell whether the city's ordinance is there.
    @Test(arguments: ["US-CA/place:orange", "US-CA/place:tustin", "US-CA/place:newport_beach"])
    func itNamesTheOrdinanceOfTheCityBesideTheRuleOfTheState(_ place: String) throws {
        let table = try #require(ShippedTable.reading.table)
        let day: CivilDate = try #require(CivilDate("2026-11-21"))
        let query = Query(
            substance: try #require(table.vocabulary.substance(named: "kratom")), activity: .sell, day: day)
        let index = try #require(table.index(of: place))
        let verdict = table.judge(query, at: table.resolution(ofJurisdictionAt: index), clock: FixedClock(day))
        let deciding = Set(verdict.deciding.map { table.qualifiedID(of: $0.reference) })
        #expect(deciding.isSuperset(of: ["\(place)#sale-ban", "US-CA#health-department-sale-ban"]))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Zurich")))
    func itsTimeZonesAreZonesOfTheSystem() throws {
        let table = try #require(ShippedTable.reading.table)
        let zones = Set(table.jurisdictions.compactMap(\.timeZone))
        #expect(zones.count > 20)
        #expect(zones.filter { !FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/\($0)") } == [])
    }

    @Test func theStatementsCoverWhatTheyPromise() throws {
        let table = try #require(ShippedTable.reading.table)
        #expect(Statement.all.count >= 120)
        let places = Set(Statement.all.map(\.place))
        let states = table.jurisdictions.filter { $0.parentID == "US" && $0.kind == .state }.map(\.id)
        #expect(states.count == 50)
        #expect(states.filter { !places.contains($0) } == [])
        #expect(places.filter { $0.utf8.count == 2 }.count > 40)
        #expect(places.filter { $0.contains("/") }.count >= 40)
    }
}
