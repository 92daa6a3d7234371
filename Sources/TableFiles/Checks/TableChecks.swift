import Legality

/// What can only be told with all files at hand: identities, parents, contradictions, and how old the evidence is.
struct TableChecks {
    let drafts: [JurisdictionDraft]
    /// Ids of jurisdictions whose files could not be read: others may name them.
    let unreadable: Set<String>
    let tableDate: CivilDate?
    /// Knows nothing where the directory has none; then ids have to have the right form only.
    let gazetteer: Gazetteer

    func faults() -> [Fault] {
        var faults = identities()
        if gazetteer.areaCount > 0 { faults += drafts.compactMap(listing) }
        let indexes = Dictionary(
            drafts.enumerated().map { ($1.jurisdiction.id, $0) }, uniquingKeysWith: { first, _ in first })
        for draft in drafts { faults += placement(draft, indexes) }
        faults += memberships(indexes)
        for draft in drafts {
            faults += RuleChecks(draft: draft, tableDate: tableDate).faults()
        }
        return faults
    }

    /// Every jurisdiction stands in one place.
    private func identities() -> [Fault] {
        var first: [String: JurisdictionDraft] = [:]
        var faults: [Fault] = []
        for draft in drafts {
            let id = draft.jurisdiction.id
            if let other = first[id] {
                let place = other.file == draft.file ? "line" : "\(other.file) line"
                faults.append(
                    draft.fault(
                        "a second jurisdiction \"\(id.printable)\"", at: draft.idPosition,
                        hint: "the other is in \(place) \(other.idPosition.line)"))
            } else {
                first[id] = draft
            }
        }
        return faults
    }

    /// Whether the lists of countries, subdivisions, counties and places know a jurisdiction.
    private func listing(_ draft: JurisdictionDraft) -> Fault? {
        let text = draft.jurisdiction.id
        guard let id = JurisdictionID(text), draft.jurisdiction.kind != .union else { return nil }
        switch gazetteer.identify(text) {
        case .known:
            return draft.unlisted.map {
                draft.fault("\"unlisted\", but the gazetteer knows \"\(text)\"", at: $0, hint: "take it out")
            }
        case .standsFor(let other):
            return draft.fault("\"\(text)\" is no id of its own", at: draft.idPosition, hint: "write \(other)")
        case .notListed:
            return nil
        case .unknown where id.isLocal:
            guard draft.unlisted == nil else { return nil }
            let known = id.subdivision.map { gazetteer.divisionIDs(ofState: $0) } ?? []
            return draft.fault(
                "the gazetteer knows no \"\(text)\"", at: draft.idPosition,
                hint: Suggestion.nearest(toID: text, among: known).map { "did you mean \"\($0)\"?" }
                    ?? "a place that has no government of its own says unlisted: true")
        case .unknown:
            let known =
                id.subdivision == nil
                ? gazetteer.countries.map(\.code) : gazetteer.subdivisionCodes(ofCountry: id.country)
            return draft.fault(
                "\"\(text)\" is not in ISO 3166", at: draft.idPosition,
                hint: known.isEmpty || id.subdivision == nil ? nil : Suggestion.hint(for: text, among: known))
        }
    }

    /// Whether a jurisdiction stands in the file that its id calls for, and below a parent that fits.
    private func placement(_ draft: JurisdictionDraft, _ indexes: [String: Int]) -> [Fault] {
        let text = draft.jurisdiction.id
        guard let id = JurisdictionID(text) else { return [] }
        if draft.isLocality, !text.hasPrefix(draft.fileID + "/") {
            return [
                draft.fault(
                    "the locality \"\(text)\" does not lie in \(draft.fileID)", at: draft.idPosition,
                    hint: "it belongs into another file, or its id begins with \(draft.fileID)/")
            ]
        }
        if !draft.isLocality, text != draft.fileID {
            return [
                draft.fault(
                    "the file is of \"\(text)\"", at: draft.idPosition, hint: "by its name it holds \(draft.fileID)")
            ]
        }
        guard let parent = draft.jurisdiction.parentID, let parentID = JurisdictionID(parent),
            draft.jurisdiction.kind != .country, draft.jurisdiction.kind != .union
        else { return [] }
        guard let index = indexes[parent] else {
            guard !unreadable.contains(parent) else { return [] }
            return [
                draft.fault(
                    "unknown parent \"\(parent)\"", at: draft.parentPosition,
                    hint: Suggestion.hint(for: parent, among: indexes.keys.sorted())
                        ?? "the table has no such jurisdiction; name the one above it")
            ]
        }
        if drafts[index].jurisdiction.kind == .union {
            return [
                draft.fault(
                    "the parent \"\(parent)\" is a union", at: draft.parentPosition,
                    hint: "a member of a union says so under member_of")
            ]
        }
        if let owner = id.owner, !parentID.canHold(id) {
            return [
                draft.fault(
                    "\"\(text)\" does not lie in \(parent)", at: draft.parentPosition, hint: "its id says \(owner)")
            ]
        }
        if isAncestorOfItself(draft, indexes) {
            return [
                draft.fault(
                    "\"\(text)\" lies in itself", at: draft.parentPosition,
                    hint: "the parents have to end at a country")
            ]
        }
        return []
    }

    private func isAncestorOfItself(_ draft: JurisdictionDraft, _ indexes: [String: Int]) -> Bool {
        var current = draft.jurisdiction.parentID
        var steps = 0
        while let id = current, steps <= drafts.count {
            if id == draft.jurisdiction.id { return true }
            current = indexes[id].flatMap { drafts[$0].jurisdiction.parentID }
            steps += 1
        }
        return false
    }

    private func memberships(_ indexes: [String: Int]) -> [Fault] {
        var faults: [Fault] = []
        for draft in drafts {
            for (union, position) in zip(draft.jurisdiction.memberOf, draft.memberships) {
                if let index = indexes[union] {
                    guard drafts[index].jurisdiction.kind != .union else { continue }
                    faults.append(
                        draft.fault(
                            "\"\(union)\" is no union", at: position, hint: "a part of a country names its parent"))
                } else if !unreadable.contains(union) {
                    let unions = drafts.map(\.jurisdiction).filter { $0.kind == .union }.map(\.id)
                    faults.append(
                        draft.fault(
                            "unknown union \"\(union.printable)\"", at: position,
                            hint: Suggestion.hint(for: union, among: unions)
                                ?? "the table has \(unions.isEmpty ? "none" : unions.joined(separator: ", "))"))
                }
            }
        }
        return faults
    }
}

extension JurisdictionDraft {
    func fault(
        _ message: String, at position: Position, hint: String? = nil, severity: Fault.Severity = .fault
    ) -> Fault {
        Fault(
            file: file, line: position.line, column: position.column, severity: severity, message: message, hint: hint)
    }
}
