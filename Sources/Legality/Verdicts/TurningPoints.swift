/// The days and ages at which a verdict on a place may become another.
///
/// Between two of them, verdicts that are asked for with a day, on the same substance and activity and with nothing
/// else said of the circumstances but the age, differ in that day alone: in the day they name and in the number of
/// days since the evidence ended, where they give it.
public struct TurningPoints: Sendable, Hashable {
    /// In order, each once; a span begins on each of them.
    public let days: [CivilDate]
    /// Likewise, in years.
    public let ages: [Int]

    /// The number of the span in which a day and an age lie. No age is a span of its own.
    public func span(of day: CivilDate, age: Int?) -> (day: Int, age: Int) {
        (position(of: day, in: days), age.map { position(of: $0, in: ages) } ?? -1)
    }

    /// How many of the values have been reached.
    private func position<Value: Comparable>(of value: Value, in values: [Value]) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Table {
    /// Where verdicts on this place may change; whatever the rules of its jurisdictions speak of.
    public func turningPoints(of resolution: Resolution) -> TurningPoints {
        var days: [CivilDate] = []
        var ages: [Int] = []
        for index in Set(resolution.candidates.flatMap(\.chain).compactMap(\.index)) {
            let jurisdiction = jurisdictions[index]
            // From that day on the evidence is old.
            if let reviewed = jurisdiction.reviewed {
                days.append(reviewed.earliest.adding(days: Warning.evidenceLifeInDays + 1))
            }
            for rule in jurisdiction.rules {
                for boundary in [rule.interval.from, rule.interval.until].compactMap({ $0 }) {
                    days += [boundary.earliest, boundary.latest]
                }
                // Before the first evidence of a rule without a beginning it may not have begun.
                if rule.interval.from == nil { days += rule.sources.compactMap(\.date?.earliest) }
                for condition in rule.conditions + rule.exceptions {
                    if case .minimumAge(let years) = condition { ages.append(years) }
                }
            }
        }
        return TurningPoints(days: Array(Set(days)).sorted(), ages: Array(Set(ages)).sorted())
    }
}
