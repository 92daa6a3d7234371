/// What somebody who relies on a verdict has to mind.
public enum Warning: Hashable, Sendable {
    /// The place may lie in several chains of jurisdictions.
    case ambiguousPlace(String)
    /// The place was understood only in part.
    case doubtfulPlace(String)
    /// A rule on weak or conflicting evidence takes the matter from stricter ones below it.
    case doubtfulPreemption(rule: String, preempted: [String])
    /// The evidence ends more than 180 days before the day.
    case oldEvidence(reviewed: PartialDate, days: Int)
    case noEvidenceDate
    case lowConfidence(rule: String)
    case singleSource(rule: String)
    case conflict(rule: String, text: String)
    case inferred(rule: String, text: String)
    /// The day lies where a rule's beginning or end is known only to the month or year.
    case doubtfulDate(rule: String, boundary: PartialDate, isEnd: Bool)
    /// Nobody knows when the rule began, and the day lies before the first evidence of it.
    case unknownBeginning(rule: String, firstEvidence: PartialDate)
    case expiredEmergencyRule(rule: String, until: PartialDate)
    /// A state or territory of which nothing is known.
    case silentJurisdiction(name: String)

    /// A sentence.
    public var text: String {
        switch self {
        case .ambiguousPlace(let text), .doubtfulPlace(let text): text
        case .doubtfulPreemption(let rule, let preempted):
            "\(rule) sets aside \(preempted.joined(separator: ", ")), which would be stricter, and its own evidence is "
                + "weak or in conflict."
        case .oldEvidence(let reviewed, let days):
            "The evidence ends \(reviewed), \(days)\(Warning.oldEvidenceEnd)"
        case .noEvidenceDate: "The evidence is undated."
        case .lowConfidence(let rule): "\(rule) rests on weak evidence (low confidence)."
        case .singleSource(let rule): "\(rule) rests on a single source."
        case .conflict(let rule, let text): "The sources of \(rule) conflict: \(text)"
        case .inferred(let rule, let text): "Inferred from \(rule): \(text)."
        case .doubtfulDate(let rule, let boundary, let isEnd):
            "\(rule) \(isEnd ? "ended" : "began") in \(boundary), the day is not known: the stricter side was taken."
        case .unknownBeginning(let rule, let firstEvidence):
            "When \(rule) began is not known; the first evidence of it is of \(firstEvidence)."
        case .expiredEmergencyRule(let rule, let until):
            "The emergency rule \(rule) expired on \(until); nothing that came after it is known."
        case .silentJurisdiction(let name):
            "Nothing is known of the law of \(name) itself; only what holds above it was judged."
        }
    }

    /// What follows the number of days in the text about old evidence.
    public static let oldEvidenceEnd = " days before the day asked about."

    /// Evidence older than this many days before the day asked about is called old.
    public static let evidenceLifeInDays = 180
}
