import Legality
import Testing

@Suite("A verdict")
struct VerdictTests {
    private let california = table(
        country("US"),
        state(
            "US-CA", rule("sale", .prohibited, to: [.sell, .manufacture], by: .agencyPosition),
            rule("possession", .legal, to: [.possess, .use], by: nil)))

    @Test("without an activity is the strictest over possess, use, buy and sell, and lists each")
    func summary() {
        let verdict = california.verdict("US-CA")
        #expect(verdict.status == .prohibited)
        #expect(verdict.activity == nil)
        let statuses = Dictionary(uniqueKeysWithValues: zip(Activity.allCases, verdict.activities))
        #expect(statuses[.possess] == .legal)
        #expect(statuses[.use] == .legal)
        #expect(statuses[.buy] == .prohibited)
        #expect(statuses[.sell] == .prohibited)
        #expect(statuses[.manufacture] == .prohibited)
        #expect(statuses[.import] == .unknown)
    }

    @Test("does not count activities beside those four")
    func notSummed() {
        let table = table(
            country("US", rule("free", .legal, to: [.possess]), rule("farm", .prohibited, to: [.cultivate])))
        #expect(table.status("US") == .legal)
    }

    @Test("tells for each rule the activities that it decided, and what was inferred apart")
    func participants() {
        let deciding = california.verdict("US-CA").deciding
        #expect(deciding.map(\.activities.members) == [[.sell], [.buy]])
        #expect(deciding.map { $0.inferred != nil } == [false, true])
    }

    @Test("on an activity is about that alone")
    func oneActivity() {
        let verdict = california.verdict("US-CA", on: .kratom, .possess)
        #expect(verdict.status == .legal)
        #expect(california.deciding(verdict) == ["US-CA#possession"])
    }

    @Test("has the evidence date and confidence of its weakest deciding rule")
    func weakest() {
        let table = table(
            country("US", rule("a", .prohibited, confidence: .high)),
            state("US-AL", rule("b", .prohibited, confidence: .medium), reviewed: "2025-03"))
        let verdict = table.verdict("US-AL")
        #expect(verdict.confidence == .medium)
        #expect(verdict.reviewed == PartialDate("2025-03"))
    }

    @Test("shows advisories beside it, of every level and union, and never changes for them")
    func advisories() {
        let advisory = Advisory(text: "Not to be marketed.", issuer: "Agency", date: nil, url: nil)
        let union = Jurisdiction(id: "EU", name: "EU", kind: .union, parentID: nil, advisories: [advisory])
        let with = table(union, country("DE", rule("free", .legal), memberOf: ["EU"], advisories: [advisory]))
        let without = table(country("DE", rule("free", .legal)))
        let verdict = with.verdict("DE")
        #expect(verdict.status == without.verdict("DE").status)
        #expect(verdict.warnings == without.verdict("DE").warnings)
        #expect(verdict.advisories.map { with.jurisdictions[$0.jurisdiction].id } == ["DE", "EU"])
        #expect(table(union, country("DE", memberOf: ["EU"])).status("DE") == .unknown)
    }

    @Test("is about today by the jurisdiction's own civil date where no day is given")
    func ownDay() {
        struct Clock: CivilClock {
            func today(in timeZone: String?) -> CivilDate {
                day(timeZone == "Pacific/Auckland" ? "2026-04-01" : "2026-03-31")
            }
        }
        let act = rule("act", .regulated, from: "2026-04-01")
        let table = table(
            country("US"), state("US-X", act, timeZone: "Pacific/Auckland"),
            state("US-Y", act, timeZone: "America/New_York"), county("US-X/county:z", in: "US-X"))
        func verdict(_ ids: String...) -> Verdict {
            table.judge(Query(substance: 0), at: table.resolution(ofAny: ids), clock: Clock())
        }
        #expect(verdict("US-X").status == .regulated)
        #expect(verdict("US-X/county:z").status == .regulated)
        #expect(verdict("US-Y").status == .unknown)
        #expect(verdict("US-Y", "US-X").day == day("2026-04-01"))
        #expect(verdict("US-Y", "US-X").status == .regulated)
    }
}

@Suite("A place that may be several")
struct CandidateTests {
    private let law = table(
        country("US"), state("US-A", rule("act", .regulated)),
        state("US-B", rule("ban", .prohibited, on: [.kratom, .extract], to: [.sell])),
        state("US-C", rule("seven", .prohibited, on: [.sevenOH])))

    @Test("gets the strictest answer, and the verdict says so")
    func strictest() {
        let verdict = law.verdict("US-A", "US-B")
        #expect(verdict.status == .prohibited)
        #expect(verdict.place.id == "US-B")
        #expect(verdict.candidate == 1)
        #expect(verdict.candidates.map(\.status) == [.regulated, .prohibited])
        let warning = verdict.warnings.compactMap { if case .ambiguousPlace(let text) = $0 { text } else { nil } }
        #expect(warning.count == 1)
        #expect(warning.first?.contains("US-A: regulated") == true)
    }

    @Test("gets the likeliest of those that agree")
    func likeliest() {
        #expect(law.verdict("US-A", "US-A").candidate == 0)
    }

    @Test("shows for each activity and substance what asking for it would give")
    func consistent() {
        let verdict = law.verdict("US-A", "US-B", "US-C")
        for activity in Activity.allCases {
            let own = law.verdict("US-A", "US-B", "US-C", on: .kratom, activity)
            #expect(verdict.activities[Int(activity.rawValue)] == own.status, "\(activity)")
        }
        for plant in Plant.allCases {
            #expect(verdict.substances[Int(plant.rawValue)] == law.verdict("US-A", "US-B", "US-C", on: plant).status)
        }
    }

    @Test("that is certain does not warn")
    func certain() {
        #expect(!law.verdict("US-A").warnings.contains { if case .ambiguousPlace = $0 { true } else { false } })
    }
}
