import Legality
import NaiveVerdicts

/// A rule on leaf and on every activity, in force since nobody knows when, unless said otherwise.
func rule(
    _ id: String, _ status: Status, on substances: [Plant] = [.kratom], to activities: [Activity] = Activity.allCases,
    from: String? = nil, until: String? = nil, if conditions: [Condition] = [], except: [Condition] = [],
    overrides: [String] = [], preempts: Bool = false, by authority: Authority.Kind? = .statute,
    conflict: String? = nil, confidence: Confidence = .high, evidence: [String] = ["2020-01-01", "2020-02-01"]
) -> Rule {
    Rule(
        id: id, substances: SubstanceSet(substances), activities: ActivitySet(activities), status: status,
        interval: interval(from, until), conditions: conditions, exceptions: except,
        authority: authority.map { Authority(kind: $0, citation: "Act \(id)", schedule: nil) }, overrides: overrides,
        preempts: preempts, conflict: conflict, confidence: confidence,
        sources: evidence.map {
            Source(
                url: "https://example.org/\(id)", publisher: "Gazette", date: PartialDate($0), isPrimary: true,
                gist: "It says so.")
        })
}

func interval(_ from: String?, _ until: String?) -> EffectiveInterval {
    EffectiveInterval(from: from.flatMap { PartialDate($0) }, until: until.flatMap { PartialDate($0) })
}

func country(
    _ id: String = "US", _ rules: Rule..., memberOf: [String] = [], advisories: [Advisory] = []
) -> Jurisdiction {
    Jurisdiction(
        id: id, name: id, kind: .country, parentID: nil, memberOf: memberOf, timeZone: "Etc/UTC",
        reviewed: PartialDate("2026-06-01"), rules: rules, advisories: advisories)
}

func state(
    _ id: String, _ rules: Rule..., in parent: String = "US", inherits: Bool = true, reviewed: String? = "2026-06-01",
    timeZone: String? = nil
) -> Jurisdiction {
    Jurisdiction(
        id: id, name: id, kind: .state, parentID: parent, inherits: inherits, timeZone: timeZone,
        reviewed: reviewed.flatMap { PartialDate($0) }, rules: rules)
}

func county(_ id: String, in parent: String, _ rules: Rule...) -> Jurisdiction {
    Jurisdiction(
        id: id, name: id, kind: .county, parentID: parent, reviewed: PartialDate("2026-06-01"), rules: rules)
}

func table(_ jurisdictions: Jurisdiction..., vocabulary: Vocabulary = .plant) -> Table {
    Table(
        version: "2026.11.21", digest: "", vocabulary: vocabulary, jurisdictions: jurisdictions, gazetteer: .empty)
}

/// The day on which tests without another one ask.
let today = "2026-11-21"

func day(_ text: String) -> CivilDate {
    CivilDate(text)!
}

func query(
    _ plant: Plant = .kratom, _ activity: Activity? = nil, on date: String? = today, _ circumstances: Circumstances
) -> Query {
    Query(
        substance: plant.rawValue, activity: activity, circumstances: circumstances,
        day: date.map { day($0) })
}

extension Table {
    /// The verdict at the id of a jurisdiction, or at a place that may lie in several.
    func verdict(
        _ places: String..., on plant: Plant = .kratom, _ activity: Activity? = nil, day: String? = today,
        given circumstances: Circumstances = Circumstances()
    ) -> Verdict {
        judge(
            query(plant, activity, on: day, circumstances), at: resolution(ofAny: places),
            clock: FixedClock(LegalityTests.day(today)))
    }

    /// The verdict's status alone.
    func status(
        _ place: String, _ plant: Plant = .kratom, _ activity: Activity? = nil, day: String? = today,
        given circumstances: Circumstances = Circumstances()
    ) -> Status {
        verdict(place, on: plant, activity, day: day, given: circumstances).status
    }

    func ids(_ participants: [Verdict.Participant]) -> [String] {
        participants.map { qualifiedID(of: $0.reference) }
    }

    /// Ids of the rules that decided.
    func deciding(_ verdict: Verdict) -> [String] { ids(verdict.deciding) }
}
