/// What the warnings of a verdict are made from.
struct WarningContext {
    let query: Query
    let resolution: Resolution
    /// Of each candidate.
    let statuses: [Status]
    let chosen: Int
    let day: CivilDate
    /// Of the activities asked about.
    let findings: [ActivityFindings]
    let deciding: [Verdict.Participant]
    let reviewed: PartialDate?

    var status: Status { statuses[chosen] }
    var chain: [ChainLink] { resolution.candidates[chosen].chain }
}

extension Table {
    /// What somebody has to mind who relies on the verdict, each once.
    func warnings(in context: WarningContext) -> [Warning] {
        var warnings: [Warning] = []
        if let caveat = context.resolution.caveat { warnings.append(.doubtfulPlace(caveat)) }
        if context.resolution.candidates.count > 1 {
            warnings.append(.ambiguousPlace(ambiguityText(in: context)))
        }
        if context.status != .prohibited {
            warnings += silentLevels(of: context.chain).map { .silentJurisdiction(name: $0.name) }
        }
        warnings += evidenceWarnings(in: context)
        func add(_ warning: Warning) {
            if !warnings.contains(warning) { warnings.append(warning) }
        }
        for participant in context.deciding {
            ruleWarnings(on: participant, on: context.day).forEach(add)
        }
        // Where a rule that names it decides, what was inferred beside it adds nothing to the answer.
        if !context.deciding.contains(where: { $0.inferred == nil }) {
            for participant in context.deciding {
                guard let text = participant.inferred else { continue }
                add(.inferred(rule: qualifiedID(of: participant.reference), text: text))
            }
        }
        doubtWarnings(in: context).forEach(add)
        warnings += preemptionWarnings(in: context)
        return warnings + expiredEmergencyRules(in: context)
    }

    private func evidenceWarnings(in context: WarningContext) -> [Warning] {
        if context.deciding.isEmpty { return [] }
        guard let reviewed = context.reviewed else { return [.noEvidenceDate] }
        let age = context.day.days(since: reviewed.earliest)
        return age > Warning.evidenceLifeInDays ? [.oldEvidence(reviewed: reviewed, days: age)] : []
    }

    /// What is weak about the evidence of a rule that decided, and about its dates.
    private func ruleWarnings(on participant: Verdict.Participant, on day: CivilDate) -> [Warning] {
        let rule = self[participant.reference]
        var warnings: [Warning] = []
        lazy var id = qualifiedID(of: participant.reference)
        if rule.confidence == .low { warnings.append(.lowConfidence(rule: id)) }
        if rule.sources.count == 1 { warnings.append(.singleSource(rule: id)) }
        if let text = rule.conflict { warnings.append(.conflict(rule: id, text: text)) }
        if rule.interval.from == nil,
            let first = rule.sources.lazy.compactMap(\.date).min(by: { $0.earliest < $1.earliest }),
            day < first.earliest
        {
            warnings.append(.unknownBeginning(rule: id, firstEvidence: first))
        }
        return warnings + doubtfulBoundaries(of: participant.reference, on: day)
    }

    /// The boundaries of a rule that may or may not have passed.
    private func doubtfulBoundaries(of reference: RuleReference, on day: CivilDate) -> [Warning] {
        let interval = self[reference].interval
        guard interval.contains(day) == .doubtful else { return [] }
        return [(interval.from, false), (interval.until, true)].compactMap { boundary, isEnd in
            guard let boundary, EffectiveInterval.hasPassed(boundary, by: day) == .doubtful else { return nil }
            return .doubtfulDate(rule: qualifiedID(of: reference), boundary: boundary, isEnd: isEnd)
        }
    }

    /// Rules that did not decide, but would have made the answer milder on the other side of a date in doubt.
    private func doubtWarnings(in context: WarningContext) -> [Warning] {
        context.findings.flatMap(\.levels)
            .filter { $0.isDoubtful && $0.status == context.status }
            .flatMap { $0.parts + $0.preempted }
            .flatMap { doubtfulBoundaries(of: $0.reference, on: context.day) }
    }

    /// Rules that took the matter from stricter ones, and that one may doubt.
    private func preemptionWarnings(in context: WarningContext) -> [Warning] {
        var result: [(rule: RuleReference, preempted: [String])] = []
        for (part, reference) in context.findings.flatMap(\.levels).flatMap(\.preemptions)
        where part.status > context.status {
            let rule = self[reference]
            guard rule.confidence == .low || rule.conflict != nil else { continue }
            let id = qualifiedID(of: part.reference)
            if let known = result.firstIndex(where: { $0.rule == reference }) {
                if !result[known].preempted.contains(id) { result[known].preempted.append(id) }
            } else {
                result.append((reference, [id]))
            }
        }
        return result.map { .doubtfulPreemption(rule: qualifiedID(of: $0.rule), preempted: $0.preempted) }
    }

    /// Emergency rules on the matter that are over, where no rule of the same jurisdiction names it now.
    private func expiredEmergencyRules(in context: WarningContext) -> [Warning] {
        var result: [Warning] = []
        for index in context.chain.compactMap(\.index) {
            let rules = jurisdictions[index].rules
            for position in rules.indices where rules[position].authority?.kind == .emergencyRule {
                let rule = rules[position]
                guard rule.substances.contains(context.query.substance), let until = rule.interval.until,
                    EffectiveInterval.hasPassed(until, by: context.day) == .yes
                else { continue }
                let isUnfollowed = context.findings.contains { finding in
                    rule.activities.contains(finding.activity)
                        && !finding.levels.lazy.flatMap(\.parts).contains {
                            $0.reference.jurisdiction == index && $0.inference == .named
                        }
                }
                if isUnfollowed {
                    let id = qualifiedID(of: RuleReference(jurisdiction: index, rule: position))
                    result.append(.expiredEmergencyRule(rule: id, until: until))
                }
            }
        }
        return result
    }

    private func ambiguityText(in context: WarningContext) -> String {
        let candidates = context.resolution.candidates
        let list = zip(candidates, context.statuses).map { candidate, status in
            let likelihood = candidate.share.map { " (\(percentage($0)))" } ?? ""
            return "\(candidate.place.name)\(likelihood): \(status.word)"
        }.joined(separator: "; ")
        let outcome =
            Set(context.statuses).count > 1
            ? "the strictest decided, \(candidates[context.chosen].place.name)" : "the answer is the same in each"
        return "\(context.resolution.input) may lie in several jurisdictions (\(list)); \(outcome)."
    }

    private func percentage(_ share: Double) -> String {
        let percent = share * 100
        return percent < 1 ? "under 1 %" : "\(Int(percent.rounded())) %"
    }
}
