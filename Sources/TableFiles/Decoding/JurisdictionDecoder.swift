import Legality

/// Turns one country's or subdivision's file into drafts.
struct JurisdictionDecoder {
    let file: TableFile
    /// Nil where the substances' file cannot be read: then rules may name any.
    let substances: KnownSubstances?
    /// The table's own date; evidence cannot be newer.
    let tableDate: CivilDate?
    let limits: TableLimits

    func decode() -> JurisdictionFile {
        let log = FaultLog(file: file.path, limit: limits.faultsPerFile)
        var result = JurisdictionFile()
        if let root = YAMLComposer(log: log, limits: limits).compose(file.bytes) {
            result.drafts = drafts(root, ValueReader(log: log))
        }
        result.faults = log.faults
        return result
    }

    private func drafts(_ root: YAMLNode, _ values: ValueReader) -> [JurisdictionDraft] {
        guard let record = Record(root, .jurisdiction, values) else { return [] }
        var drafts: [JurisdictionDraft] = []
        if let draft = draft(record) {
            drafts.append(draft)
        }
        for member in record.members("localities") {
            guard let locality = Record(member, .locality, values), let draft = draft(locality) else { continue }
            drafts.append(draft)
        }
        return drafts
    }

    private func draft(_ record: Record) -> JurisdictionDraft? {
        let values = record.values
        let id = record.line("id")
        let name = record.line("name")
        let kind = record["kind"].flatMap {
            values.word($0, "kind", among: Jurisdiction.Kind.allCases.map(\.rawValue), as: Jurisdiction.Kind.init)
        }
        let parent = record.line("parent")
        let inherits = record.truth("inherits") ?? true
        var memberships: [(value: String, position: Position)] = []
        if let node = record.shape.keys.contains("member_of") ? record["member_of"] : nil {
            memberships = values.positionedSet(node, "\"member_of\"") { values.line($0, "a union") }
        }
        let timeZone = record["timezone"].flatMap { self.timeZone($0, values) }
        let reviewed = record["reviewed"].flatMap { pastDate($0, "\"reviewed\"", values) }
        let summary = record.sentence("summary")
        let rules = RuleDecoder(substances: substances, tableDate: tableDate, values: values)
            .rules(record.members("rules"))
        let advisories = record.members("advisories").compactMap { advisory($0, values) }
        let pending = record.members("pending").compactMap { pendingMeasure($0, values) }
        let questions = record.members("open_questions").compactMap { values.sentence($0, "an open question") }
        var unlisted: Position?
        if record.shape.keys.contains("unlisted"), let node = record["unlisted"],
            values.truth(node, "\"unlisted\"") != nil
        {
            unlisted = node.position
        }

        guard let id, let idPosition = record["id"]?.position else { return nil }
        if let kind { checkShape(id, kind, parent, record) }
        return JurisdictionDraft(
            file: file.path, fileID: file.expectedID, isLocality: record.shape.name == RecordShape.locality.name,
            jurisdiction: Jurisdiction(
                id: id, name: name ?? id, kind: kind ?? JurisdictionID(id)?.localKind ?? .state, parentID: parent,
                inherits: inherits,
                memberOf: memberships.map(\.value), timeZone: timeZone, reviewed: reviewed, summary: summary ?? "",
                rules: rules.map(\.rule), advisories: advisories, pending: pending, openQuestions: questions),
            rules: rules, idPosition: idPosition, parentPosition: record["parent"]?.position ?? idPosition,
            kindPosition: record["kind"]?.position ?? idPosition, memberships: memberships.map(\.position),
            reviewedPosition: record["reviewed"]?.position ?? idPosition, unlisted: unlisted)
    }

    /// What id, kind and parent say of each other.
    private func checkShape(_ text: String, _ kind: Jurisdiction.Kind, _ parent: String?, _ record: Record) {
        let log = record.values.log
        let position = record["id"]?.position ?? record.position
        guard let id = JurisdictionID(text) else {
            return log.report(
                "\"\(text.printable)\" is not the id of a jurisdiction", at: position,
                hint: JurisdictionID.hint(for: text))
        }
        if let problem = id.problem(with: kind) {
            log.report(
                problem.message, at: record["kind"]?.position ?? position, hint: problem.hint)
        }
        switch (kind, parent) {
        case (.country, .some), (.union, .some):
            log.report(
                "a \(kind.rawValue) has no parent", at: record["parent"]?.position ?? position,
                hint: "take it out; what belongs to a country and has a code of its own is a territory")
        case (.country, nil), (.union, nil):
            break
        case (_, nil):
            // Of a locality it has been reported as a missing key.
            if record.shape.name == RecordShape.jurisdiction.name, record["parent"] == nil {
                log.report(
                    "a \(kind.rawValue) lacks \"parent\"", at: record.position,
                    hint: "add parent: \(id.country == text ? "the country's id" : id.country)")
            }
        case (_, let parent?):
            if JurisdictionID(parent) == nil {
                log.report(
                    "\"\(parent.printable)\" is not the id of a jurisdiction",
                    at: record["parent"]?.position ?? position, hint: JurisdictionID.hint(for: parent))
            }
        }
    }

    private func timeZone(_ node: YAMLNode, _ values: ValueReader) -> String? {
        guard let name = values.line(node, "\"timezone\"") else { return nil }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let fits =
            (2...3).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy {
                        $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                            || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    }
            }
        guard fits else {
            values.log.report(
                "\"timezone\" is \"\(name.printable)\"", at: node.position,
                hint: "write the IANA name of a zone, such as America/New_York")
            return nil
        }
        return name
    }

    /// A date of evidence, which cannot lie after the table's own.
    private func pastDate(_ node: YAMLNode, _ what: String, _ values: ValueReader) -> PartialDate? {
        guard let date = values.date(node, what) else { return nil }
        if let tableDate, date.earliest > tableDate {
            values.log.report(
                "\(what) is \(date), after the table's own date \(tableDate)", at: node.position,
                hint: "correct it, or the date in table.yaml")
        }
        return date
    }

    private func advisory(_ node: YAMLNode, _ values: ValueReader) -> Advisory? {
        guard let record = Record(node, .advisory, values) else { return nil }
        let text = record.sentence("text")
        let issuer = record.line("issuer")
        let date = record.date("date")
        let url = record.url("url")
        guard let text, let issuer else { return nil }
        return Advisory(text: text, issuer: issuer, date: date, url: url)
    }

    private func pendingMeasure(_ node: YAMLNode, _ values: ValueReader) -> PendingMeasure? {
        guard let record = Record(node, .pending, values) else { return nil }
        let what = record.sentence("what")
        let state = record.sentence("state")
        let date = record.date("date")
        let url = record.url("url")
        guard let what, let state else { return nil }
        return PendingMeasure(what: what, state: state, date: date, url: url)
    }
}
