/// Why a rule speaks, or does not, on one day under given circumstances, before any substance is asked about.
enum Applicability {
    case applies
    /// It begins then, after the day.
    case notYet(PartialDate)
    /// It ended then, by the day.
    case over(PartialDate)
    /// It holds only in unincorporated areas, and the place is in a municipality.
    case incorporated
    /// The circumstances meet all that the prohibition leaves outside itself.
    case excepted

    /// - Parameter isInMunicipality: whether the place lies in a city, town or village below the rule's jurisdiction.
    init(of rule: Rule, on day: CivilDate, _ circumstances: Circumstances, isInMunicipality: Bool) {
        if let from = rule.interval.from, EffectiveInterval.hasPassed(from, by: day) == .no {
            self = .notYet(from)
        } else if let until = rule.interval.until, EffectiveInterval.hasPassed(until, by: day) == .yes {
            self = .over(until)
        } else if rule.isUnincorporatedOnly, isInMunicipality {
            self = .incorporated
        } else if rule.status == .prohibited, !rule.exceptions.isEmpty,
            rule.exceptions.allSatisfy({ $0.isMet(by: circumstances) == true })
        {
            self = .excepted
        } else {
            self = .applies
        }
    }
}

/// A rule of a level that may be in force on the day and applies under the circumstances, in the form in which
/// questions are quickly answered from it.
struct StandingRule {
    /// Its place in the jurisdiction's `rules`.
    let position: Int
    /// What it names, with what it names only through a 7-OH content above its cap.
    let substances: SubstanceSet
    let activities: ActivitySet
    /// For these circumstances: a failed condition makes it `prohibited`.
    let status: Status
    /// The kinds of its conditions, and of those the ones that the circumstances do not certainly meet.
    let conditions: ConditionKinds
    let unmet: ConditionKinds
    /// The boundary in doubt at which it begins or ends, as a bit of a world; 0 where there is none.
    var beginning: UInt32 = 0
    var end: UInt32 = 0
    /// Whether another standing rule of its jurisdiction says that it prevails over it.
    var mayBeOverridden = false

    init(_ rule: Rule, at position: Int, _ circumstances: Circumstances, in vocabulary: Vocabulary) {
        self.position = position
        substances = StandingRule.substances(named: rule, circumstances, in: vocabulary)
        activities = rule.activities
        var kinds: ConditionKinds = []
        var unmet: ConditionKinds = []
        var status = rule.status
        for condition in rule.conditions {
            let kind = ConditionKinds(condition.kind)
            kinds.formUnion(kind)
            let isMet = condition.isMet(by: circumstances)
            if isMet != true { unmet.formUnion(kind) }
            if isMet == false { status = .prohibited }
        }
        self.status = status
        conditions = kinds
        self.unmet = unmet
    }

    /// A product with more 7-OH than a prohibition tolerates is what the prohibition speaks of, whatever the product
    /// is called, as long as it comes from the same plant.
    private static func substances(
        named rule: Rule, _ circumstances: Circumstances, in vocabulary: Vocabulary
    ) -> SubstanceSet {
        guard rule.status == .prohibited, circumstances.percent7OH != nil || circumstances.ppm7OH != nil,
            rule.exceptions.contains(where: { $0.isCapOn7OH && $0.isMet(by: circumstances) == false })
        else { return rule.substances }
        return vocabulary.families(of: rule.substances)
    }

    func names(_ substance: Substance.Index, _ activity: Activity) -> Bool {
        substances.contains(substance) && activities.contains(activity)
    }

    /// Whether it is in force in a world: a set of boundaries in doubt that have passed there.
    func isInForce(in world: UInt32) -> Bool {
        (beginning == 0 || world & beginning != 0) && world & end == 0
    }
}

/// A set of kinds of conditions.
struct ConditionKinds: OptionSet, Hashable {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }
    init(_ kind: Condition.Kind) { rawValue = 1 << kind.position }
    init(_ kinds: some Sequence<Condition.Kind>) {
        rawValue = kinds.reduce(0) { $0 | 1 << $1.position }
    }

    /// The first of them in the order of `Condition.Kind.allCases`.
    var first: Condition.Kind? {
        let kinds = Condition.Kind.allCases
        return rawValue == 0 ? nil : kinds[rawValue.trailingZeroBitCount]
    }
}

extension Condition.Kind {
    /// Its place in `allCases`.
    fileprivate var position: UInt16 {
        switch self {
        case .minimumAge: 0
        case .max7OHPercent: 1
        case .max7OHPPM: 2
        case .forms: 3
        case .excludedForms: 4
        case .noSynthetics: 5
        case .licence: 6
        case .registration: 7
        case .prescription: 8
        case .labelling: 9
        case .testing: 10
        case .behindCounter: 11
        case .other: 12
        }
    }
}

extension Condition {
    /// Whether it limits how much 7-hydroxymitragynine there may be.
    var isCapOn7OH: Bool { kind == .max7OHPercent || kind == .max7OHPPM }
}
