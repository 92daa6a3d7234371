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
        var lines = [heading()]
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
        let about = verdict.activity.map { "to \($0) \(verdict.substance)" } ?? "\(verdict.substance)"
        answer += StyledText(" for \(about) on \(verdict.on)")
        if verdict.activity == nil { answer += " (the strictest of possess, use, buy and sell)" }
        fields.add("Answer", answer)
        fields.add("Conditions", StyledText(verdict.conditions.phrases.joined(separator: " · ")))
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
        for (position, rule) in verdict.decidedBy.enumerated() {
            add(rule, label: position == 0 ? "Decided by" : nil, to: &fields)
        }
        for (position, rule) in verdict.preempted.enumerated() {
            add(rule, label: position == 0 ? "Pre-empted" : nil, to: &fields)
        }
        for advisory in verdict.advisories {
            fields.add("Advisory", StyledText(advisory.text))
            addLinked([advisory.issuer, advisory.date], advisory.url, to: &fields)
        }
        for (position, candidate) in verdict.candidates.enumerated() {
            var text = StyledText("")
            if let status = candidate.status { text += status.styled + "  " }
            text += StyledText("\(candidate.chain.map(\.name).joined(separator: ", ")) (\(candidate.place.id)), ")
            text += StyledText(candidate.certainty)
            if let share = candidate.share { text += StyledText(", \(Int((share * 100).rounded())) % of it") }
            if let note = candidate.note { text += StyledText(": \(note)", .faint) }
            if position == 0 { fields.add("May lie in", text) } else { fields.addContinuation(text, hanging: 2) }
        }
        for (position, step) in verdict.explanation.enumerated() {
            var text = StyledText("\(position + 1). ", .faint) + StyledText(step.id, .strong)
            if let activity = step.activity { text += StyledText(" \(activity)") }
            if let status = step.status { text += " " + status.styled }
            text += StyledText(": \(step.text)")
            if position == 0 { fields.add("Explanation", text) } else { fields.addContinuation(text, hanging: 3) }
        }
        fields.add("Table", StyledText(verdict.table, .faint))
        return fields.lines
    }

    private func add(_ rule: DecidingRule, label: String?, to fields: inout FieldList) {
        var head = StyledText("\(rule.status.symbol) ", rule.status.style) + StyledText(rule.id, .strong)
        head += StyledText(": ") + StyledText(rule.status.rawValue, rule.status.style)
        let span = Dates.span(from: rule.from, until: rule.until)
        if !span.isEmpty { head += StyledText(" \(span)") }
        if !rule.activities.isEmpty { head += StyledText(" (\(rule.activities.joined(separator: ", ")))") }
        if let label { fields.add(label, head) } else { fields.addContinuation(head, hanging: 2) }
        if let authority = rule.authority {
            var citation = StyledText(authority.citation, .plain, link: rule.sources.first?.url)
            citation += StyledText(" (\(Words.spelledOut(authority.kind)))")
            if let schedule = authority.schedule { citation += StyledText(", schedule \(schedule)") }
            fields.addContinuation(citation, indent: 2)
        } else {
            fields.addContinuation("no specific law, say the sources", indent: 2)
        }
        if let inferred = rule.inferred { fields.addContinuation(StyledText("inferred: \(inferred)"), indent: 2) }
        fields.addContinuation(StyledText("\(rule.confidence) confidence", .faint), indent: 2)
        for source in rule.sources {
            addLinked(
                [source.publisher, source.date, source.isPrimary ? "primary" : nil], source.url, bullet: "· ",
                indent: 2, to: &fields)
        }
    }

    private func addLinked(
        _ words: [String?], _ address: String?, bullet: String = "", indent: Int = 0, to fields: inout FieldList
    ) {
        fields.addLinked(
            words.compacted().joined(separator: ", "), address, bullet: bullet, indent: indent,
            showsAddress: !terminal.showsLinks)
    }
}
