/// The time in which a rule is law: `[from, until)`, each end as far as it is known.
public struct EffectiveInterval: Hashable, Sendable {
    /// The first day; nil where the beginning is not known (then it counts as always begun).
    public let from: PartialDate?
    /// The first day on which it no longer holds; nil where no end is known.
    public let until: PartialDate?

    public init(from: PartialDate?, until: PartialDate?) {
        self.from = from
        self.until = until
    }

    /// Whether something that happens on `boundary` has happened by `day`.
    public static func hasPassed(_ boundary: PartialDate, by day: CivilDate) -> Certainty {
        if day >= boundary.latest { return .yes }
        return day < boundary.earliest ? .no : .doubtful
    }

    /// Whether the interval holds `day`. `doubtful` only inside the span of a boundary whose day is not known.
    public func contains(_ day: CivilDate) -> Certainty {
        let begun = from.map { EffectiveInterval.hasPassed($0, by: day) } ?? .yes
        let ended = until.map { EffectiveInterval.hasPassed($0, by: day) } ?? .no
        if begun == .no || ended == .yes { return .no }
        return begun == .yes && ended == .no ? .yes : .doubtful
    }

    /// Whether the intervals certainly share a day: doubtful spans do not count.
    public func certainlyOverlaps(_ other: EffectiveInterval) -> Bool {
        func beginsBefore(_ from: PartialDate?, _ until: PartialDate?) -> Bool {
            guard let from, let until else { return true }
            return from.latest < until.earliest
        }
        return beginsBefore(from, other.until) && beginsBefore(other.from, until)
            && beginsBefore(from, until) && beginsBefore(other.from, other.until)
    }

    /// An answer that may be in doubt.
    public enum Certainty: Sendable {
        case no
        case doubtful
        case yes
    }
}
