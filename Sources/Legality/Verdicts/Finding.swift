/// What one level, or the whole chain, makes of one substance and activity on one day.
struct Finding {
    var status: Status = .unknown
    /// The rules that took part, with what each came to.
    var parts: [Part] = []
    /// Rules that would have taken part if a higher level did not pre-empt them.
    var preempted: [Part] = []
    /// Whether the day lies in the span of a boundary that is not known to the day, and that matters.
    var isDoubtful = false

    struct Part: Hashable {
        let reference: RuleReference
        let status: Status
        let inference: Inference
    }

    /// Adds another world's or level's finding: the strictest wins, everything that took part is kept.
    mutating func formStrictest(_ other: Finding) {
        status = max(status, other.status)
        for part in other.parts where !parts.contains(part) { parts.append(part) }
        for part in other.preempted where !preempted.contains(part) { preempted.append(part) }
        isDoubtful = isDoubtful || other.isDoubtful
    }
}
