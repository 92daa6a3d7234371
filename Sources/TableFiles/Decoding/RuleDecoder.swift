import Legality

/// Turns the rules of a jurisdiction into drafts, and checks what a rule says of itself.
struct RuleDecoder {
    let substances: KnownSubstances?
    let tableDate: CivilDate?
    let values: ValueReader

    private var log: FaultLog { values.log }

    func rules(_ nodes: [YAMLNode]) -> [RuleDraft] {
        var lines: [String: Int] = [:]
        return nodes.compactMap { node in
            guard let record = Record(node, .rule, values) else { return nil }
            let draft = rule(record)
            if let id = record["id"], case .scalar(let text, _) = id.content {
                if let line = lines[text] {
                    log.report(
                        "a second rule \"\(text.printable)\"", at: id.position,
                        hint: "the other is in line \(line); a rule that was changed gets an id of its own")
                } else {
                    lines[text] = id.position.line
                }
            }
            return draft
        }
    }

    private func rule(_ record: Record) -> RuleDraft? {
        let id = record["id"].flatMap { ruleID($0, "\"id\"") }
        let substances = record["substances"].map { substanceSet($0) }
        let activities = record["activities"].map { activitySet($0) }
        let status = record["status"].flatMap { self.status($0) }
        let interval = self.interval(record)
        let conditions = record["conditions"].map { self.conditions($0, .conditions) } ?? []
        let exceptions = record["exceptions"].map { self.conditions($0, .exceptions) } ?? []
        if let status { check(status, conditions, exceptions, record) }
        let authority = record["authority"].flatMap { self.authority($0) }
        let overrides = self.overrides(record)
        let preempts = record.truth("preempts") ?? false
        let isUnincorporatedOnly = record.truth("unincorporated_only") ?? false
        let penalty = record.sentence("penalty")
        let note = record.sentence("note")
        let conflict = record.sentence("conflict")
        let confidence = record["confidence"].flatMap {
            values.word($0, "confidence", among: Confidence.allCases.map(\.word), as: { Confidence(word: $0) })
        }
        let sources = record["sources"].map { self.sources($0) } ?? []
        if let node = record["confidence"], let confidence {
            checkConfidence(confidence, sources, at: node.position)
        }
        guard let id, let substances, let activities, let status, let confidence else { return nil }
        return RuleDraft(
            rule: Rule(
                id: id, substances: substances, activities: activities, status: status, interval: interval,
                conditions: conditions, exceptions: exceptions, authority: authority, overrides: overrides.map(\.id),
                preempts: preempts, isUnincorporatedOnly: isUnincorporatedOnly, penalty: penalty, note: note,
                conflict: conflict, confidence: confidence,
                sources: sources.compactMap { $0 }),
            position: record.position, untilPosition: record["until"]?.position ?? record.position,
            overrides: overrides)
    }

    // MARK: Words

    private func ruleID(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = values.line(node, what) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let fits = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
        }
        guard fits else {
            log.report(
                "\(what) is \"\(text.printable)\"", at: node.position,
                hint: "a rule's id is lower-case letters and digits with hyphens between: schedule-i")
            return nil
        }
        return text
    }

    private func substanceSet(_ node: YAMLNode) -> SubstanceSet {
        let indexes = values.set(node, "\"substances\"") { member -> Substance.Index? in
            guard let (text, _) = values.scalar(member, "a substance") else { return nil }
            guard let substances else { return nil }
            if let index = substances[text] { return index }
            log.report(
                "unknown substance \"\(text.printable)\"", at: member.position, hint: substances.hint(for: text))
            return nil
        }
        return indexes.reduce(into: SubstanceSet()) { $0.insert($1) }
    }

    private func activitySet(_ node: YAMLNode) -> ActivitySet {
        if case .scalar(let text, _) = node.content {
            if text == "all" { return .all }
            log.report(
                "\"activities\" is \"\(text.printable)\"", at: node.position,
                hint: Activity(word: text) == nil ? "it is all, or a list of activities" : "write [\(text)]")
            return []
        }
        let words = Activity.allCases.map(\.word)
        let members = values.set(node, "\"activities\"") { member -> Activity? in
            if member.isText("all") {
                log.report("\"all\" among activities", at: member.position, hint: "it stands alone: activities: all")
                return nil
            }
            return values.word(member, "activity", among: words, as: { Activity(word: $0) })
        }
        return members.reduce(into: ActivitySet()) { $0.insert($1) }
    }

    private func status(_ node: YAMLNode) -> Status? {
        let words = Status.allCases.filter { $0 != .unknown }.map(\.word)
        return values.word(node, "status", among: words, as: { words.contains($0) ? Status(word: $0) : nil })
    }

    private func interval(_ record: Record) -> EffectiveInterval {
        let from = record.date("from")
        let until = record.date("until")
        if let from, let until, from.earliest >= until.latest, let node = record["until"] {
            log.report(
                "\"from\" \(from) is not before \"until\" \(until)", at: node.position,
                hint: "until is the first day on which the rule no longer holds")
        }
        return EffectiveInterval(from: from, until: until)
    }

    private func authority(_ node: YAMLNode) -> Authority? {
        guard let record = Record(node, .authority, values) else { return nil }
        let kind = record["kind"].flatMap {
            values.word($0, "authority kind", among: Authority.Kind.allCases.map(\.rawValue), as: Authority.Kind.init)
        }
        let citation = record.sentence("citation")
        let schedule = record.line("schedule")
        guard let kind, let citation else { return nil }
        return Authority(kind: kind, citation: citation, schedule: schedule)
    }

    private func overrides(_ record: Record) -> [(id: String, position: Position)] {
        guard let node = record["overrides"] else { return [] }
        return values.positionedSet(node, "\"overrides\"") { ruleID($0, "an overridden rule") }
            .map { ($0.value, $0.position) }
    }

    // MARK: Conditions

    private func conditions(_ node: YAMLNode, _ shape: RecordShape) -> [Condition] {
        guard let record = Record(node, shape, values) else { return [] }
        return Condition.Kind.allCases.flatMap { kind -> [Condition] in
            guard let node = record[kind.rawValue] else { return [] }
            return condition(kind, node)
        }
    }

    private func condition(_ kind: Condition.Kind, _ node: YAMLNode) -> [Condition] {
        let what = "\"\(kind.rawValue)\""
        switch kind {
        case .minimumAge:
            return values.integer(node, what, in: 1...120).map { [.minimumAge($0)] } ?? []
        case .max7OHPercent:
            return values.decimal(node, what, in: 0...100).map { [.max7OHPercent($0)] } ?? []
        case .max7OHPPM:
            return values.decimal(node, what, in: 0...1_000_000).map { [.max7OHPPM($0)] } ?? []
        case .forms:
            let forms = self.forms(node, what)
            return forms.isEmpty ? [] : [.forms(forms)]
        case .excludedForms:
            let forms = self.forms(node, what)
            return forms.isEmpty ? [] : [.excludedForms(forms)]
        case .noSynthetics: return flag(node, what, .noSynthetics)
        case .licence: return flag(node, what, .licence)
        case .registration: return flag(node, what, .registration)
        case .prescription: return flag(node, what, .prescription)
        case .labelling: return flag(node, what, .labelling)
        case .testing: return flag(node, what, .testing)
        case .behindCounter: return flag(node, what, .behindCounter)
        case .other:
            return values.set(node, what) { values.sentence($0, "a condition in words") }.map { .other($0) }
        }
    }

    private func forms(_ node: YAMLNode, _ what: String) -> Set<ProductForm> {
        let words = ProductForm.allCases.map(\.rawValue)
        return Set(values.set(node, what) { values.word($0, "form", among: words, as: ProductForm.init) })
    }

    private func flag(_ node: YAMLNode, _ what: String, _ condition: Condition) -> [Condition] {
        guard let isTrue = values.truth(node, what) else { return [] }
        if !isTrue {
            log.report("\(what) is false", at: node.position, hint: "leave it out where it is not asked for")
        }
        return [condition]
    }

    /// Whether a query can fail the condition, so that a thing would be barred for some.
    private func isDecidable(_ condition: Condition) -> Bool {
        switch condition {
        case .minimumAge, .max7OHPercent, .max7OHPPM, .forms, .excludedForms, .licence, .prescription: true
        case .noSynthetics, .registration, .labelling, .testing, .behindCounter, .other: false
        }
    }

    private func check(_ status: Status, _ conditions: [Condition], _ exceptions: [Condition], _ record: Record) {
        if status == .prohibited, let node = record["conditions"] {
            log.report(
                "a prohibition with conditions", at: node.position,
                hint: "what stays lawful stands under exceptions; what is lawful under conditions is regulated")
        }
        if status != .prohibited, let node = record["exceptions"] {
            log.report(
                "exceptions of a rule that prohibits nothing", at: node.position,
                hint: "what makes a thing lawful stands under conditions")
        }
        if status == .legal, let barring = conditions.first(where: isDecidable), let node = record["conditions"] {
            log.report(
                "a legal thing with the condition \"\(barring.kind.rawValue)\"", at: node.position,
                hint: "what is lawful for some only is regulated")
        }
    }

    // MARK: Evidence

    /// A source of the list that cannot be read stands as nil.
    private func sources(_ node: YAMLNode) -> [Source?] {
        (values.members(node, "\"sources\"", mayBeEmpty: false) ?? []).map { source($0) }
    }

    private func source(_ node: YAMLNode) -> Source? {
        guard let record = Record(node, .source, values) else { return nil }
        let url = record.url("url")
        let publisher = record.line("publisher")
        let date = record.date("date")
        let isPrimary = record.truth("primary")
        let gist = record.sentence("gist")
        if let date, let tableDate, date.earliest > tableDate, let node = record["date"] {
            log.report(
                "a source of \(date), after the table's own date \(tableDate)", at: node.position,
                hint: "correct it, or the date in table.yaml")
        }
        guard let url, let publisher, let isPrimary, let gist else { return nil }
        return Source(url: url, publisher: publisher, date: date, isPrimary: isPrimary, gist: gist)
    }

    private func checkConfidence(_ confidence: Confidence, _ sources: [Source?], at position: Position) {
        let readable = sources.compactMap { $0 }
        // Where a source could not be read the judgement waits until it can.
        guard readable.count == sources.count, !readable.isEmpty else { return }
        if confidence == .high, !readable.contains(where: \.isPrimary),
            Set(readable.map { $0.publisher.lowercased() }).count < 2
        {
            log.report(
                "high confidence without a primary source or two publishers who agree", at: position,
                hint: "medium, or another source")
        }
        if confidence == .low, readable.count == 1 {
            log.report(
                "rests on a single source of low confidence", at: position, hint: "look for a second one",
                severity: .warning)
        }
    }
}
