import Foundation
import Legality
import Testing

@testable import TableFiles

struct TableDifferenceTests {
    /// What changed from the small table to an edited one, in lines.
    private func lines(_ edit: (inout SmallTable) -> Void) throws -> [String] {
        try difference(edit).text.split(separator: "\n").map(String.init)
    }

    private func difference(_ edit: (inout SmallTable) -> Void) throws -> TableDifference {
        var edited = SmallTable()
        edit(&edited)
        let reading = try edited.read()
        #expect(reading.faults.map(\.description) == [])
        return TableDifference(from: try #require(try SmallTable().read().table), to: try #require(reading.table))
    }

    @Test func aTableDoesNotDifferFromItself() throws {
        let difference = try difference { _ in }
        #expect(difference.isEmpty)
        #expect(difference.text == "")
        #expect(difference.json.hasPrefix("{\"same\":true,"))
    }

    @Test func commentsAndVersionsAreNoDifference() throws {
        let difference = try difference {
            $0.replace("id: CH\n", with: "# Corrected by hand.\nid: CH\n", in: "ch.yaml")
            $0.replace("2026.11.21", with: "2026.11.21.1", in: "table.yaml")
        }
        #expect(difference.isEmpty)
        #expect(difference.old.digest != difference.new.digest)
    }

    @Test func aBanToComeIsTheLawFromItsDay() throws {
        let found = try lines {
            $0.replace("    preempts: true\n", with: "    preempts: true\n    until: 2027-07-01\n", in: "us/ri.yaml")
            $0.replace(
                "rules:\n",
                with: """
                    rules:
                      - id: ban
                        substances: [kratom, extract]
                        activities: all
                        status: prohibited
                        from: 2027-07-01
                        authority: {kind: statute, citation: Public Law 1}
                        confidence: medium
                        sources: [{url: "https://d.example.org/", publisher: D, primary: true, gist: A ban.}]

                    """, in: "us/ri.yaml")
        }
        #expect(
            found == [
                "US-RI kratom, extract: regulated → prohibited from 2027-07-01",
                "US-RI#ban: rule added: prohibited from 2027-07-01, Public Law 1",
                "US-RI#kratom-act: until none → 2027-07-01",
            ])
    }

    @Test func whatChangesForSomeSubstancesAndActivitiesNamesThem() throws {
        let found = try lines {
            $0.replace("activities: [sell, manufacture]", with: "activities: [sell]", in: "us/ca.yaml")
            $0.replace(
                "    substances: [kratom]\n    activities: [sell]",
                with: "    substances: [kratom, 7-hydroxymitragynine]\n    activities: [sell]", in: "us/ca.yaml")
        }
        #expect(
            found == [
                "US-CA kratom (manufacture): prohibited → unknown from 2025-10",
                "US-CA 7-hydroxymitragynine (sell): unknown → prohibited from 2025-10",
                "US-CA#health-department: substances kratom → 7-hydroxymitragynine, kratom",
                "US-CA#health-department: activities sell, manufacture → sell",
            ])
    }

    @Test func aRepealEndsTheLaw() throws {
        let found = try lines { $0.replace("from: 2017-10\n", with: "from: 2017-10\n    until: 2027\n", in: "ch.yaml") }
        #expect(
            found == [
                "CH kratom, extract: prohibited → unknown from 2027", "CH#narcotics-list: until none → 2027",
            ])
    }

    @Test func aDateKnownBetterIsNoChangeOfTheLaw() throws {
        let found = try lines { $0.replace("from: 2017-10\n", with: "from: 2017-10-01\n", in: "ch.yaml") }
        #expect(found == ["CH#narcotics-list: from 2017-10 → 2017-10-01"])
    }

    @Test func aDateThatWasWrongIsAChangeOfTheLaw() throws {
        let found = try lines { $0.replace("from: 2017-10\n", with: "from: 2018-10\n", in: "ch.yaml") }
        #expect(
            found == [
                "CH kratom, extract: prohibited → unknown from 2017-10 until 2018-10",
                "CH#narcotics-list: from 2017-10 → 2018-10",
            ])
    }

    @Test func conditionsEvidenceAndWordsAreToldInBrief() throws {
        let found = try lines {
            $0.replace("minimum_age: 21", with: "minimum_age: 18", in: "us/ri.yaml")
            $0.replace("      max_7oh_ppm: 400\n", with: "", in: "us/ri.yaml")
            $0.replace("      licence: true\n", with: "      registration: true\n", in: "us/ri.yaml")
            $0.replace(
                "note: Licences since January 2026.", with: "note: Licences since February 2026.", in: "us/ri.yaml")
            $0.replace("    conflict: One list still calls it banned.\n", with: "", in: "us/ri.yaml")
            $0.replace("publisher: C,", with: "publisher: C, date: 2026,", in: "us/ri.yaml")
            $0.replace("reviewed: 2026-06-07", with: "reviewed: 2026-11-20", in: "us/ri.yaml")
            $0.replace("Lawful for adults", with: "Lawful from 18", in: "us/ri.yaml")
        }
        #expect(
            found == [
                "US-RI#kratom-act: minimum_age 21 → 18", "US-RI#kratom-act: max_7oh_ppm 400 → none",
                "US-RI#kratom-act: licence true → none", "US-RI#kratom-act: registration none → true",
                "US-RI#kratom-act: note reworded", "US-RI#kratom-act: conflict taken out",
                "US-RI#kratom-act: sources: 1 added, 1 taken out", "US-RI: reviewed 2026-06-07 → 2026-11-20",
                "US-RI: summary reworded",
            ])
    }

    @Test func jurisdictionsComeAndGo() throws {
        let found = try lines {
            $0.files["ch.yaml"] = nil
            $0.files["li.yaml"] = Array(
                $0.text("us.yaml").replacingOccurrences(of: "id: US", with: "id: LI")
                    .replacingOccurrences(of: "United States", with: "Liechtenstein").utf8)
        }
        #expect(
            found == [
                "LI: added, Liechtenstein", "LI kratom, extract: unknown → legal", "CH: removed, Switzerland",
                "CH kratom, extract: prohibited → unknown from 2017-10",
            ])
    }

    @Test func theVocabularyCounts() throws {
        let found = try lines {
            $0.replace("inference: follows", with: "inference: uncertain", in: "substances.yaml")
            $0.replace("{id: use, follows: possess}", with: "{id: use}", in: "substances.yaml")
            $0.replace("{id: cultivate}", with: "{id: cultivate, requires: possess}", in: "substances.yaml")
        }
        #expect(
            found == [
                "substances.yaml: use follows possess → none",
                "substances.yaml: cultivate requires none → possess",
                "substances.yaml: substance extract Kratom extract, follows kratom → Kratom extract, uncertain kratom",
            ])
    }

    @Test func theJSONHasTheSameForPrograms() throws {
        let json = try difference { $0.replace("from: 2017-10\n", with: "from: 2018-10\n", in: "ch.yaml") }.json
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let jurisdiction = try #require((object["jurisdictions"] as? [[String: Any]])?.first)
        let law = try #require((jurisdiction["law"] as? [[String: Any]])?.first)
        #expect(object["same"] as? Bool == false)
        #expect(jurisdiction["jurisdiction"] as? String == "CH")
        #expect(law["before"] as? String == "prohibited")
        #expect(law["after"] as? String == "unknown")
        #expect(law["from"] as? String == "2017-10")
        #expect((law["activities"] as? [String])?.count == 8)
        #expect(json.filter { $0 == "\n" }.count == 1)
    }
}
