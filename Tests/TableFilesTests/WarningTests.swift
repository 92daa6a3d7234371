import Testing

@testable import TableFiles

/// What does not keep a table from being used, but somebody should look at.
struct WarningTests {
    private func warnings(_ edit: (inout SmallTable) -> Void) throws -> [String] {
        var table = SmallTable()
        edit(&table)
        let reading = try table.read()
        #expect(reading.faults == [])
        #expect(reading.table != nil)
        return reading.warnings.map(\.description)
    }

    @Test func evidenceOfMoreThanHalfAYear() throws {
        let old = try warnings { $0.replace("reviewed: 2026-06-07", with: "reviewed: 2026-05-24", in: "us/ri.yaml") }
        #expect(
            old == [
                "us/ri.yaml:5:11: warning: the newest evidence, of 2026-05-24, was 181 days old on the table's date; look whether anything has changed"
            ])
        #expect(
            try warnings { $0.replace("reviewed: 2026-06-07", with: "reviewed: 2026-05-25", in: "us/ri.yaml") } == [])
    }

    @Test func evidenceOfAMonthCountsAsOfItsLastDay() throws {
        #expect(try warnings { $0.replace("reviewed: 2026-06-07", with: "reviewed: 2026-05", in: "us/ri.yaml") } == [])
        #expect(
            try warnings { $0.replace("reviewed: 2026-06-07", with: "reviewed: 2026-04", in: "us/ri.yaml") }.count == 1)
    }

    @Test func rulesWithoutTheDateOfTheirEvidence() throws {
        #expect(
            try warnings { $0.replace("reviewed: 2026-06-07\n", with: "", in: "us/ri.yaml") } == [
                "us/ri.yaml:1:5: warning: rules without the date of their evidence; add the key reviewed"
            ])
    }

    @Test func aSingleSourceOfLowConfidence() throws {
        #expect(
            try warnings { $0.replace("confidence: high", with: "confidence: low", in: "ch.yaml") } == [
                "ch.yaml:15:17: warning: rests on a single source of low confidence; look for a second one"
            ])
        #expect(try warnings { $0.replace("confidence: high", with: "confidence: low", in: "us/ri.yaml") } == [])
    }

    @Test func anEmergencyRuleWithoutEnd() throws {
        #expect(
            try warnings { $0.replace("kind: agency_position", with: "kind: emergency_rule", in: "us/ca.yaml") } == [
                "us/ca.yaml:9:5: warning: the emergency rule \"health-department\" has no end; emergency rules expire; add the key until"
            ])
    }

    @Test func anExpiredEmergencyRuleThatNothingFollows() throws {
        let expired = try warnings {
            $0.replace("kind: agency_position", with: "kind: emergency_rule", in: "us/ca.yaml")
            $0.replace("from: 2025-10\n", with: "from: 2025-10\n    until: 2026-11-21\n", in: "us/ca.yaml")
        }
        #expect(
            expired == [
                "us/ca.yaml:14:12: warning: the emergency rule \"health-department\" expired on 2026-11-21 and nothing follows it; what holds since then?"
            ])
        // Rhode Island's schedule has the act after it.
        #expect(
            try warnings {
                $0.replace("kind: regulation", with: "kind: emergency_rule", in: "us/ri.yaml")
            } == [])
        #expect(
            try warnings {
                $0.replace("kind: agency_position", with: "kind: emergency_rule", in: "us/ca.yaml")
                $0.replace("from: 2025-10\n", with: "from: 2025-10\n    until: 2026-11-22\n", in: "us/ca.yaml")
            } == [])
    }
}
