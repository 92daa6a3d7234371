/// Sees how a level comes to its status. The evaluation is generic over it, so what nobody watches costs nothing.
protocol EvaluationObserver {
    /// A rule took part in a world.
    mutating func took(_ part: Finding.Part)
    /// A rule would have taken part if a rule of a higher level had not the matter to itself.
    mutating func preempted(_ part: Finding.Part, by rule: RuleReference)
    /// A rule that names what is looked for gave way to another of its jurisdiction.
    mutating func overridden(_ rule: RuleReference, by other: RuleReference)
    /// What one world of a level came to.
    mutating func concluded(_ status: Status)
}

/// Sees nothing: for when only the status matters.
struct Unobserved: EvaluationObserver {
    mutating func took(_ part: Finding.Part) {}
    mutating func preempted(_ part: Finding.Part, by rule: RuleReference) {}
    mutating func overridden(_ rule: RuleReference, by other: RuleReference) {}
    mutating func concluded(_ status: Status) {}
}
