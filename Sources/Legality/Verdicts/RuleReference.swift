/// A rule of one table: which jurisdiction's, and which of its rules.
public struct RuleReference: Hashable, Sendable {
    /// Index into `Table.jurisdictions`.
    public let jurisdiction: Int
    /// Index into that jurisdiction's `rules`.
    public let rule: Int

    public init(jurisdiction: Int, rule: Int) {
        self.jurisdiction = jurisdiction
        self.rule = rule
    }
}

extension Table {
    public subscript(reference: RuleReference) -> Rule {
        jurisdictions[reference.jurisdiction].rules[reference.rule]
    }

    /// The rule's id as it is written outside its jurisdiction: `US-RI#schedule-i`.
    public func qualifiedID(of reference: RuleReference) -> String {
        "\(jurisdictions[reference.jurisdiction].id)#\(self[reference].id)"
    }
}
