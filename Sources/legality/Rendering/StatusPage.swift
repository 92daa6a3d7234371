/// The verdict as a person reads it.
struct StatusPage {
    /// The answers for one substance.
    struct Row {
        var substance: String
        var activities: [NamedStatus]
    }

    var verdict: Verdict
    /// The answers for each activity, by substance, in the order of the table; at least the one asked about.
    var matrix: [Row]
    var terminal: Terminal

    /// The lines of the page, no wider than the terminal where that can be done.
    func lines() -> [StyledText] {
        var lines = heading().wrapped(to: terminal.proseWidth)
        lines += summary()
        let grid = StatusGrid(rows: matrix, width: terminal.proseWidth).lines()
        if !grid.isEmpty {
            lines.append("")
            lines += grid
        }
        let rest = details()
        if !rest.isEmpty {
            lines.append("")
            lines += rest
        }
        return lines
    }

    private static let labelWidth = 13

    private func fields() -> FieldList { FieldList(labelWidth: Self.labelWidth, width: terminal.proseWidth) }

    private func heading() -> StyledText {
        let status = verdict.status
        return StyledText("\(status.symbol) ", status.style) + StyledText(verdict.place.name, .strong)
            + StyledText(" (\(verdict.place.id))")
            + StyledText(verdict.chain.dropFirst().map { ", \($0.name)" }.joined())
    }

    private func summary() -> [StyledText] {
        var fields = fields()
        var answer = StyledText(verdict.status.rawValue, verdict.status.style)
        let about = verdict.activity.map { "to \($0) \(verdict.substance)" } ?? "for \(verdict.substance)"
        answer += StyledText(" \(about) on \(verdict.on)")
        if verdict.activity == nil { answer += " (the strictest of possess, use, buy and sell)" }
        fields.add("Answer", answer)
        let phrases = verdict.conditions.phrases
        fields.add("Conditions", StyledText(phrases.joined(separator: " · ")))
        for (position, requirement) in verdict.conditions.other.enumerated() {
            if phrases.isEmpty, position == 0 {
                fields.add("Conditions", StyledText(requirement))
            } else {
                fields.addContinuation(StyledText(requirement))
            }
        }
        if let change = verdict.nextChange {
            fields.add("Next change", change.status.styled + StyledText(" from \(change.on)"))
        } else {
            fields.add("Next change", StyledText("none enacted", .faint))
        }
        var evidence: [String] = []
        if let reviewed = verdict.reviewed { evidence.append("up to \(reviewed)") }
        if let confidence = verdict.confidence { evidence.append("\(confidence) confidence") }
        fields.add("Evidence", StyledText(evidence.isEmpty ? "none" : evidence.joined(separator: ", ")))
        for warning in verdict.warnings {
            fields.add("Warning", StyledText(warning, .doubtful), labelStyle: .doubtful)
        }
        return fields.lines
    }

    private func details() -> [StyledText] {
        var fields = fields()
        for (position, rule) in RuleGroup.groups(of: verdict.decidedBy).enumerated() {
            add(rule, label: position == 0 ? "Decided by" : nil, to: &fields)
        }
        for (position, rule) in RuleGroup.groups(of: verdict.preempted).enumerated() {
            add(rule, label: position == 0 ? "Pre-empted" : nil, to: &fields)
        }
        for advisory in verdict.advisories.prefix(Self.shownAdvisories) {
            let issuer = [advisory.issuer, advisory.date].compacted().joined(separator: ", ")
            fields.add(
                "Advisory",
                StyledText("\(advisory.text) (") + StyledText(issuer, link: advisory.url) + StyledText(")"))
            if let address = advisory.url, !terminal.showsLinks {
                fields.addContinuation(StyledText(address, .faint))
            }
        }
        let others = verdict.advisories.dropFirst(Self.shownAdvisories)
        if !others.isEmpty {
            var holders: [String] = []
            for advisory in others where !holders.contains(advisory.jurisdiction) {
                holders.append(advisory.jurisdiction)
            }
            fields.addContinuation(
                StyledText(
                    "· \(others.count) more: " + holders.map { "legality show \($0)" }.joined(separator: ", "), .faint),
                hanging: 2)
        }
        for (position, candidate) in verdict.candidates.enumerated() {
            let text = line(candidate)
            if position == 0 { fields.add("May lie in", text) } else { fields.addContinuation(text, hanging: 2) }
        }
        for (position, step) in verdict.explanation.enumerated() {
            let indent = step.kind == "rule" ? 4 : step.kind == "jurisdiction" ? 2 : 0
            if position == 0 {
                fields.add("Explanation", line(step))
            } else {
                fields.addContinuation(line(step), indent: indent, hanging: 2)
            }
        }
        fields.add("Table", StyledText(verdict.table, .faint))
        return fields.lines
    }

    private func line(_ candidate: Candidate) -> StyledText {
        var text = candidate.status.map { $0.styled + "  " } ?? ""
        text += StyledText("\(candidate.chain.map(\.name).joined(separator: ", ")) (\(candidate.place.id)), ")
        text += StyledText(candidate.certainty)
        if let share = candidate.share { text += StyledText(", \(Int((share * 100).rounded())) % of it") }
        if let note = candidate.note { text += StyledText(": \(note)", .faint) }
        return text
    }

    private func line(_ step: Step) -> StyledText {
        var text = step.status.map { StyledText("\($0.symbol) ", $0.style) } ?? StyledText("· ", .faint)
        text += StyledText(step.id, .strong)
        if let activity = step.activity { text += StyledText(", \(activity)") }
        return text + StyledText(": \(step.text)")
    }

    /// The advisories that are shown; they decide nothing, and the answer has to stay in sight.
    private static let shownAdvisories = 2
    /// The sources of a rule that are shown, and where the rest is.
    private static let shownSources = 3

    private func add(_ group: RuleGroup, label: String?, to fields: inout FieldList) {
        let rule = group.rule
        var head = StyledText("\(rule.status.symbol) ", rule.status.style) + StyledText(rule.id, .strong)
        head += StyledText(": ") + StyledText(rule.status.rawValue, rule.status.style)
        let span = Dates.span(from: rule.from, until: rule.until)
        if !span.isEmpty { head += StyledText(" \(span)") }
        if !group.scope.isEmpty { head += StyledText(" (\(group.scope))") }
        if let label { fields.add(label, head) } else { fields.addContinuation(head, hanging: 2) }
        var basis = StyledText(rule.confidence + " confidence", .faint)
        if let authority = rule.authority {
            var kind = Words.spelledOut(authority.kind)
            if let schedule = authority.schedule { kind += ", schedule \(schedule)" }
            let link = group.sources.first { $0.isPrimary }?.url ?? group.sources.first?.url
            basis = StyledText(authority.citation, .plain, link: link) + StyledText(" (\(kind)), ") + basis
        } else {
            basis = StyledText("\(Words.withoutAuthority(rule.status)), ") + basis
        }
        fields.addContinuation(basis, indent: 2)
        for source in group.sources.prefix(Self.shownSources) {
            fields.addLinked(
                [source.publisher, source.date, source.isPrimary ? "primary" : nil].compacted().joined(separator: ", "),
                source.url, bullet: "· ", indent: 2, showsAddress: !terminal.showsLinks)
        }
        let hidden = group.sources.count - Self.shownSources
        if hidden > 0 {
            let more = hidden == 1 ? "1 more source" : "\(hidden) more sources"
            fields.addContinuation(
                StyledText("· \(more): legality show \(rule.jurisdiction)", .faint), indent: 2, hanging: 2)
        }
    }
}

/// What one rule came to, with all the activities for which it did.
private struct RuleGroup {
    var rule: DecidingRule
    private var named: [String]
    private var inferred: [String]

    /// What primary sources say comes first.
    var sources: [Source] { rule.sources.filter(\.isPrimary) + rule.sources.filter { !$0.isPrimary } }

    /// "possess, sell; use by inference".
    var scope: String {
        let byInference = inferred.isEmpty ? nil : inferred.joined(separator: ", ") + " by inference"
        return [named.isEmpty ? nil : named.joined(separator: ", "), byInference].compacted().joined(separator: "; ")
    }

    /// In the order of the daemon; the same rule with the same outcome stands once.
    static func groups(of rules: [DecidingRule]) -> [RuleGroup] {
        var groups: [RuleGroup] = []
        for rule in rules {
            let position = groups.firstIndex { $0.rule.id == rule.id && $0.rule.status == rule.status }
            if position == nil { groups.append(RuleGroup(rule: rule, named: [], inferred: [])) }
            let index = position ?? groups.count - 1
            if rule.inferred == nil {
                groups[index].named += rule.activities
            } else {
                groups[index].inferred += rule.activities
            }
        }
        return groups
    }
}
