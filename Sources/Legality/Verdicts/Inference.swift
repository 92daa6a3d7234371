/// How a rule came to speak for a substance and activity that it may not name.
public enum Inference: Hashable, Sendable {
    /// It names both.
    case named
    /// It names the product by its 7-OH content, which is above what it tolerates.
    case exceedsCap
    /// It names another activity, which this one follows.
    case activity(Activity)
    /// It prohibits another activity, which this one requires.
    case requirement(Activity)
    /// It names the wider substance, for this activity or the one that this follows.
    case substance(Substance.Index, Substance.Inference)
    /// It names the wider substance, and a condition of it bars this one.
    case barred(Substance.Index, Condition.Kind)

    /// In words; nil where nothing was inferred.
    public func text(for substance: Substance.Index, _ activity: Activity, in vocabulary: Vocabulary) -> String? {
        let name = vocabulary[substance].id
        switch self {
        case .named:
            return nil
        case .exceedsCap:
            return "the 7-OH content stated is above what the rule leaves outside it"
        case .activity(let other):
            return "no rule names \(activity.word) here: it follows \(other.word)"
        case .requirement(let other):
            return "no rule names \(activity.word) here: who may not \(other.word) may not \(activity.word)"
        case .substance(let wider, .follows):
            return "no rule names \(name) here: it follows \(vocabulary[wider].id)"
        case .substance(let wider, .uncertain):
            return "no rule names \(name) here, only \(vocabulary[wider].id): uncertain"
        case .barred(let wider, let kind):
            return "no rule names \(name) here: the rule on \(vocabulary[wider].id) bars it (\(kind.rawValue))"
        }
    }
}
