import Legality

extension TableDifference {
    /// Lines for people, each whole by itself; the law first. Nothing where the tables say the same.
    public var text: String {
        var lines: [String] = []
        for change in vocabulary { lines.append("substances.yaml: \(change.text)") }
        for jurisdiction in jurisdictions {
            switch jurisdiction.kind {
            case .added: lines.append("\(jurisdiction.id): added, \(jurisdiction.name)")
            case .removed: lines.append("\(jurisdiction.id): removed, \(jurisdiction.name)")
            case .changed: break
            }
            lines += jurisdiction.law.map { "\(jurisdiction.id) \($0.text)" }
            for rule in jurisdiction.rules {
                let what = rule.kind == .changed ? "" : " rule \(rule.kind.rawValue): \(rule.summary)"
                if !what.isEmpty { lines.append("\(jurisdiction.id)#\(rule.id):\(what)") }
                lines += rule.fields.map { "\(jurisdiction.id)#\(rule.id): \($0.text)" }
            }
            lines += jurisdiction.fields.map { "\(jurisdiction.id): \($0.text)" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same as one JSON object on one line.
    public var json: String {
        func version(_ version: Version) -> JSONText {
            .object([("version", .string(version.version)), ("digest", .string(version.digest))])
        }
        return JSONText.object([
            ("same", .truth(isEmpty)), ("old", version(old)), ("new", version(new)),
            ("vocabulary", .list(vocabulary.map(\.json))),
            (
                "jurisdictions",
                .list(
                    jurisdictions.map { jurisdiction in
                        .object([
                            ("jurisdiction", .string(jurisdiction.id)), ("name", .string(jurisdiction.name)),
                            ("change", .string(jurisdiction.kind.rawValue)),
                            ("law", .list(jurisdiction.law.map(\.json))),
                            ("rules", .list(jurisdiction.rules.map(\.json))),
                            ("fields", .list(jurisdiction.fields.map(\.json))),
                        ])
                    })
            ),
        ]).text + "\n"
    }
}

extension TableDifference.LawChange {
    /// `kratom, extract (sell): regulated → prohibited from 2026-07-01`
    fileprivate var text: String {
        var text = substances.joined(separator: ", ")
        if activities != .all { text += " (\(activities.members.map(\.word).joined(separator: ", ")))" }
        text += ": \(before.word) → \(after.word)"
        if let from { text += " from \(from)" }
        if let until { text += " until \(until)" }
        return text
    }

    fileprivate var json: JSONText {
        .object([
            ("substances", .list(substances.map { .string($0) })),
            ("activities", .list(activities.members.map { .string($0.word) })), ("before", .string(before.word)),
            ("after", .string(after.word)), ("from", .optional(from?.description)),
            ("until", .optional(until?.description)),
        ])
    }
}

extension TableDifference.RuleChange {
    fileprivate var json: JSONText {
        .object([
            ("rule", .string(id)), ("change", .string(kind.rawValue)), ("summary", .string(summary)),
            ("fields", .list(fields.map(\.json))),
        ])
    }
}

extension TableDifference.FieldChange {
    fileprivate var text: String {
        switch (form, before, after) {
        case (.prose, nil, _): "\(field) added"
        case (.prose, _, nil): "\(field) taken out"
        case (.prose, _, _): "\(field) reworded"
        case (.members, let gone, let come):
            "\(field): "
                + [come.map { "\($0) added" }, gone.map { "\($0) taken out" }].compactMap { $0 }
                .joined(separator: ", ")
        case (.value, let before, let after): "\(field) \(before ?? "none") → \(after ?? "none")"
        }
    }

    fileprivate var json: JSONText {
        form == .members
            ? .object([
                ("field", .string(field)), ("taken_out", .number(before.flatMap { Int($0) } ?? 0)),
                ("added", .number(after.flatMap { Int($0) } ?? 0)),
            ]) : .object([("field", .string(field)), ("before", .optional(before)), ("after", .optional(after))])
    }
}
