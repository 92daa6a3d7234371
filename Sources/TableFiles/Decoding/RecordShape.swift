import Legality

/// The keys that a mapping of the data files may have. `data/schema.json` says the same to editors; a test holds the
/// two together.
struct RecordShape: Sendable {
    /// As it is called in messages: `a rule`.
    let name: String
    let required: [String]
    let optional: [String]

    /// All of them, in the order in which people write them.
    let keys: [String]

    init(name: String, required: [String], optional: [String]) {
        self.name = name
        self.required = required
        self.optional = optional
        keys = required + optional
    }

    static let tableInformation = RecordShape(
        name: "table.yaml", required: ["version", "date"], optional: ["title", "licence"])

    static let substances = RecordShape(
        name: "substances.yaml", required: ["default", "substances", "activities", "summary_activities"], optional: [])
    static let substance = RecordShape(
        name: "a substance", required: ["id", "name"],
        optional: ["aliases", "broader", "inference", "barred_by", "note"])
    static let activity = RecordShape(name: "an activity", required: ["id"], optional: ["follows", "requires"])

    static let jurisdiction = RecordShape(
        name: "a jurisdiction", required: ["id", "name", "kind", "summary"],
        optional: [
            "parent", "inherits", "member_of", "timezone", "reviewed", "rules", "advisories", "pending",
            "open_questions", "localities",
        ])
    static let locality = RecordShape(
        name: "a locality", required: ["id", "name", "kind", "parent", "summary"],
        optional: [
            "unlisted", "inherits", "timezone", "reviewed", "rules", "advisories", "pending", "open_questions",
        ])
    static let rule = RecordShape(
        name: "a rule", required: ["id", "substances", "activities", "status", "confidence", "sources"],
        optional: [
            "from", "until", "conditions", "exceptions", "authority", "overrides", "preempts", "unincorporated_only",
            "penalty", "note",
            "conflict",
        ])
    /// What makes a thing lawful, or keeps it outside a prohibition.
    static let conditions = RecordShape(
        name: "conditions", required: [], optional: Condition.Kind.allCases.map(\.rawValue))
    static let exceptions = RecordShape(
        name: "exceptions", required: [], optional: Condition.Kind.allCases.map(\.rawValue))
    static let authority = RecordShape(
        name: "an authority", required: ["kind", "citation"], optional: ["schedule"])
    static let source = RecordShape(
        name: "a source", required: ["url", "publisher", "primary", "gist"], optional: ["date"])
    static let advisory = RecordShape(name: "an advisory", required: ["text", "issuer"], optional: ["date", "url"])
    static let pending = RecordShape(
        name: "a pending measure", required: ["what", "state"], optional: ["date", "url"])
}
