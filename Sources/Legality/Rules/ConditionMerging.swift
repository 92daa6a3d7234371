extension Condition {
    /// Several rules' conditions as one list without repetition: the strictest age, caps and forms, all the rest.
    public static func merged(_ conditions: [Condition]) -> [Condition] {
        var result: [Condition] = []
        for condition in conditions {
            switch condition {
            case .other:
                if !result.contains(condition) { result.append(condition) }
            default:
                if let position = result.firstIndex(where: { $0.kind == condition.kind }) {
                    result[position] = result[position].strictest(with: condition)
                } else {
                    result.append(condition)
                }
            }
        }
        let order = Kind.allCases
        return order.flatMap { kind in result.filter { $0.kind == kind } }
    }

    private func strictest(with other: Condition) -> Condition {
        switch (self, other) {
        case (.minimumAge(let left), .minimumAge(let right)): .minimumAge(max(left, right))
        case (.max7OHPercent(let left), .max7OHPercent(let right)): .max7OHPercent(min(left, right))
        case (.max7OHPPM(let left), .max7OHPPM(let right)): .max7OHPPM(min(left, right))
        case (.forms(let left), .forms(let right)): .forms(left.intersection(right))
        case (.excludedForms(let left), .excludedForms(let right)): .excludedForms(left.union(right))
        default: self
        }
    }
}
