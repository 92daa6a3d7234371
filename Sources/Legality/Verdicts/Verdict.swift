/// The answer to a query: a status, and everything that somebody needs to check it.
public struct Verdict: Sendable {
    /// The candidate that decided: the strictest, of equals the likeliest.
    public let candidate: Int
    /// Every candidate with its own status, in the order of the resolution.
    public let candidates: [(candidate: Resolution.Candidate, status: Status)]
    public let day: CivilDate
    public let substance: Substance.Index
    public let activity: Activity?
    public let status: Status
    /// For each activity, in the order of `Activity.allCases`.
    public let activities: [Status]
    /// For each substance of the vocabulary, for the same activity.
    public let substances: [Status]
    /// Of the deciding rules; where nothing is prohibited, of every rule that took part.
    public let conditions: [Condition]
    public let deciding: [Participant]
    public let preempted: [Participant]
    public let nextChange: Change?
    public let advisories: [(jurisdiction: Int, advisory: Advisory)]
    /// The lowest of the deciding rules'; nil where nothing is known.
    public let confidence: Confidence?
    /// The oldest evidence date of the jurisdictions whose rules decided.
    public let reviewed: PartialDate?
    public let warnings: [Warning]

    public var chain: [ChainLink] { candidates[candidate].candidate.chain }
    public var place: ChainLink { chain[0] }

    /// A rule that took part.
    public struct Participant: Sendable {
        public let reference: RuleReference
        /// What it came to for this query.
        public let status: Status
        /// The activities of the answer that it took part in.
        public var activities: ActivitySet
        /// In words, where the rule does not name substance and activity itself.
        public let inferred: String?
    }

    /// A day on which the answer becomes another.
    public struct Change: Hashable, Sendable {
        public let day: CivilDate
        public let status: Status
    }
}
