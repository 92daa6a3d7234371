import Legality

extension SeededRandom {
    /// A small table with everything in it that a verdict can turn on, far more densely than law has it. Dates come
    /// from few, so that boundaries coincide.
    public mutating func table() -> Table {
        let vocabulary = vocabulary()
        var jurisdictions = [Jurisdiction(id: "EU", name: "EU", kind: .union, parentID: nil)]
        jurisdictions.append(jurisdiction("AA", .country, in: nil, vocabulary))
        for state in ["AA-X", "AA-Y"] {
            jurisdictions.append(jurisdiction(state, .state, in: "AA", vocabulary))
        }
        jurisdictions.append(jurisdiction("AA-X/county:one", .county, in: "AA-X", vocabulary))
        jurisdictions.append(jurisdiction("AA-X/place:two", .place, in: "AA-X/county:one", vocabulary))
        return Table(
            version: "2026.11.21", digest: "", vocabulary: vocabulary, jurisdictions: jurisdictions, gazetteer: .empty)
    }

    /// A place of such a table, a city one time in two, and now and then one that may be several.
    public mutating func place(in table: Table) -> Resolution {
        let ids = table.jurisdictions.dropFirst().map(\.id).shuffled(using: &self)
        return table.resolution(
            ofAny: Array(ids.prefix(once(in: 8) ? 2 : 1)), municipalities: once(in: 2) ? ["AA-X/place:two"] : [])
    }

    /// The days that the rules of such a table are about.
    public static let days = CivilDate("2020-12-01")!...CivilDate("2023-03-01")!

    /// Substances of two families, one of them up to three terms deep.
    private mutating func vocabulary() -> Vocabulary {
        func substance(
            _ id: String, broader: Substance.Index?, _ inference: Substance.Inference, _ bars: Set<Condition.Kind>
        ) -> Substance {
            Substance(id: id, name: id, aliases: [], broader: broader, inference: inference, barredBy: bars, note: "")
        }
        return Vocabulary(
            substances: [
                substance("leaf", broader: nil, .follows, []),
                substance("extract", broader: 0, .follows, []),
                substance("alkaloid", broader: 0, .uncertain, []),
                substance("capped", broader: 0, .uncertain, [.max7OHPercent, .max7OHPPM]),
                substance(
                    "synthetic", broader: once(in: 3) ? 3 : 0, once(in: 4) ? .follows : .uncertain, [.noSynthetics]),
                substance("other", broader: nil, .follows, []),
            ],
            follows: [.use: .possess, .buy: .sell],
            requires: once(in: 4)
                ? [:] : [.cultivate: .possess, .manufacture: .possess, .export: .use, .import: .manufacture],
            summaryActivities: ActivitySet([Activity.possess, .use, .buy, .sell].map { ActivitySet($0) }),
            defaultSubstance: 0)
    }

    private mutating func jurisdiction(
        _ id: String, _ kind: Jurisdiction.Kind, in parent: String?, _ vocabulary: Vocabulary
    ) -> Jurisdiction {
        var rules: [Rule] = []
        for number in 0..<Int.random(in: 0...5, using: &self) {
            rules.append(rule("r\(number)", beside: rules.map(\.id), vocabulary))
        }
        return Jurisdiction(
            id: id, name: id, kind: kind, parentID: parent, inherits: !once(in: 8),
            reviewed: once(in: 4) ? nil : .year(2022), rules: rules.shuffled(using: &self),
            advisories: once(in: 4) ? [Advisory(text: "Beware.", issuer: "Agency", date: nil, url: nil)] : [])
    }

    public mutating func rule(_ id: String, beside others: [String], _ vocabulary: Vocabulary) -> Rule {
        let status = one(of: [Status.legal, .regulated, .regulated, .uncertain, .prohibited, .prohibited]) ?? .legal
        let all = vocabulary.substances.indices.map(Substance.Index.init)
        let substances = once(in: 2) ? [0] : some(of: all)
        let activities = once(in: 2) ? Activity.allCases : some(of: Activity.allCases)
        return Rule(
            id: id, substances: SubstanceSet(substances.map { SubstanceSet($0) }),
            activities: ActivitySet(activities.map { ActivitySet($0) }), status: status, interval: interval(),
            conditions: status == .prohibited ? [] : conditions(upTo: 3),
            exceptions: status == .prohibited && once(in: 2) ? conditions(upTo: 2) : [],
            authority: once(in: 5) ? Authority(kind: .emergencyRule, citation: "E", schedule: nil) : nil,
            overrides: others.filter { _ in once(in: 5) }, preempts: once(in: 6), isUnincorporatedOnly: once(in: 6),
            conflict: once(in: 6) ? "They differ." : nil, confidence: one(of: Confidence.allCases) ?? .low,
            sources: [
                Source(url: "https://example.org", publisher: "P", date: .year(2021), isPrimary: true, gist: "G")
            ])
    }

    private mutating func interval() -> EffectiveInterval {
        let from = once(in: 4) ? nil : date()
        let until = once(in: 2) ? nil : date()
        if let from, let until, from.earliest > until.earliest { return EffectiveInterval(from: until, until: from) }
        return EffectiveInterval(from: from, until: until)
    }

    private mutating func date() -> PartialDate {
        one(of: ["2021", "2022", "2021-06", "2022-02", "2021-03-15", "2021-06-20", "2022-02-10", "2022-08-01"])
            .flatMap { PartialDate($0) } ?? .year(2021)
    }

    private mutating func conditions(upTo count: Int) -> [Condition] {
        let all: [Condition] = [
            .minimumAge(once(in: 2) ? 18 : 21), .max7OHPercent(once(in: 2) ? 1 : 2), .max7OHPPM(400),
            .forms([.leaf, .powder]), .excludedForms([.vape]), .noSynthetics, .licence, .prescription, .labelling,
            .other("Something else."),
        ]
        return Array(all.shuffled(using: &self).prefix(Int.random(in: 0...count, using: &self)))
    }
}
