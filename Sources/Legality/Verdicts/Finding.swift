/// What one level makes of one substance and activity on one day, with the rules that took part.
struct Finding {
    /// The strictest world's.
    private(set) var status: Status = .unknown
    /// The mildest world's: another one than `status` where a date in doubt matters.
    private(set) var mildest: Status?
    /// The rules that took part, with what each came to.
    private(set) var parts: [Part] = []
    /// Rules that would have taken part if a higher level did not pre-empt them, each with the one that does.
    private(set) var preemptions: [(part: Part, rule: RuleReference)] = []

    var preempted: [Part] { preemptions.map(\.part) }

    var isDoubtful: Bool { mildest.map { $0 < status } ?? false }

    struct Part: Hashable {
        let reference: RuleReference
        let status: Status
        let inference: Inference
    }
}

extension Finding: EvaluationObserver {
    mutating func took(_ part: Part) {
        if !parts.contains(part) { parts.append(part) }
    }

    mutating func preempted(_ part: Part, by rule: RuleReference) {
        if !preemptions.contains(where: { $0.part == part }) { preemptions.append((part, rule)) }
    }

    mutating func overridden(_ rule: RuleReference, by other: RuleReference) {}

    mutating func concluded(_ status: Status) {
        mildest = min(mildest ?? status, status)
        self.status = max(self.status, status)
    }
}
