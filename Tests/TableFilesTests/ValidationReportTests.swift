import Foundation
import Testing

@testable import TableFiles

struct ValidationReportTests {
    @Test func aSoundTableIsOneLine() throws {
        let report = ValidationReport(try SmallTable().read())
        #expect(
            report.text
                == "0 faults, 0 warnings in table 2026.11.21: 7 files, 7 jurisdictions, 6 rules\n")
        #expect(report.isUsable)
    }

    @Test func faultsComeInTheOrderOfTheFilesAndAreCounted() throws {
        var table = SmallTable()
        table.replace("kind: country", with: "kind: contry", in: "ch.yaml")
        table.replace("reviewed: 2026-06-07", with: "reviewed: 2025", in: "us/ri.yaml")
        let report = ValidationReport(try table.read(), withCoverage: true)
        #expect(
            report.text.split(separator: "\n") == [
                "ch.yaml:3:7: unknown kind \"contry\"; did you mean \"country\"?",
                "us/ri.yaml:5:11: warning: the newest evidence, of 2025, was 325 days old on the table's date; look whether anything has changed",
                "1 fault, 1 warning",
            ])
        #expect(!report.isUsable)
    }

    @Test func theJSONHasTheSameForPrograms() throws {
        var table = SmallTable()
        table.replace("kind: country", with: "kind: \"con\\ntry\"", in: "ch.yaml")
        let json = ValidationReport(try table.read()).json
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let fault = try #require((object["faults"] as? [[String: Any]])?.first)
        #expect(object["usable"] as? Bool == false)
        #expect(fault["file"] as? String == "ch.yaml")
        #expect(fault["line"] as? Int == 3)
        #expect(fault["column"] as? Int == 7)
        #expect(fault["message"] as? String == "unknown kind \"con\\u{a}try\"")
        #expect(json.filter { $0 == "\n" }.count == 1)
    }

    @Test func coverageTellsWhatIsThereAndWhatIsMissing() throws {
        let report = ValidationReport(try SmallTable().read(), withCoverage: true)
        let entries = try #require(report.coverage?.entries)
        #expect(entries.map(\.id) == ["CH", "US", "US-CA", "US-RI"])
        #expect(entries[0].gaps == ["nothing on 7-hydroxymitragynine"])
        #expect(
            entries[2].gaps == [
                "kratom: no possess, use, cultivate, import, export", "nothing on 7-hydroxymitragynine",
            ])
        #expect(entries[2].localities == 2)
        #expect(entries[2].localRules == 1)
        #expect(
            entries[3].gaps == [
                "no primary source", "sources contradict each other", "nothing on 7-hydroxymitragynine",
            ])
        #expect(entries[3].sources == 3)
        #expect(entries[3].confidence == [.high: 1, .medium: 1])
        let lines = report.text.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[0].hasPrefix("JURISDICTION  NAME"))
        #expect(lines[5].hasPrefix("TOTAL         4 jurisdictions      5           2            1        6"))
    }
}
