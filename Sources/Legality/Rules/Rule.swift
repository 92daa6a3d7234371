/// One jurisdiction's status for some substances and activities over an effective interval.
public struct Rule: Sendable {
    /// Unique within its jurisdiction; `US-RI#schedule-i` everywhere.
    public let id: String
    public let substances: SubstanceSet
    public let activities: ActivitySet
    /// Never `unknown`.
    public let status: Status
    public let interval: EffectiveInterval
    /// What makes the thing lawful. A condition that the query fails makes the rule a prohibition for it.
    public let conditions: [Condition]
    /// What stays outside a prohibition: where a query meets all of them, the rule does not apply to it.
    public let exceptions: [Condition]
    /// Nil where the sources name no law or say that there is none.
    public let authority: Authority?
    /// Ids of rules of the same jurisdiction that this one prevails over.
    public let overrides: [String]
    /// Whether rules of jurisdictions inside this one on the same substances and activities give way to it.
    public let preempts: Bool
    /// Whether it holds only outside cities, towns and villages that have a council of their own, as most county
    /// ordinances do.
    public let isUnincorporatedOnly: Bool
    public let penalty: String?
    public let note: String?
    /// Where sources contradict each other: in what.
    public let conflict: String?
    public let confidence: Confidence
    public let sources: [Source]

    public init(
        id: String, substances: SubstanceSet, activities: ActivitySet, status: Status, interval: EffectiveInterval,
        conditions: [Condition] = [], exceptions: [Condition] = [], authority: Authority? = nil,
        overrides: [String] = [], preempts: Bool = false, isUnincorporatedOnly: Bool = false, penalty: String? = nil,
        note: String? = nil,
        conflict: String? = nil, confidence: Confidence, sources: [Source]
    ) {
        self.id = id
        self.substances = substances
        self.activities = activities
        self.status = status
        self.interval = interval
        self.conditions = conditions
        self.exceptions = exceptions
        self.authority = authority
        self.overrides = overrides
        self.preempts = preempts
        self.isUnincorporatedOnly = isUnincorporatedOnly
        self.penalty = penalty
        self.note = note
        self.conflict = conflict
        self.confidence = confidence
        self.sources = sources
    }
}
