import Legality

/// What the rules of one jurisdiction say of each other, and how old its evidence is.
struct RuleChecks {
    let draft: JurisdictionDraft
    let tableDate: CivilDate?

    /// Days after which evidence counts as old, as it does in verdicts.
    static let oldAge = 180

    func faults() -> [Fault] {
        overrides() + contradictions() + unincorporated() + age() + emergencies()
    }

    /// Only what has cities inside can make a rule for the land between them.
    private func unincorporated() -> [Fault] {
        let kinds: [Jurisdiction.Kind] = [.county, .parish, .borough, .municipio, .censusArea]
        guard !kinds.contains(draft.jurisdiction.kind) else { return [] }
        return draft.rules.filter(\.rule.isUnincorporatedOnly).map { rule in
            draft.fault(
                "\"\(rule.rule.id)\" is for unincorporated areas of a \(draft.jurisdiction.kind.rawValue)",
                at: rule.position, hint: "only rules of counties are; take unincorporated_only out")
        }
    }

    // MARK: Overrides

    private func overrides() -> [Fault] {
        var faults: [Fault] = []
        let targets = Dictionary(
            draft.rules.map { ($0.rule.id, $0.rule.overrides) }, uniquingKeysWith: { first, _ in first })
        for rule in draft.rules {
            for (id, position) in rule.overrides {
                if targets[id] == nil {
                    faults.append(
                        draft.fault(
                            "unknown rule \"\(id.printable)\"", at: position,
                            hint: Suggestion.hint(for: id, among: draft.rules.map(\.rule.id))
                                ?? "it names a rule of the same jurisdiction"))
                } else if reaches(rule.rule.id, from: id, targets) {
                    faults.append(
                        draft.fault(
                            "\"\(rule.rule.id)\" overrides a rule that prevails over it", at: position,
                            hint: "one of the two has to give way"))
                }
            }
        }
        return faults
    }

    private func reaches(_ goal: String, from start: String, _ targets: [String: [String]]) -> Bool {
        var seen: Set<String> = []
        var open = [start]
        while let id = open.popLast() {
            if id == goal { return true }
            if seen.insert(id).inserted { open += targets[id] ?? [] }
        }
        return false
    }

    // MARK: Contradictions

    /// A rule that calls lawful what another prohibits, for some day for certain, without either saying which prevails.
    private func contradictions() -> [Fault] {
        var faults: [Fault] = []
        for (position, later) in draft.rules.enumerated() {
            guard let other = draft.rules[..<position].first(where: { contradict($0.rule, later.rule) }) else {
                continue
            }
            faults.append(
                draft.fault(
                    "\"\(later.rule.id)\" (\(later.rule.status.word)) contradicts \"\(other.rule.id)\""
                        + " (\(other.rule.status.word)) of line \(other.position.line)",
                    at: later.position,
                    hint: "end one where the other begins, or let one override the other"))
        }
        return faults
    }

    private func contradict(_ one: Rule, _ other: Rule) -> Bool {
        guard isLawful(one) && isBan(other) || isBan(one) && isLawful(other) else { return false }
        return !one.substances.isDisjoint(with: other.substances)
            && !one.activities.isDisjoint(with: other.activities)
            && one.interval.certainlyOverlaps(other.interval)
            && !one.overrides.contains(other.id) && !other.overrides.contains(one.id)
    }

    private func isLawful(_ rule: Rule) -> Bool { rule.status == .legal || rule.status == .regulated }

    /// A prohibition with exceptions and a rule on what it leaves lawful can stand side by side.
    private func isBan(_ rule: Rule) -> Bool { rule.status == .prohibited && rule.exceptions.isEmpty }

    // MARK: Age

    private func age() -> [Fault] {
        guard let tableDate, let reviewed = draft.jurisdiction.reviewed else {
            guard !draft.rules.isEmpty, draft.jurisdiction.reviewed == nil, tableDate != nil else { return [] }
            return [
                draft.fault(
                    "rules without the date of their evidence", at: draft.idPosition, hint: "add the key reviewed",
                    severity: .warning)
            ]
        }
        let days = tableDate.days(since: reviewed.latest)
        guard days > RuleChecks.oldAge else { return [] }
        return [
            draft.fault(
                "the newest evidence, of \(reviewed), was \(days) days old on the table's date",
                at: draft.reviewedPosition, hint: "look whether anything has changed", severity: .warning)
        ]
    }

    private func emergencies() -> [Fault] {
        draft.rules.compactMap { candidate in
            let rule = candidate.rule
            guard rule.authority?.kind == .emergencyRule else { return nil }
            guard let until = rule.interval.until else {
                return draft.fault(
                    "the emergency rule \"\(rule.id)\" has no end", at: candidate.position,
                    hint: "emergency rules expire; add the key until", severity: .warning)
            }
            guard let tableDate, until.latest <= tableDate, !hasSuccessor(rule, after: until) else { return nil }
            return draft.fault(
                "the emergency rule \"\(rule.id)\" expired on \(until) and nothing follows it",
                at: candidate.untilPosition, hint: "what holds since then?", severity: .warning)
        }
    }

    /// Whether another rule on some of the same holds when this one has ended.
    private func hasSuccessor(_ rule: Rule, after until: PartialDate) -> Bool {
        draft.rules.contains { other in
            other.rule.id != rule.id && !other.rule.substances.isDisjoint(with: rule.substances)
                && !other.rule.activities.isDisjoint(with: rule.activities)
                && (other.rule.interval.until.map { $0.latest > until.latest } ?? true)
        }
    }
}
