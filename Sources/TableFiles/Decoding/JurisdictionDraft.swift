import Legality

/// A jurisdiction as one file tells of it, with what the checks across files have to know beside it.
struct JurisdictionDraft: Sendable {
    let file: String
    /// The id that the file's name calls for.
    let fileID: String
    /// Whether it stands among the file's localities.
    let isLocality: Bool
    let jurisdiction: Jurisdiction
    let rules: [RuleDraft]
    let idPosition: Position
    let parentPosition: Position
    let kindPosition: Position
    let memberships: [Position]
    let reviewedPosition: Position
    /// Whether the file says that lists of places do not know it.
    let unlisted: Position?
}

/// Where a rule and its parts stand.
struct RuleDraft: Sendable {
    let rule: Rule
    let position: Position
    let untilPosition: Position
    let overrides: [(id: String, position: Position)]
}

/// What reading one jurisdiction file gave.
struct JurisdictionFile: Sendable {
    /// The jurisdiction and its localities; those without a readable id are left out.
    var drafts: [JurisdictionDraft] = []
    var faults: [Fault] = []
}
