/// What the jurisdictions of one chain come to on one day: between levels the strictest wins, and a level that is
/// silent does not count.
struct ChainEvaluation {
    let table: Table
    /// The levels that the table knows, the highest first.
    private let levels: [Int]
    let day: CivilDate
    let circumstances: Circumstances
    private let hasPreemption: Bool

    init(table: Table, chain: [ChainLink], day: CivilDate, circumstances: Circumstances) {
        self.table = table
        self.day = day
        self.circumstances = circumstances
        levels = chain.reversed().compactMap(\.index)
        hasPreemption = levels.contains { table.jurisdictions[$0].rules.contains(where: \.preempts) }
    }

    /// The finding of each level, the highest first.
    func findings(_ substance: Substance.Index, _ activity: Activity) -> [(jurisdiction: Int, finding: Finding)] {
        var preemptors: [RuleReference] = []
        return levels.map { level in
            let evaluation = LevelEvaluation(
                table: table, jurisdiction: level, day: day, circumstances: circumstances, preemptors: preemptors)
            let finding = evaluation.finding(substance, activity)
            if hasPreemption {
                for related in related(to: substance) {
                    preemptors += evaluation.preemptors(related, activity)
                    if let followed = table.vocabulary.follows[activity] {
                        preemptors += evaluation.preemptors(related, followed)
                    }
                }
            }
            return (level, finding)
        }
    }

    func finding(_ substance: Substance.Index, _ activity: Activity) -> Finding {
        var whole = Finding()
        for (_, finding) in findings(substance, activity) { whole.formStrictest(finding) }
        return whole
    }

    /// The strictest over the activities.
    func status(_ substance: Substance.Index, _ activities: [Activity]) -> Status {
        activities.reduce(.unknown) { max($0, finding(substance, $1).status) }
    }

    private func related(to substance: Substance.Index) -> [Substance.Index] {
        var result = [substance]
        while let last = result.last, let wider = table.vocabulary[last].broader { result.append(wider) }
        return result
    }
}
