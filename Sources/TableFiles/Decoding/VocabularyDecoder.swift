import Legality

/// Reads substances.yaml: substances, activities and the relations between them.
struct VocabularyDecoder {
    let values: ValueReader
    private var log: FaultLog { values.log }

    /// The vocabulary, and what rules may name; the vocabulary is of use only where nothing was reported.
    func decode(_ root: YAMLNode) -> (vocabulary: Vocabulary, known: KnownSubstances)? {
        guard let record = Record(root, .substances, values) else { return nil }
        let drafts = (record["substances"].flatMap { values.members($0, "\"substances\"", mayBeEmpty: false) } ?? [])
            .compactMap(substance)
        if drafts.count > Vocabulary.substanceLimit {
            log.report(
                "\(drafts.count) substances", at: drafts[Vocabulary.substanceLimit].position,
                hint: "there can be \(Vocabulary.substanceLimit)")
        }
        let kept = Array(drafts.prefix(Vocabulary.substanceLimit))
        checkWords(kept)
        let substances = resolved(kept)
        let (follows, requires) = record["activities"].map(activities) ?? ([:], [:])
        let summary = record["summary_activities"].map { summaryActivities($0) } ?? .all
        var standard: Substance.Index = 0
        let known = KnownSubstances(substances)
        if let node = record["default"], let (text, _) = values.scalar(node, "\"default\"") {
            if let index = known[text] {
                standard = index
            } else {
                log.report("unknown substance \"\(text.printable)\"", at: node.position, hint: known.hint(for: text))
            }
        }
        return (
            Vocabulary(
                substances: substances, follows: follows, requires: requires, summaryActivities: summary,
                defaultSubstance: standard),
            known
        )
    }

    // MARK: Substances

    private struct Draft {
        let id: String
        let name: String
        let aliases: [(word: String, position: Position)]
        let broader: (id: String, position: Position)?
        let inference: Substance.Inference?
        let barredBy: [Condition.Kind]
        let note: String
        let position: Position
    }

    private func substance(_ node: YAMLNode) -> Draft? {
        guard let record = Record(node, .substance, values) else { return nil }
        let id = record.line("id")
        let name = record.line("name")
        var aliases: [(word: String, position: Position)] = []
        for member in record.members("aliases") {
            if let word = values.line(member, "an alias") { aliases.append((word, member.position)) }
        }
        let broader = record["broader"].flatMap { node in
            values.line(node, "\"broader\"").map { (id: $0, position: node.position) }
        }
        let inference = record["inference"].flatMap {
            values.word(
                $0, "inference", among: Substance.Inference.allCases.map(\.rawValue), as: Substance.Inference.init)
        }
        let barredBy = record["barred_by"].map { node in
            values.set(node, "\"barred_by\"", mayBeEmpty: true) {
                values.word($0, "condition", among: Condition.Kind.allCases.map(\.rawValue), as: Condition.Kind.init)
            }
        }
        if broader != nil, record["inference"] == nil {
            log.report(
                "a substance with a wider term lacks \"inference\"", at: record.position, hint: "follows or uncertain")
        }
        if record["broader"] == nil, let node = record["inference"] ?? record["barred_by"] {
            log.report(
                "inference without a wider term", at: node.position, hint: "add the key broader, or take it out")
        }
        guard let id, let name, let position = record["id"]?.position else { return nil }
        return Draft(
            id: id, name: name, aliases: aliases, broader: broader, inference: inference, barredBy: barredBy ?? [],
            note: record.sentence("note") ?? "", position: position)
    }

    /// Every id and alias names one substance, whatever its case.
    private func checkWords(_ drafts: [Draft]) {
        var owners: [String: (id: String, line: Int)] = [:]
        for draft in drafts {
            for (word, position) in [(draft.id, draft.position)] + draft.aliases {
                if let owner = owners[word.lowercased()] {
                    log.report(
                        "\"\(word.printable)\" names a substance a second time", at: position,
                        hint: "in line \(owner.line) it names \(owner.id)")
                } else {
                    owners[word.lowercased()] = (draft.id, position.line)
                }
            }
        }
    }

    private func resolved(_ drafts: [Draft]) -> [Substance] {
        let ids = drafts.map(\.id)
        let indexes = Dictionary(
            ids.enumerated().map { ($1, Substance.Index($0)) }, uniquingKeysWith: { first, _ in first })
        var broader = drafts.map { draft -> Substance.Index? in
            guard let (id, position) = draft.broader else { return nil }
            if let index = indexes[id] { return index }
            log.report(
                "unknown substance \"\(id.printable)\"", at: position,
                hint: Suggestion.hint(for: id, among: ids) ?? "one of \(ids.joined(separator: ", "))")
            return nil
        }
        for start in drafts.indices {
            var steps = 0
            var current = broader[start]
            while let next = current, steps <= drafts.count {
                if Int(next) == start {
                    log.report(
                        "\"\(ids[start].printable)\" is wider than itself",
                        at: drafts[start].broader?.position ?? .start,
                        hint: "the wider terms have to end somewhere")
                    broader[start] = nil
                    break
                }
                current = broader[Int(next)]
                steps += 1
            }
        }
        return drafts.enumerated().map { index, draft in
            Substance(
                id: draft.id, name: draft.name, aliases: draft.aliases.map(\.word), broader: broader[index],
                inference: draft.inference ?? .uncertain, barredBy: Set(draft.barredBy), note: draft.note)
        }
    }

    // MARK: Activities

    /// What each follows and requires.
    private func activities(
        _ node: YAMLNode
    ) -> (follows: [Activity: Activity], requires: [Activity: Activity]) {
        let words = Activity.allCases.map(\.word)
        var lines: [Activity: Int] = [:]
        var follows: [Activity: Activity] = [:]
        var requires: [Activity: Activity] = [:]
        for member in values.members(node, "\"activities\"", mayBeEmpty: false) ?? [] {
            guard let record = Record(member, .activity, values) else { continue }
            let id = record["id"].flatMap { values.word($0, "activity", among: words, as: { Activity(word: $0) }) }
            let followed = record["follows"].flatMap {
                values.word($0, "activity", among: words, as: { Activity(word: $0) })
            }
            guard let id else { continue }
            if let line = lines[id] {
                log.report(
                    "a second activity \"\(id.word)\"", at: record.position, hint: "the other is in line \(line)")
                continue
            }
            lines[id] = record.position.line
            if let node = record["requires"],
                let required = values.word(node, "activity", among: words, as: { Activity(word: $0) })
            {
                if required == id {
                    log.report(
                        "\"\(id.word)\" requires itself", at: node.position,
                        hint: "another activity, without which there is none of this one")
                } else {
                    requires[id] = required
                }
            }
            guard let followed else { continue }
            follows[id] = followed
            var current: Activity? = followed
            for _ in words where current != nil && current != id { current = current.flatMap { follows[$0] } }
            if current == id {
                log.report(
                    "\"\(id.word)\" follows itself", at: record["follows"]?.position ?? record.position,
                    hint: "what an activity follows has to end somewhere")
                follows[id] = nil
            }
        }
        let missing = Activity.allCases.filter { lines[$0] == nil }
        if !missing.isEmpty, case .list = node.content {
            log.report(
                "\"activities\" lacks \(missing.map(\.word).joined(separator: ", "))", at: node.position,
                hint: "each of the eight is listed")
        }
        return (follows, requires)
    }

    private func summaryActivities(_ node: YAMLNode) -> ActivitySet {
        let words = Activity.allCases.map(\.word)
        return values.set(node, "\"summary_activities\"") {
            values.word($0, "activity", among: words, as: { Activity(word: $0) })
        }.reduce(into: ActivitySet()) { $0.insert($1) }
    }
}
