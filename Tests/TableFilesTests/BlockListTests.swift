import Legality
import Testing

@testable import TableFiles

/// The block list against verdicts, on the table in `data/`. Here a part of all areas, in a debug build;
/// `.ci/blocklist-check` asks the real programs about each area there is.
@Suite("The block list of the shipped table")
struct BlockListTests {
    private static let day = CivilDate("2026-11-21")!
    /// Every so many places and ZIP codes, beside all states and counties, and all that the list has.
    private static let stride = 11

    private struct Area: Hashable {
        let level: BlockedAreas.Level
        let code: String
    }

    private struct Entry: Equatable {
        var status: Status
        var certainty: Resolution.Certainty
        var minimumAge: Int?
        var rule: RuleReference?
    }

    @Test("names every area whose verdict is that answer, and no other, each as certain as its candidates make it")
    func agrees() throws {
        let status = Status.prohibited
        let table = try #require(ShippedTable.reading.table)
        let query = Query(substance: table.vocabulary.defaultSubstance, day: Self.day)
        var listed: [Area: Entry] = [:]
        for area in BlockedAreas(table: table, query: query, status: status, clock: FixedClock(Self.day)) {
            let known = listed.updateValue(
                Entry(
                    status: area.judgement.status, certainty: area.certainty, minimumAge: area.judgement.minimumAge,
                    rule: area.judgement.rule), forKey: Area(level: area.level, code: area.code))
            #expect(known == nil, "\(area.code) is listed twice")
        }
        var asked = Set(listed.keys)
        asked.formUnion(Self.sample(of: table))
        #expect(asked.count > listed.count)
        for area in asked {
            let verdict = table.judge(
                query, at: try table.resolve(Self.input(for: area)), clock: FixedClock(Self.day))
            let expected = verdict.status == status ? Self.entry(from: verdict) : nil
            if listed[area] != expected {
                Issue.record("\(area): listed \(listed[area] as Any), is \(expected as Any)")
            }
        }
    }

    /// All states and counties, and some places and ZIP codes.
    private static func sample(of table: Table) -> Set<Area> {
        let states = table.jurisdictions.filter {
            $0.parentID == "US" && [.state, .territory, .district].contains($0.kind)
        }
        var areas = Set(states.map { Area(level: .state, code: String($0.id.dropFirst(3))) })
        for position in 0..<table.gazetteer.divisionCount {
            let geoid = table.gazetteer.division(at: position).geoid
            if geoid.utf8.count == 5 {
                areas.insert(Area(level: .county, code: geoid))
            } else if position % stride == 0 {
                areas.insert(Area(level: .place, code: geoid))
            }
        }
        for position in Swift.stride(from: 0, to: table.gazetteer.zipCodeCount, by: stride) {
            areas.insert(Area(level: .zip, code: table.gazetteer.zipCode(at: position).code))
        }
        return areas
    }

    /// Not as the list itself asks: by code where it asks by id.
    private static func input(for area: Area) -> String {
        switch area.level {
        case .state: "US-\(area.code)"
        case .county, .place: "geoid:\(area.code)"
        case .zip: "zip:\(area.code)"
        }
    }

    private static func entry(from verdict: Verdict) -> Entry {
        var age: Int?
        for case .minimumAge(let years) in verdict.conditions { age = years }
        return Entry(
            status: verdict.status, certainty: certainty(of: verdict), minimumAge: age,
            rule: verdict.deciding.first?.reference)
    }

    private static func certainty(of verdict: Verdict) -> Resolution.Certainty {
        let fitting = verdict.candidates.map { $0.status == verdict.status }
        if fitting.allSatisfy({ $0 }) {
            // Military mail: the law of the host country may be stricter than ours.
            let isPost = verdict.chain.map(\.id) == ["US"]
            return isPost && verdict.status != .prohibited ? .likely : .certain
        }
        var (share, whole) = (0.0, 0.0)
        for (fits, entry) in zip(fitting, verdict.candidates) {
            whole += entry.candidate.share ?? 0
            if fits { share += entry.candidate.share ?? 0 }
        }
        return fitting[0] || (whole > 0 && share >= whole / 2) ? .likely : .possible
    }
}
