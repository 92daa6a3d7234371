/// What the rules of one jurisdiction come to on one day under given circumstances, for any substance and activity.
///
/// A boundary that is known only to its month or year may or may not have passed inside that span. Each combination
/// of such boundaries is a *world*; the strictest world decides.
struct LevelEvaluation {
    /// More boundaries than this in doubt on one day of one jurisdiction are not told apart: a rule behind the limit
    /// counts as in force.
    static let boundaryLimit = 8

    let jurisdiction: Int
    /// Whether the place lies in a city, town or village below this level.
    let isInMunicipality: Bool
    private let table: Table
    private let standing: [StandingRule]
    /// For each standing rule the others that say that they prevail over it; empty where none does.
    private let overriders: [[Int]]
    private let worldCount: UInt32
    /// What higher levels take from this one.
    private let preemptions: [Preemption]

    init(
        table: Table, jurisdiction: Int, day: CivilDate, circumstances: Circumstances, isInMunicipality: Bool,
        preemptions: [Preemption]
    ) {
        self.table = table
        self.jurisdiction = jurisdiction
        self.isInMunicipality = isInMunicipality
        self.preemptions = preemptions
        let rules = table.jurisdictions[jurisdiction].rules
        var standing: [StandingRule] = []
        var boundaries = DoubtfulBoundaries(day: day, limit: LevelEvaluation.boundaryLimit)
        var hasOverrides = false
        // Looked at where they lie: to copy a rule is to count a dozen references.
        rules.withUnsafeBufferPointer { rules in
            for position in rules.indices {
                guard
                    case .applies = Applicability(
                        of: rules[position], on: day, circumstances, isInMunicipality: isInMunicipality)
                else { continue }
                var rule = StandingRule(rules[position], at: position, circumstances, in: table.vocabulary)
                (rule.beginning, rule.end) = boundaries.bits(of: rules[position].interval)
                standing.append(rule)
                hasOverrides = hasOverrides || !rules[position].overrides.isEmpty
            }
        }
        worldCount = 1 << boundaries.count
        var overriders: [[Int]] = []
        if hasOverrides {
            overriders = standing.map { rule in
                let id = rules[rule.position].id
                return standing.indices.filter { rules[standing[$0].position].overrides.contains(id) }
            }
            for index in standing.indices { standing[index].mayBeOverridden = !overriders[index].isEmpty }
        }
        self.standing = standing
        self.overriders = overriders
    }

    /// The status of the strictest world; `unknown` where no rule speaks of it.
    func status(
        _ substance: Substance.Index, _ activity: Activity, observer: inout some EvaluationObserver
    ) -> Status {
        if standing.isEmpty { return .unknown }
        var strictest = Status.unknown
        for world in 0..<worldCount {
            let status = status(substance, activity, in: world, observer: &observer)
            observer.concluded(status)
            strictest = max(strictest, status)
        }
        return strictest
    }

    func finding(_ substance: Substance.Index, _ activity: Activity) -> Finding {
        var finding = Finding()
        _ = status(substance, activity, observer: &finding)
        return finding
    }

    /// What this level takes from those below it: rules that certainly are in force and that nothing may override.
    var ownPreemptions: [Preemption] {
        let rules = table.jurisdictions[jurisdiction].rules
        return standing.indices.compactMap { index in
            let rule = standing[index]
            guard rules[rule.position].preempts, rule.beginning == 0, rule.end == 0 else { return nil }
            return Preemption(
                rule: reference(rule), substances: rule.substances, activities: rule.activities,
                released: rule.mayBeOverridden
                    ? overriders[index].map { (standing[$0].substances, standing[$0].activities) } : [])
        }
    }

    // MARK: One world

    /// What names both decides; else what names the activity that this one follows; else the same of the wider terms,
    /// the nearest first; else a prohibition of what this one requires.
    ///
    /// - Parameter asRequired: whether it is looked at only for what another activity requires, and so without what it
    ///   requires itself.
    private func status(
        _ substance: Substance.Index, _ activity: Activity, in world: UInt32, asRequired: Bool = false,
        observer: inout some EvaluationObserver
    ) -> Status {
        let followed = table.vocabulary.followed(by: activity)
        // What a higher level has to itself is not brought back by inference: what would have answered is only told.
        let silencing = preemptions.first { $0.covers(substance, activity) }
        var answer = Status.unknown
        var isSilenced = false
        var term = substance
        var isUncertain = false
        while true {
            var next: Activity? = activity
            while let named = next {
                next = named == activity ? followed : nil
                let isFurther = answer != .unknown
                let preemption = silencing ?? preemptions.first { $0.covers(term, named) }
                for index in standing.indices {
                    let rule = standing[index]
                    guard rule.names(term, named), rule.isInForce(in: world) else { continue }
                    if let overrider = overrider(of: index, term, named, in: world) {
                        observer.overridden(reference(rule), by: reference(standing[overrider]))
                        continue
                    }
                    let part = part(of: rule, naming: term, named, for: substance, activity, isUncertain: isUncertain)
                    if isFurther && part.status != .prohibited { continue }
                    if let preemption {
                        observer.preempted(part, by: preemption.rule)
                        isSilenced = silencing != nil
                    } else {
                        observer.took(part)
                        answer = max(answer, part.status)
                    }
                }
                if isSilenced { return .unknown }
                // The first answer stands, unless it is but the doubt about an isolated alkaloid: then what is said
                // further off still decides where it bars the alkaloid outright.
                if answer != .unknown && !(isUncertain && answer == .uncertain) { return answer }
            }
            guard let wider = table.vocabulary.substances[Int(term)].broader else {
                guard !asRequired, silencing == nil, let required = table.vocabulary.required(by: activity),
                    isProhibited(substance, required, requiredBy: activity, in: world, observer: &observer)
                else { return answer }
                return .prohibited
            }
            isUncertain = isUncertain || table.vocabulary.substances[Int(term)].inference == .uncertain
            term = wider
        }
    }

    /// Whether what an activity requires is prohibited; the rules that prohibit it then speak for the activity, too.
    private func isProhibited(
        _ substance: Substance.Index, _ required: Activity, requiredBy activity: Activity, in world: UInt32,
        observer: inout some EvaluationObserver
    ) -> Bool {
        var nobody = Unobserved()
        guard status(substance, required, in: world, asRequired: true, observer: &nobody) == .prohibited else {
            return false
        }
        var finding = Finding()
        _ = status(substance, required, in: world, asRequired: true, observer: &finding)
        for part in finding.parts where part.status == .prohibited {
            observer.took(
                Finding.Part(reference: part.reference, status: .prohibited, inference: .requirement(required)))
        }
        return true
    }

    /// What a rule that names `term` and `named` says of `substance` and `activity`.
    private func part(
        of rule: StandingRule, naming term: Substance.Index, _ named: Activity, for substance: Substance.Index,
        _ activity: Activity, isUncertain: Bool
    ) -> Finding.Part {
        var status = rule.status
        let inference: Inference
        if term == substance {
            if named != activity {
                inference = .activity(named)
            } else {
                let namesItself = table.jurisdictions[jurisdiction].rules[rule.position].substances.contains(substance)
                inference = namesItself ? .named : .exceedsCap
            }
        } else if isUncertain {
            let bars = table.vocabulary.substances[Int(substance)].barringKinds
            if let bar = rule.unmet.intersection(bars).first {
                (status, inference) = (.prohibited, .barred(term, bar))
            } else if rule.conditions.isDisjoint(with: bars) {
                (status, inference) = (.uncertain, .substance(term, .uncertain))
            } else {
                // The content stated is within every cap of the rule: it is the leaf product that the rule is about.
                inference = .substance(term, .follows)
            }
        } else {
            inference = .substance(term, .follows)
        }
        return Finding.Part(reference: reference(rule), status: status, inference: inference)
    }

    /// A rule that prevails over the one at `index` on this substance and activity and is not itself overridden.
    private func overrider(
        of index: Int, _ substance: Substance.Index, _ activity: Activity, in world: UInt32, depth: Int = 0
    ) -> Int? {
        // Checked tables have no cycle; the bound only keeps an unchecked one from running away.
        guard standing[index].mayBeOverridden, depth <= standing.count else { return nil }
        return overriders[index].first {
            standing[$0].names(substance, activity) && standing[$0].isInForce(in: world)
                && overrider(of: $0, substance, activity, in: world, depth: depth + 1) == nil
        }
    }

    private func reference(_ rule: StandingRule) -> RuleReference {
        RuleReference(jurisdiction: jurisdiction, rule: rule.position)
    }
}

/// Gives each boundary that may or may not have passed on a day a bit of its own.
private struct DoubtfulBoundaries {
    let day: CivilDate
    let limit: Int
    /// By bit; nil for one that no other rule shares.
    private var boundaries: [PartialDate?] = []

    init(day: CivilDate, limit: Int) {
        self.day = day
        self.limit = limit
    }

    var count: Int { boundaries.count }

    /// The bits of an interval's beginning and end; 0 where they are not in doubt.
    mutating func bits(of interval: EffectiveInterval) -> (beginning: UInt32, end: UInt32) {
        guard interval.contains(day) == .doubtful else { return (0, 0) }
        // Its whole life lies somewhere in the span: it may be in force whatever else began or ended there.
        if let from = interval.from, from == interval.until { return (newBit(for: nil), 0) }
        return (bit(of: interval.from), bit(of: interval.until))
    }

    private mutating func bit(of boundary: PartialDate?) -> UInt32 {
        guard let boundary, EffectiveInterval.hasPassed(boundary, by: day) == .doubtful else { return 0 }
        if let known = boundaries.firstIndex(of: boundary) { return 1 << UInt32(known) }
        return newBit(for: boundary)
    }

    private mutating func newBit(for boundary: PartialDate?) -> UInt32 {
        guard boundaries.count < limit else { return 0 }
        boundaries.append(boundary)
        return 1 << UInt32(boundaries.count - 1)
    }
}
