/// All that the table holds of a place, as a person reads it.
struct RecordPage {
    var description: Description
    var terminal: Terminal

    private static let labelWidth = 15

    func lines() -> [StyledText] {
        var lines: [StyledText] = []
        if description.records.isEmpty {
            let names = description.chain.map(\.name).joined(separator: ", ")
            lines += StyledText("The table has nothing of \(names).").wrapped(to: terminal.proseWidth)
        }
        for (position, record) in description.records.enumerated() {
            if position > 0 { lines.append("") }
            lines += self.lines(of: record)
        }
        return lines
    }

    private func lines(of record: Record) -> [StyledText] {
        var lines = [
            StyledText(record.place.name, .strong)
                + StyledText(" (\(record.place.id)), \(Words.spelledOut(record.place.kind))")
        ]
        lines += StyledText(record.summary).wrapped(to: terminal.proseWidth - 2).map { "  " + $0 }
        var fields = FieldList(labelWidth: Self.labelWidth, width: terminal.proseWidth)
        if let parent = record.parent {
            fields.add("Lies in", record.inherits ? parent : "\(parent), whose rules do not hold here")
        }
        fields.add("Evidence up to", record.reviewed)
        for rule in record.rules { add(rule, to: &fields) }
        for advisory in record.advisories {
            fields.add("Advisory", StyledText(advisory.text))
            addLinked([advisory.issuer, advisory.date].compacted(), advisory.url, indent: 0, to: &fields)
        }
        for measure in record.pending {
            fields.add("Pending", StyledText(measure.what))
            addLinked([measure.state, measure.date].compacted(), measure.url, indent: 0, to: &fields)
        }
        for question in record.openQuestions { fields.add("Not known", StyledText(question, .doubtful)) }
        return lines + fields.lines
    }

    private func add(_ rule: Rule, to fields: inout FieldList) {
        var head = StyledText("\(rule.status.symbol) ", rule.status.style) + StyledText(rule.id, .strong)
        head += StyledText(": ") + StyledText(rule.status.rawValue, rule.status.style)
        let span = Dates.span(from: rule.from, until: rule.until)
        if !span.isEmpty { head += StyledText(" \(span)") }
        fields.add("Rule", head)
        let activities = rule.activities.count == Activity.allCases.count ? ["all activities"] : rule.activities
        fields.addContinuation(
            StyledText("\(rule.substances.joined(separator: ", ")): \(activities.joined(separator: ", "))"), indent: 2)
        if let authority = rule.authority {
            var citation = StyledText(authority.citation, .plain, link: rule.sources.first?.url)
            citation += StyledText(" (\(Words.spelledOut(authority.kind)))")
            if let schedule = authority.schedule { citation += StyledText(", schedule \(schedule)") }
            fields.addContinuation(citation, indent: 2)
        } else {
            fields.addContinuation(StyledText(Words.withoutAuthority(rule.status)), indent: 2)
        }
        func paragraph(_ label: String, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            fields.addContinuation(StyledText("\(label): ", .faint) + StyledText(text), indent: 2, hanging: 2)
        }
        paragraph("conditions", rule.conditions.texts.joined(separator: " · "))
        paragraph("exceptions", rule.exceptions.texts.joined(separator: " · "))
        paragraph("penalty", rule.penalty)
        paragraph("note", rule.note)
        paragraph("sources disagree", rule.conflict)
        paragraph("overrides", rule.overrides.joined(separator: ", "))
        if rule.isUnincorporatedOnly { fields.addContinuation("only outside cities, towns and villages", indent: 2) }
        if rule.preempts { fields.addContinuation("local rules give way to it", indent: 2) }
        fields.addContinuation(StyledText("\(rule.confidence) confidence", .faint), indent: 2)
        for source in rule.sources {
            let published = [source.publisher, source.date, source.isPrimary ? "primary" : nil].compacted()
            addLinked(published, source.url, bullet: "· ", indent: 2, to: &fields)
            fields.addContinuation(StyledText(source.gist), indent: 4)
        }
    }

    private func addLinked(
        _ words: [String], _ address: String?, bullet: String = "", indent: Int, to fields: inout FieldList
    ) {
        fields.addLinked(
            words.joined(separator: ", "), address, bullet: bullet, indent: indent, showsAddress: !terminal.showsLinks)
    }
}

extension Array where Element == String? {
    /// Without what is absent.
    func compacted() -> [String] { compactMap { $0 } }
}
