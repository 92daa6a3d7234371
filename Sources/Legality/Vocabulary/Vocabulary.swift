/// The substances and activities of a table and the relations between them, as its data file states them.
public struct Vocabulary: Sendable {
    /// At most 64 substances.
    public static let substanceLimit = 64

    public let substances: [Substance]
    /// Which activity's rule is taken for one that no rule names (buying follows selling).
    public let follows: [Activity: Activity]
    /// Which activity one takes for granted: where no rule names it and the other is prohibited, so is it (nobody grows
    /// what he may not hold). Nothing else follows from it.
    public let requires: [Activity: Activity]
    /// The activities that an answer is the strictest of where none is asked for.
    public let summaryActivities: ActivitySet
    /// The substance that a query means where none is given.
    public let defaultSubstance: Substance.Index
    private let indexByWord: [String: Substance.Index]
    /// `follows` by the activity's raw value.
    private let followedActivities: [Activity?]
    /// `requires` likewise.
    private let requiredActivities: [Activity?]

    /// `broader` of every substance has to lie inside `substances` and be without a cycle.
    public init(
        substances: [Substance], follows: [Activity: Activity], requires: [Activity: Activity] = [:],
        summaryActivities: ActivitySet, defaultSubstance: Substance.Index
    ) {
        self.substances = substances
        self.follows = follows
        followedActivities = Activity.allCases.map { follows[$0] }
        self.requires = requires
        requiredActivities = Activity.allCases.map { requires[$0] }
        self.summaryActivities = summaryActivities
        self.defaultSubstance = defaultSubstance
        var words: [String: Substance.Index] = [:]
        for (position, substance) in substances.enumerated() {
            for word in [substance.id] + substance.aliases {
                words[word.lowercased()] = Substance.Index(position)
            }
        }
        indexByWord = words
    }

    /// The substance with this id or alias, in any case.
    public func substance(named word: String) -> Substance.Index? { indexByWord[word.lowercased()] }

    public subscript(index: Substance.Index) -> Substance { substances[Int(index)] }

    /// Ids in the order of the data file.
    public var substanceIDs: [String] { substances.map(\.id) }

    /// The activity whose rules speak for one that none names.
    func followed(by activity: Activity) -> Activity? { followedActivities[Int(activity.rawValue)] }

    /// The activity that this one takes for granted.
    func required(by activity: Activity) -> Activity? { requiredActivities[Int(activity.rawValue)] }

    /// The activities whose rules can speak for one of these.
    func sources(of activities: [Activity]) -> ActivitySet {
        var result = ActivitySet()
        for activity in activities {
            for source in [activity, required(by: activity)].compactMap({ $0 }) {
                result.insert(source)
                if let followed = followed(by: source) { result.insert(followed) }
            }
        }
        return result
    }

    /// The substances whose rules can speak for this one: itself and its wider terms.
    func sources(of substance: Substance.Index) -> SubstanceSet {
        var result = SubstanceSet(substance)
        var current = substance
        while let wider = substances[Int(current)].broader {
            result.insert(wider)
            current = wider
        }
        return result
    }

    /// Every substance that shares its widest term with one of these.
    func families(of members: SubstanceSet) -> SubstanceSet {
        var result = members
        for index in substances.indices.map(Substance.Index.init)
        where members.members.contains(where: { root(of: $0) == root(of: index) }) {
            result.insert(index)
        }
        return result
    }

    /// The widest term above a substance, or itself.
    private func root(of substance: Substance.Index) -> Substance.Index {
        var current = substance
        while Int(current) < substances.count, let wider = substances[Int(current)].broader { current = wider }
        return current
    }
}

/// A substance of the table.
public struct Substance: Sendable {
    /// Its place in `Vocabulary.substances`.
    public typealias Index = UInt8

    public let id: String
    public let name: String
    public let aliases: [String]
    /// The wider term, whose rules speak for this one where no rule names it.
    public let broader: Index?
    /// What such a rule says of this one.
    public let inference: Inference
    /// Conditions of a rule on the wider term that bar this one outright (a cap on 7-OH bars isolated 7-OH).
    public let barredBy: Set<Condition.Kind>
    public let note: String
    let barringKinds: ConditionKinds

    public init(
        id: String, name: String, aliases: [String], broader: Index?, inference: Inference,
        barredBy: Set<Condition.Kind>, note: String
    ) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.broader = broader
        self.inference = inference
        self.barredBy = barredBy
        barringKinds = ConditionKinds(barredBy)
        self.note = note
    }

    public enum Inference: String, CaseIterable, Sendable {
        /// The same status as the wider term.
        case follows
        /// `uncertain`, whatever the wider term's status.
        case uncertain
    }
}

/// A set of substances of one vocabulary.
public struct SubstanceSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ index: Substance.Index) { rawValue = 1 << UInt64(index) }
    public func contains(_ index: Substance.Index) -> Bool { rawValue & (1 << UInt64(index)) != 0 }
    public mutating func insert(_ index: Substance.Index) { formUnion(SubstanceSet(index)) }

    /// The members in the order of the vocabulary.
    public var members: [Substance.Index] {
        (0..<UInt8(Vocabulary.substanceLimit)).filter { contains($0) }
    }
}
