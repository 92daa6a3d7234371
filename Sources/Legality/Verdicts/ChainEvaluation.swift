/// What the jurisdictions of one chain come to on one day: between levels the strictest wins, and a level that is
/// silent does not count.
struct ChainEvaluation {
    let day: CivilDate
    /// The levels that the table has rules of, the highest first.
    let levels: [LevelEvaluation]

    init(table: Table, chain: [ChainLink], day: CivilDate, circumstances: Circumstances) {
        self.day = day
        var levels: [LevelEvaluation] = []
        levels.reserveCapacity(chain.count)
        var preemptions: [Preemption] = []
        for (position, link) in chain.enumerated().reversed() {
            guard let jurisdiction = link.index else { continue }
            let level = LevelEvaluation(
                table: table, jurisdiction: jurisdiction, day: day, circumstances: circumstances,
                isInMunicipality: chain[..<position].contains(where: \.isMunicipality), preemptions: preemptions)
            levels.append(level)
            preemptions += level.ownPreemptions
        }
        self.levels = levels
    }

    /// What each level makes of it, the highest first.
    func findings(_ substance: Substance.Index, _ activity: Activity) -> [Finding] {
        levels.map { $0.finding(substance, activity) }
    }

    func status(_ substance: Substance.Index, _ activity: Activity) -> Status {
        var strictest = Status.unknown
        var nobody = Unobserved()
        for index in levels.indices {
            strictest = max(strictest, levels[index].status(substance, activity, observer: &nobody))
        }
        return strictest
    }

    /// The strictest over the activities.
    func status(_ substance: Substance.Index, _ activities: [Activity]) -> Status {
        activities.reduce(.unknown) { max($0, status(substance, $1)) }
    }
}
