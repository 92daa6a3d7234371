public import Legality

/// What changed from one table to another: first the law, then the rules that say it, then the evidence.
public struct TableDifference: Sendable {
    public let old: Version
    public let new: Version
    /// Changes of the substances' and activities' file.
    public let vocabulary: [FieldChange]
    /// The jurisdictions that differ: in the order of the newer table, and last those that it no longer has.
    public let jurisdictions: [JurisdictionChange]

    /// Whether the tables say the same; their versions and comments do not count.
    public var isEmpty: Bool { vocabulary.isEmpty && jurisdictions.isEmpty }

    public struct Version: Sendable {
        public let version: String
        public let digest: String
    }

    public struct JurisdictionChange: Sendable {
        public let id: String
        public let name: String
        public let kind: Kind
        public let law: [LawChange]
        public let rules: [RuleChange]
        public let fields: [FieldChange]
    }

    public enum Kind: String, Sendable {
        case added
        case removed
        case changed
    }

    /// A stretch of time for which the jurisdiction's own rules now say something else.
    public struct LawChange: Sendable {
        public let substances: [String]
        /// All where it holds for each of them.
        public let activities: ActivitySet
        public let before: Status
        public let after: Status
        /// Nil: always.
        public let from: PartialDate?
        /// Nil: without end.
        public let until: PartialDate?
    }

    public struct RuleChange: Sendable {
        public let id: String
        public let kind: Kind
        /// What it says, of a rule added or removed.
        public let summary: String
        public let fields: [FieldChange]
    }

    /// A value that is another now; nil where there is none.
    public struct FieldChange: Sendable {
        public let field: String
        public let before: String?
        public let after: String?
        let form: Form

        enum Form: Sendable {
            case value
            /// Sentences, of which a reader needs to know only that they changed.
            case prose
            /// A list: before and after are how many went and came.
            case members
        }
    }

    public init(from old: Table, to new: Table) {
        self.old = Version(version: old.version, digest: old.digest)
        self.new = Version(version: new.version, digest: new.digest)
        vocabulary = TableComparison(old: old, new: new).vocabulary()
        jurisdictions = TableComparison(old: old, new: new).jurisdictions()
    }
}

/// The work of comparing.
private struct TableComparison {
    let old: Table
    let new: Table

    typealias FieldChange = TableDifference.FieldChange

    // MARK: Jurisdictions

    func jurisdictions() -> [TableDifference.JurisdictionChange] {
        let current = new.jurisdictions.compactMap { jurisdiction in
            change(from: old.index(of: jurisdiction.id).map { old.jurisdictions[$0] }, to: jurisdiction)
        }
        let removed = old.jurisdictions.filter { new.index(of: $0.id) == nil }.compactMap { change(from: $0, to: nil) }
        return current + removed
    }

    private func change(from before: Jurisdiction?, to after: Jurisdiction?) -> TableDifference.JurisdictionChange? {
        guard let jurisdiction = after ?? before else { return nil }
        let law = law(before?.rules ?? [], after?.rules ?? [])
        guard let before, let after else {
            return .init(
                id: jurisdiction.id, name: jurisdiction.name, kind: after == nil ? .removed : .added, law: law,
                rules: [],
                fields: [])
        }
        let rules = rules(before.rules, after.rules)
        let fields = fields(before, after)
        guard !law.isEmpty || !rules.isEmpty || !fields.isEmpty else { return nil }
        return .init(id: after.id, name: after.name, kind: .changed, law: law, rules: rules, fields: fields)
    }

    private func fields(_ before: Jurisdiction, _ after: Jurisdiction) -> [FieldChange] {
        var changes = FieldChanges()
        changes.compare("name", before.name, after.name)
        changes.compare("kind", before.kind.rawValue, after.kind.rawValue)
        changes.compare("parent", before.parentID, after.parentID)
        changes.compare("inherits", String(before.inherits), String(after.inherits))
        changes.compare("member_of", listed(before.memberOf), listed(after.memberOf))
        changes.compare("timezone", before.timeZone, after.timeZone)
        changes.compare("reviewed", before.reviewed?.description, after.reviewed?.description)
        changes.compare("summary", before.summary, after.summary, form: .prose)
        changes.count("advisories", before.advisories, after.advisories)
        changes.count("pending", before.pending, after.pending)
        changes.count("open_questions", before.openQuestions, after.openQuestions)
        return changes.list
    }

    // MARK: Law

    /// Statuses through time, with substances and activities that change alike taken together.
    private func law(_ before: [Rule], _ after: [Rule]) -> [TableDifference.LawChange] {
        struct Pattern: Hashable {
            let activities: ActivitySet
            let difference: LawTimeline.Difference
        }
        var order: [Pattern] = []
        var substances: [Pattern: [String]] = [:]
        for id in new.vocabulary.substanceIDs + old.vocabulary.substanceIDs.filter({ index(of: $0, in: new) == nil }) {
            var activities: [LawTimeline.Difference: ActivitySet] = [:]
            var found: [LawTimeline.Difference] = []
            for activity in Activity.allCases {
                let older = LawTimeline(before, substance: index(of: id, in: old), activity: activity)
                let newer = LawTimeline(after, substance: index(of: id, in: new), activity: activity)
                for difference in older.differences(to: newer) {
                    if activities[difference] == nil { found.append(difference) }
                    activities[difference, default: []].insert(activity)
                }
            }
            for difference in found {
                let pattern = Pattern(activities: activities[difference] ?? [], difference: difference)
                if substances[pattern] == nil { order.append(pattern) }
                substances[pattern, default: []].append(id)
            }
        }
        return order.map { pattern in
            .init(
                substances: substances[pattern] ?? [], activities: pattern.activities,
                before: pattern.difference.before, after: pattern.difference.after, from: pattern.difference.from,
                until: pattern.difference.until)
        }
    }

    private func index(of substance: String, in table: Table) -> Substance.Index? {
        table.vocabulary.substances.firstIndex { $0.id == substance }.map(Substance.Index.init)
    }

    // MARK: Rules

    private func rules(_ before: [Rule], _ after: [Rule]) -> [TableDifference.RuleChange] {
        let older = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let newer = Set(after.map(\.id))
        let current = after.compactMap { rule -> TableDifference.RuleChange? in
            guard let earlier = older[rule.id] else {
                return .init(id: rule.id, kind: .added, summary: summary(of: rule), fields: [])
            }
            let fields = fields(earlier, rule)
            return fields.isEmpty
                ? nil : .init(id: rule.id, kind: .changed, summary: summary(of: rule), fields: fields)
        }
        return current
            + before.filter { !newer.contains($0.id) }
            .map { .init(id: $0.id, kind: .removed, summary: summary(of: $0), fields: []) }
    }

    private func summary(of rule: Rule) -> String {
        var text = rule.status.word
        if let from = rule.interval.from { text += " from \(from)" }
        if let until = rule.interval.until { text += " until \(until)" }
        if let authority = rule.authority { text += ", \(authority.citation)" }
        return text
    }

    private func fields(_ before: Rule, _ after: Rule) -> [FieldChange] {
        func authority(_ rule: Rule) -> String? {
            rule.authority.map { authority in
                ([authority.kind.rawValue, authority.citation] + [authority.schedule].compactMap { $0 })
                    .joined(separator: ", ")
            }
        }
        var changes = FieldChanges()
        changes.compare("substances", substances(before, in: old), substances(after, in: new))
        changes.compare("activities", words(before.activities), words(after.activities))
        changes.compare("status", before.status.word, after.status.word)
        changes.compare("from", before.interval.from?.description, after.interval.from?.description)
        changes.compare("until", before.interval.until?.description, after.interval.until?.description)
        changes.conditions("", before.conditions, after.conditions)
        changes.conditions("except ", before.exceptions, after.exceptions)
        changes.compare("authority", authority(before), authority(after))
        changes.compare("overrides", listed(before.overrides), listed(after.overrides))
        changes.compare("preempts", String(before.preempts), String(after.preempts))
        changes.compare(
            "unincorporated_only", String(before.isUnincorporatedOnly), String(after.isUnincorporatedOnly))
        changes.compare("penalty", before.penalty, after.penalty, form: .prose)
        changes.compare("note", before.note, after.note, form: .prose)
        changes.compare("conflict", before.conflict, after.conflict, form: .prose)
        changes.compare("confidence", before.confidence.word, after.confidence.word)
        changes.count("sources", before.sources, after.sources)
        return changes.list
    }

    private func substances(_ rule: Rule, in table: Table) -> String? {
        listed(
            rule.substances.members.filter { Int($0) < table.vocabulary.substances.count }
                .map { table.vocabulary[$0].id }.sorted())
    }

    private func words(_ activities: ActivitySet) -> String? {
        activities == .all ? "all" : listed(activities.members.map(\.word))
    }

    // MARK: Vocabulary

    func vocabulary() -> [FieldChange] {
        func described(_ substance: Substance, _ table: Table) -> String {
            var text = substance.name
            if let broader = substance.broader {
                text += ", \(substance.inference.rawValue) \(table.vocabulary[broader].id)"
            }
            if !substance.barredBy.isEmpty {
                text += ", barred by \(substance.barredBy.map(\.rawValue).sorted().joined(separator: ", "))"
            }
            return substance.aliases.isEmpty ? text : text + " (\(substance.aliases.sorted().joined(separator: ", ")))"
        }
        func substance(_ id: String, in table: Table) -> String? {
            index(of: id, in: table).map { described(table.vocabulary[$0], table) }
        }
        var changes = FieldChanges()
        changes.compare(
            "default substance", old.vocabulary[old.vocabulary.defaultSubstance].id,
            new.vocabulary[new.vocabulary.defaultSubstance].id)
        changes.compare(
            "summary activities", words(old.vocabulary.summaryActivities), words(new.vocabulary.summaryActivities))
        for activity in Activity.allCases {
            changes.compare(
                "\(activity.word) follows", old.vocabulary.follows[activity]?.word,
                new.vocabulary.follows[activity]?.word)
            changes.compare(
                "\(activity.word) requires", old.vocabulary.requires[activity]?.word,
                new.vocabulary.requires[activity]?.word)
        }
        let ids = new.vocabulary.substanceIDs + old.vocabulary.substanceIDs.filter { index(of: $0, in: new) == nil }
        for id in ids {
            changes.compare("substance \(id)", substance(id, in: old), substance(id, in: new))
        }
        return changes.list
    }

    private func listed(_ words: [String]) -> String? { words.isEmpty ? nil : words.joined(separator: ", ") }
}

/// Collects values that differ.
private struct FieldChanges {
    typealias FieldChange = TableDifference.FieldChange

    private(set) var list: [FieldChange] = []

    mutating func compare(_ field: String, _ before: String?, _ after: String?, form: FieldChange.Form = .value) {
        if before != after { list.append(.init(field: field, before: before, after: after, form: form)) }
    }

    /// How many came and went of things that have no name.
    mutating func count<Member: Hashable>(_ field: String, _ before: [Member], _ after: [Member]) {
        let (older, newer) = (Set(before), Set(after))
        let (gone, come) = (older.subtracting(newer).count, newer.subtracting(older).count)
        guard gone + come > 0 else { return }
        list.append(
            .init(
                field: field, before: gone == 0 ? nil : String(gone), after: come == 0 ? nil : String(come),
                form: .members))
    }

    mutating func conditions(_ prefix: String, _ before: [Condition], _ after: [Condition]) {
        for kind in Condition.Kind.allCases {
            func value(_ conditions: [Condition]) -> String? {
                let values = conditions.filter { $0.kind == kind }.map(\.valueInWords)
                return values.isEmpty ? nil : values.joined(separator: "; ")
            }
            compare(prefix + kind.rawValue, value(before), value(after))
        }
    }
}

extension Condition {
    /// Its value as the data files have it.
    fileprivate var valueInWords: String {
        switch self {
        case .minimumAge(let years): String(years)
        case .max7OHPercent(let limit), .max7OHPPM(let limit):
            limit == limit.rounded() ? String(Int(limit)) : String(limit)
        case .forms(let forms), .excludedForms(let forms): forms.map(\.rawValue).sorted().joined(separator: ", ")
        case .noSynthetics, .licence, .registration, .prescription, .labelling, .testing, .behindCounter: "true"
        case .other(let text): text
        }
    }
}
