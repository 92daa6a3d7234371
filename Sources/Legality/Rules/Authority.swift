/// What gives a rule its force.
public struct Authority: Hashable, Sendable {
    public let kind: Kind
    public let citation: String
    /// The schedule, list or class that a substance was put in, as the law names it.
    public let schedule: String?

    public init(kind: Kind, citation: String, schedule: String?) {
        self.kind = kind
        self.citation = citation
        self.schedule = schedule
    }

    public enum Kind: String, CaseIterable, Sendable {
        case statute
        case regulation
        case emergencyRule = "emergency_rule"
        case ordinance
        case court
        /// A reading of the law that an agency enforces against ordinary dealings.
        case agencyPosition = "agency_position"
    }
}
