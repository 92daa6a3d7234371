/// A rule that takes matters from the jurisdictions inside its own.
struct Preemption {
    let rule: RuleReference
    let substances: SubstanceSet
    let activities: ActivitySet
    /// What other rules of its jurisdiction that prevail over it name, and so leave to the lower levels.
    let released: [(substances: SubstanceSet, activities: ActivitySet)]

    func covers(_ substance: Substance.Index, _ activity: Activity) -> Bool {
        substances.contains(substance) && activities.contains(activity)
            && !released.contains { $0.substances.contains(substance) && $0.activities.contains(activity) }
    }
}
