import Legality

/// The substances of the shipped table, in its order.
enum Plant: Substance.Index, CaseIterable {
    case kratom
    case extract
    case mitragynine
    case sevenOH
    case synthetic
}

extension SubstanceSet {
    init(_ plants: [Plant]) {
        self.init(plants.map { SubstanceSet($0.rawValue) })
    }
}

extension ActivitySet {
    init(_ activities: [Activity]) {
        self.init(activities.map { ActivitySet($0) })
    }
}

extension Vocabulary {
    /// The relations of the shipped `substances.yaml`.
    static let plant: Vocabulary = {
        func substance(
            _ id: String, _ aliases: [String], broader: Plant?, _ inference: Substance.Inference = .follows,
            barredBy: Set<Condition.Kind> = []
        ) -> Substance {
            Substance(
                id: id, name: id, aliases: aliases, broader: broader?.rawValue, inference: inference,
                barredBy: barredBy, note: "")
        }
        return Vocabulary(
            substances: [
                substance("kratom", ["leaf", "Mitragyna speciosa"], broader: nil),
                substance("extract", ["concentrate"], broader: .kratom),
                substance("mitragynine", [], broader: .kratom, .uncertain),
                substance(
                    "7-hydroxymitragynine", ["7-oh"], broader: .kratom, .uncertain,
                    barredBy: [.max7OHPercent, .max7OHPPM]),
                substance("synthetic", ["mgm-15"], broader: .kratom, .uncertain, barredBy: [.noSynthetics]),
            ],
            follows: [.use: .possess, .buy: .sell],
            requires: [.manufacture: .possess, .cultivate: .possess, .import: .possess, .export: .possess],
            summaryActivities: ActivitySet([.possess, .use, .buy, .sell]), defaultSubstance: Plant.kratom.rawValue)
    }()
}
