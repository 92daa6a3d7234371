public import Legality

/// What a table holds of each country, state and territory, and what it lacks.
public struct Coverage: Sendable {
    /// One entry for each jurisdiction that is no locality, in the order of the table.
    public let entries: [Entry]
    /// Codes of the countries of ISO 3166-1 that the table has no file of: of them it says `unknown`. Empty where the
    /// directory has no gazetteer.
    public let countriesWithoutFile: [String]

    /// What the table holds of one jurisdiction.
    public struct Entry: Sendable {
        public let id: String
        public let name: String
        public let rules: Int
        public let localities: Int
        public let localRules: Int
        /// Of its own rules, not its localities'.
        public let sources: Int
        public let primarySources: Int
        /// How many of its rules have each confidence.
        public let confidence: [Confidence: Int]
        /// The date of its newest evidence.
        public let reviewed: PartialDate?
        public let openQuestions: Int
        /// What is missing, in words.
        public let gaps: [String]
    }

    /// What `table` holds, judged as of `date`.
    public init(of table: Table, on date: CivilDate) {
        countriesWithoutFile = table.gazetteer.countries.map(\.code).filter { table.index(of: $0) == nil }
        var localities: [String: (count: Int, rules: Int)] = [:]
        for jurisdiction in table.jurisdictions where jurisdiction.isLocal {
            let owner = String(jurisdiction.id.prefix { $0 != "/" })
            localities[owner, default: (0, 0)].count += 1
            localities[owner, default: (0, 0)].rules += jurisdiction.rules.count
        }
        entries = table.jurisdictions.filter { !$0.isLocal && $0.kind != .union }.map { jurisdiction in
            let sources = jurisdiction.rules.flatMap(\.sources)
            let local = localities[jurisdiction.id] ?? (0, 0)
            return Entry(
                id: jurisdiction.id, name: jurisdiction.name, rules: jurisdiction.rules.count,
                localities: local.count, localRules: local.rules, sources: sources.count,
                primarySources: sources.count(where: \.isPrimary),
                confidence: jurisdiction.rules.reduce(into: [:]) { $0[$1.confidence, default: 0] += 1 },
                reviewed: jurisdiction.reviewed, openQuestions: jurisdiction.openQuestions.count,
                gaps: Coverage.gaps(of: jurisdiction, in: table.vocabulary, on: date))
        }
    }

    private static func gaps(of jurisdiction: Jurisdiction, in vocabulary: Vocabulary, on date: CivilDate) -> [String] {
        let current = jurisdiction.rules.filter { $0.interval.contains(date) != .no }
        guard !current.isEmpty else {
            return [jurisdiction.rules.isEmpty ? "no rules" : "no rule in force"]
        }
        var gaps: [String] = []
        if !current.contains(where: { $0.sources.contains(where: \.isPrimary) }) { gaps.append("no primary source") }
        if current.allSatisfy({ $0.confidence == .low }) { gaps.append("low confidence only") }
        if current.contains(where: { $0.conflict != nil }) { gaps.append("sources contradict each other") }
        if current.contains(where: { $0.status == .prohibited && $0.authority == nil }) {
            gaps.append("a prohibition without its law")
        }
        let standard = current.filter { $0.substances.contains(vocabulary.defaultSubstance) }
        let activities = standard.reduce(into: ActivitySet()) { $0.formUnion($1.activities) }
        let silent = Activity.allCases.filter { activity in
            !activities.contains(activity)
                && vocabulary.follows[activity].map { activities.contains($0) } != true
        }
        if !silent.isEmpty {
            let substance = vocabulary[vocabulary.defaultSubstance].id
            gaps.append(
                silent.count == Activity.allCases.count
                    ? "nothing on \(substance)" : "\(substance): no \(silent.map(\.word).joined(separator: ", "))")
        }
        let named = current.reduce(into: SubstanceSet()) { $0.formUnion($1.substances) }
        let unnamed = vocabulary.substances.enumerated().filter { index, substance in
            substance.inference == .uncertain && substance.broader != nil
                && !named.contains(Substance.Index(index))
        }
        if !unnamed.isEmpty { gaps.append("nothing on \(unnamed.map(\.element.id).joined(separator: ", "))") }
        if let reviewed = jurisdiction.reviewed {
            if date.days(since: reviewed.latest) > RuleChecks.oldAge { gaps.append("old evidence") }
        } else {
            gaps.append("evidence without date")
        }
        return gaps
    }

    /// A table for people, with a line of totals at its end.
    public var text: String {
        var table = TextTable(
            head: [
                "JURISDICTION", "NAME", "RULES", "LOCALITIES", "LOCAL RULES", "SOURCES", "PRIMARY", "HIGH", "MEDIUM",
                "LOW", "EVIDENCE", "QUESTIONS", "GAPS",
            ], numbers: [2, 3, 4, 5, 6, 7, 8, 9, 11])
        func counts(_ entries: [Entry]) -> [String] {
            [
                entries.reduce(0) { $0 + $1.rules }, entries.reduce(0) { $0 + $1.localities },
                entries.reduce(0) { $0 + $1.localRules }, entries.reduce(0) { $0 + $1.sources },
                entries.reduce(0) { $0 + $1.primarySources },
            ].map(String.init)
                + [Confidence.high, .medium, .low].map { level in
                    String(entries.reduce(0) { $0 + ($1.confidence[level] ?? 0) })
                }
        }
        for entry in entries {
            table.append(
                [entry.id, entry.name] + counts([entry]) + [
                    entry.reviewed?.description ?? "-", String(entry.openQuestions),
                    entry.gaps.joined(separator: "; "),
                ])
        }
        let complete = entries.count { $0.gaps.isEmpty }
        table.append(
            ["TOTAL", "\(entries.count) jurisdictions"] + counts(entries) + [
                entries.compactMap(\.reviewed).max { $0.earliest < $1.earliest }?.description ?? "-",
                String(entries.reduce(0) { $0 + $1.openQuestions }), "\(complete) without gaps",
            ])
        let rest =
            countriesWithoutFile.isEmpty
            ? []
            : ["\(countriesWithoutFile.count) countries without a file: \(countriesWithoutFile.joined(separator: " "))"]
        return (table.lines + rest).map { $0 + "\n" }.joined()
    }

    var json: JSONText {
        let entries = entries.map { entry in
            JSONText.object([
                ("id", .string(entry.id)), ("name", .string(entry.name)), ("rules", .number(entry.rules)),
                ("localities", .number(entry.localities)), ("local_rules", .number(entry.localRules)),
                ("sources", .number(entry.sources)), ("primary_sources", .number(entry.primarySources)),
                (
                    "confidence",
                    .object(Confidence.allCases.reversed().map { ($0.word, .number(entry.confidence[$0] ?? 0)) })
                ),
                ("reviewed", .optional(entry.reviewed?.description)),
                ("open_questions", .number(entry.openQuestions)), ("gaps", .list(entry.gaps.map { .string($0) })),
            ])
        }
        return .object([
            ("jurisdictions", .list(entries)),
            ("countries_without_file", .list(countriesWithoutFile.map { .string($0) })),
        ])
    }
}

extension Jurisdiction {
    /// Whether it lies below a state or country: a county, a place, tribal land.
    var isLocal: Bool { id.utf8.contains(UInt8(ascii: "/")) }
}
