/// What the rules of one jurisdiction come to on one day under given circumstances, for any substance and activity.
///
/// A boundary that is known only to its month or year may or may not have passed inside that span. Each combination
/// of such boundaries is a *world*; the strictest world decides.
struct LevelEvaluation {
    /// More boundaries than this in doubt on one day of one jurisdiction are taken as they come: a rule behind the
    /// limit counts as in force.
    static let boundaryLimit = 6

    let table: Table
    let jurisdiction: Int
    let day: CivilDate
    let circumstances: Circumstances
    /// Rules of higher levels that local rules give way to.
    let preemptors: [RuleReference]

    private let rules: [Rule]
    private let doubtful: [PartialDate]

    init(
        table: Table, jurisdiction: Int, day: CivilDate, circumstances: Circumstances, preemptors: [RuleReference]
    ) {
        self.table = table
        self.jurisdiction = jurisdiction
        self.day = day
        self.circumstances = circumstances
        self.preemptors = preemptors
        rules = table.jurisdictions[jurisdiction].rules
        var boundaries: [PartialDate] = []
        for rule in rules where rule.interval.contains(day) == .doubtful {
            for boundary in [rule.interval.from, rule.interval.until] {
                if let boundary, EffectiveInterval.hasPassed(boundary, by: day) == .doubtful,
                    !boundaries.contains(boundary), boundaries.count < LevelEvaluation.boundaryLimit
                {
                    boundaries.append(boundary)
                }
            }
        }
        doubtful = boundaries
    }

    func finding(_ substance: Substance.Index, _ activity: Activity) -> Finding {
        if rules.isEmpty { return Finding() }
        if doubtful.isEmpty { return finding(substance, activity, in: 0) }
        var whole = finding(substance, activity, in: 0)
        var differs = false
        for world in 1..<(1 << doubtful.count) {
            let other = finding(substance, activity, in: world)
            differs = differs || other.status != whole.status || other.parts != whole.parts
            whole.formStrictest(other)
        }
        whole.isDoubtful = differs
        return whole
    }

    /// The rules with `preempts` that are certainly in force and name both.
    func preemptors(_ substance: Substance.Index, _ activity: Activity) -> [RuleReference] {
        rules.indices.filter { position in
            let rule = rules[position]
            return rule.preempts && rule.interval.contains(day) == .yes && rule.substances.contains(substance)
                && rule.activities.contains(activity) && !isExcepted(rule)
                && !rules.contains { $0.overrides.contains(rule.id) && $0.interval.contains(day) != .no }
        }.map { RuleReference(jurisdiction: jurisdiction, rule: $0) }
    }

    // MARK: One world

    private func finding(_ substance: Substance.Index, _ activity: Activity, in world: Int) -> Finding {
        var result = Finding()
        let followed = table.vocabulary.follows[activity]

        if collect(substance, activity, in: world, into: &result, as: { self.named($0, substance) }) { return result }
        if let followed,
            collect(
                substance, followed, in: world, into: &result,
                as: { (self.effectiveStatus(of: $0), .activity(followed)) })
        {
            return result
        }
        var isUncertain = table.vocabulary[substance].inference == .uncertain
        var wider = table.vocabulary[substance].broader
        while let current = wider {
            let infer: (Rule) -> (Status, Inference) = {
                self.inferred(from: $0, on: current, for: substance, isUncertain: isUncertain)
            }
            if collect(current, activity, in: world, into: &result, as: infer) { return result }
            if let followed, collect(current, followed, in: world, into: &result, as: infer) { return result }
            isUncertain = isUncertain || table.vocabulary[current].inference == .uncertain
            wider = table.vocabulary[current].broader
        }
        return result
    }

    /// Adds the rules that name both in this world; false where none does.
    private func collect(
        _ substance: Substance.Index, _ activity: Activity, in world: Int, into result: inout Finding,
        as verdict: (Rule) -> (Status, Inference)
    ) -> Bool {
        var standing: [Int] = []
        for position in rules.indices {
            let rule = rules[position]
            guard rule.activities.contains(activity), names(rule, substance), isInForce(rule, in: world),
                !isExcepted(rule)
            else { continue }
            standing.append(position)
        }
        if standing.isEmpty { return false }
        var found = false
        for position in standing where !isOverridden(position, among: standing, depth: 0) {
            let (status, inference) = verdict(rules[position])
            let part = Finding.Part(
                reference: RuleReference(jurisdiction: jurisdiction, rule: position), status: status,
                inference: inference)
            if isPreempted(substance, activity) {
                if !result.preempted.contains(part) { result.preempted.append(part) }
            } else {
                result.parts.append(part)
                result.status = max(result.status, status)
                found = true
            }
        }
        return found
    }

    // MARK: One rule

    private func isInForce(_ rule: Rule, in world: Int) -> Bool {
        func hasPassed(_ boundary: PartialDate?) -> Bool? {
            guard let boundary else { return nil }
            switch EffectiveInterval.hasPassed(boundary, by: day) {
            case .yes: return true
            case .no: return false
            case .doubtful: return doubtful.firstIndex(of: boundary).map { world & (1 << $0) != 0 }
            }
        }
        // Nil beyond the limit of boundaries, or where there is none: on the side on which the rule is in force.
        return (hasPassed(rule.interval.from) ?? true) && !(hasPassed(rule.interval.until) ?? false)
    }

    private func names(_ rule: Rule, _ substance: Substance.Index) -> Bool {
        rule.substances.contains(substance) || exceedsCap(of: rule, substance)
    }

    /// A product with more 7-OH than a ban on 7-OH tolerates is what the ban speaks of, whatever it is called.
    private func exceedsCap(of rule: Rule, _ substance: Substance.Index) -> Bool {
        guard circumstances.percent7OH != nil || circumstances.ppm7OH != nil, rule.status == .prohibited else {
            return false
        }
        let exceeded = rule.exceptions.filter {
            ($0.kind == .max7OHPercent || $0.kind == .max7OHPPM) && $0.isMet(by: circumstances) == false
        }
        return exceeded.contains { condition in
            rule.substances.members.contains { member in
                Int(member) < table.vocabulary.substances.count
                    && table.vocabulary[member].barredBy.contains(condition.kind)
                    && table.vocabulary.root(of: member) == table.vocabulary.root(of: substance)
            }
        }
    }

    private func isExcepted(_ rule: Rule) -> Bool {
        !rule.exceptions.isEmpty && rule.exceptions.allSatisfy { $0.isMet(by: circumstances) == true }
    }

    private func isOverridden(_ position: Int, among standing: [Int], depth: Int) -> Bool {
        // Checked tables have no cycle; the bound only keeps an unchecked one from running away.
        guard depth <= standing.count else { return false }
        let id = rules[position].id
        return standing.contains {
            $0 != position && rules[$0].overrides.contains(id)
                && !isOverridden($0, among: standing, depth: depth + 1)
        }
    }

    private func isPreempted(_ substance: Substance.Index, _ activity: Activity) -> Bool {
        preemptors.contains {
            let rule = table[$0]
            return rule.substances.contains(substance) && rule.activities.contains(activity)
        }
    }

    private func effectiveStatus(of rule: Rule) -> Status {
        rule.conditions.contains { $0.isMet(by: circumstances) == false } ? .prohibited : rule.status
    }

    private func named(_ rule: Rule, _ substance: Substance.Index) -> (Status, Inference) {
        (effectiveStatus(of: rule), rule.substances.contains(substance) ? .named : .exceedsCap)
    }

    private func inferred(
        from rule: Rule, on wider: Substance.Index, for substance: Substance.Index, isUncertain: Bool
    ) -> (Status, Inference) {
        guard isUncertain else { return (effectiveStatus(of: rule), .substance(wider, .follows)) }
        let barring = rule.conditions.filter { table.vocabulary[substance].barredBy.contains($0.kind) }
        if let bar = barring.first(where: { $0.isMet(by: circumstances) != true }) {
            return (.prohibited, .barred(wider, bar.kind))
        }
        // The content stated is within every cap of the rule: it is the leaf product that the rule speaks of.
        if !barring.isEmpty { return (effectiveStatus(of: rule), .substance(wider, .follows)) }
        return (.uncertain, .substance(wider, .uncertain))
    }
}

extension Vocabulary {
    /// The widest term above a substance, or itself.
    func root(of substance: Substance.Index) -> Substance.Index {
        var current = substance
        while let wider = self[current].broader { current = wider }
        return current
    }
}
