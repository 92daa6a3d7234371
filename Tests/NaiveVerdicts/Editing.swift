import Legality

extension Table {
    /// The table with other rules in its jurisdictions.
    public func replacingRules(_ rules: (Jurisdiction) -> [Rule]) -> Table {
        replacing(jurisdictions.map { $0.replacing(rules: rules($0)) })
    }

    /// The table with other jurisdictions.
    public func replacing(_ jurisdictions: [Jurisdiction]) -> Table {
        Table(
            version: version, digest: digest, vocabulary: vocabulary, jurisdictions: jurisdictions,
            gazetteer: gazetteer)
    }
}

extension Jurisdiction {
    public func replacing(rules: [Rule]) -> Jurisdiction {
        Jurisdiction(
            id: id, name: name, kind: kind, parentID: parentID, inherits: inherits, memberOf: memberOf,
            timeZone: timeZone, reviewed: reviewed, summary: summary, rules: rules, advisories: advisories,
            pending: pending, openQuestions: openQuestions)
    }
}
