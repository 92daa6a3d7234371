import Legality

/// "How a verdict is made", point by point as README.md and data/README.md tell it: slow on purpose, without indexes,
/// caches or sharing of work, so that it can be read beside the text. It says what the real judge has to say.
public struct NaiveJudge {
    public let table: Table
    public let circumstances: Circumstances
    public let day: CivilDate

    public init(_ table: Table, circumstances: Circumstances, day: CivilDate) {
        self.table = table
        self.circumstances = circumstances
        self.day = day
    }

    /// A rule that took part, and what it came to.
    public struct Use: Hashable {
        public let rule: String
        public let status: Status
    }

    /// What a chain, a level or a world makes of one substance and activity.
    public struct Answer: Equatable {
        public var status: Status = .unknown
        public var uses: Set<Use> = []

        mutating func add(_ other: Answer) {
            status = max(status, other.status)
            uses.formUnion(other.uses)
        }

        /// The rules that came to what the whole came to.
        public var deciding: Set<String> { Set(uses.filter { $0.status == status }.map(\.rule)) }
    }

    /// Each candidate is judged, the strictest wins, of equals the first.
    public func answer(
        candidates: [Resolution.Candidate], substance: Substance.Index, activity: Activity?
    ) -> Answer {
        let answers = candidates.map { candidate in
            answer(chain: levels(of: candidate), substance: substance, activity: activity)
        }
        return answers.first { answer in answers.allSatisfy { $0.status <= answer.status } } ?? Answer()
    }

    /// The jurisdictions of a chain that the table has, most local first, with the rules that hold at the place: those
    /// for unincorporated areas do not where a level below is a municipality.
    func levels(of candidate: Resolution.Candidate) -> [Jurisdiction] {
        candidate.chain.enumerated().compactMap { position, link in
            guard let jurisdiction = link.index.map({ table.jurisdictions[$0] }) else { return nil }
            let isInMunicipality = candidate.chain[..<position].contains { $0.isMunicipality }
            guard isInMunicipality, jurisdiction.rules.contains(where: \.isUnincorporatedOnly) else {
                return jurisdiction
            }
            return jurisdiction.replacing(rules: jurisdiction.rules.filter { !$0.isUnincorporatedOnly })
        }
    }

    /// The strictest over the activity asked about, or over the summary activities.
    func answer(chain: [Jurisdiction], substance: Substance.Index, activity: Activity?) -> Answer {
        let activities = activity.map { [$0] } ?? table.vocabulary.summaryActivities.members
        var whole = Answer()
        for activity in activities {
            whole.add(answer(chain: chain, substance: substance, activity: activity))
        }
        return whole
    }

    /// The strictest level wins; one that is silent does not count.
    func answer(chain: [Jurisdiction], substance: Substance.Index, activity: Activity) -> Answer {
        var whole = Answer()
        for level in chain.indices {
            for world in worlds(of: chain[level]) {
                whole.add(answer(level: level, of: chain, in: world, substance, activity))
            }
        }
        return whole
    }

    // MARK: Worlds

    /// One way in which things may stand on the day: the boundaries that have passed, of those that may or may not
    /// have, and the rules that are in force, of those that began and ended within one month or year that holds the day.
    struct World {
        var passed: Set<PartialDate> = []
        var shortLived: Set<String> = []
    }

    func isInDoubt(_ boundary: PartialDate) -> Bool { boundary.earliest <= day && day < boundary.latest }

    func isShortLived(_ rule: Rule) -> Bool {
        rule.interval.from != nil && rule.interval.from == rule.interval.until
    }

    /// Every combination of what is in doubt.
    func worlds(of jurisdiction: Jurisdiction) -> [World] {
        var worlds = [World()]
        let lasting = jurisdiction.rules.filter { !isShortLived($0) }
        let boundaries = Set(lasting.flatMap { [$0.interval.from, $0.interval.until].compactMap { $0 } })
        for boundary in boundaries where isInDoubt(boundary) {
            worlds += worlds.map { World(passed: $0.passed.union([boundary]), shortLived: $0.shortLived) }
        }
        for rule in jurisdiction.rules where isShortLived(rule) && rule.interval.from.map(isInDoubt) == true {
            worlds += worlds.map { World(passed: $0.passed, shortLived: $0.shortLived.union([rule.id])) }
        }
        return worlds
    }

    func hasPassed(_ boundary: PartialDate, in world: World) -> Bool {
        boundary.latest <= day || world.passed.contains(boundary)
    }

    func isInForce(_ rule: Rule, in world: World) -> Bool {
        if isShortLived(rule) { return world.shortLived.contains(rule.id) }
        let hasBegun = rule.interval.from.map { hasPassed($0, in: world) } ?? true
        let hasEnded = rule.interval.until.map { hasPassed($0, in: world) } ?? false
        return hasBegun && !hasEnded
    }

    // MARK: One rule

    /// Whether the query meets all of a prohibition's exceptions.
    func isExcepted(_ rule: Rule) -> Bool {
        rule.status == .prohibited && !rule.exceptions.isEmpty
            && rule.exceptions.allSatisfy { $0.isMet(by: circumstances) == true }
    }

    /// Whether a rule names the substance and activity itself. A prohibition of everything above a 7-OH cap, where the
    /// query says that the product lies above it, names whatever comes from the same plant.
    func names(_ rule: Rule, _ substance: Substance.Index, _ activity: Activity) -> Bool {
        guard rule.activities.contains(activity) else { return false }
        if rule.substances.contains(substance) { return true }
        let exceedsCap = rule.exceptions.contains { exception in
            [.max7OHPercent, .max7OHPPM].contains(exception.kind) && exception.isMet(by: circumstances) == false
        }
        return rule.status == .prohibited && exceedsCap
            && rule.substances.members.contains { family(of: $0) == family(of: substance) }
    }

    /// The widest term of a substance.
    func family(of substance: Substance.Index) -> Substance.Index {
        table.vocabulary[substance].broader.map { family(of: $0) } ?? substance
    }

    /// The status of a rule for this query: one of its conditions failed makes it a prohibition.
    func effectiveStatus(_ rule: Rule) -> Status {
        rule.conditions.contains { $0.isMet(by: circumstances) == false } ? .prohibited : rule.status
    }

    // MARK: Several rules of one jurisdiction

    /// Whether another rule of the jurisdiction that names the same, is in force and is not itself overridden
    /// prevails over this one.
    func isOverridden(
        _ rule: Rule, of jurisdiction: Jurisdiction, in world: World, _ substance: Substance.Index,
        _ activity: Activity, beyond seen: Set<String> = []
    ) -> Bool {
        jurisdiction.rules.contains { other in
            other.overrides.contains(rule.id) && !seen.contains(other.id) && isInForce(other, in: world)
                && !isExcepted(other) && names(other, substance, activity)
                && !isOverridden(other, of: jurisdiction, in: world, substance, activity, beyond: seen.union([rule.id]))
        }
    }

    // MARK: Pre-emption

    /// Whether a rule of a higher level that names the same takes it from this level.
    func isPreempted(
        level: Int, of chain: [Jurisdiction], _ substance: Substance.Index, _ activity: Activity
    ) -> Bool {
        chain[(level + 1)...].contains { higher in
            higher.rules.contains { rule in
                rule.preempts && rule.interval.contains(day) == .yes && !isExcepted(rule)
                    && names(rule, substance, activity)
                    && !higher.rules.contains { other in
                        other.overrides.contains(rule.id) && other.interval.contains(day) != .no
                            && !isExcepted(other) && names(other, substance, activity)
                    }
            }
        }
    }

    // MARK: One level in one world

    /// The rules of a level that name the substance and activity and are left when all is said.
    func naming(
        level: Int, of chain: [Jurisdiction], in world: World, _ substance: Substance.Index, _ activity: Activity
    ) -> [Rule] {
        guard !isPreempted(level: level, of: chain, substance, activity) else { return [] }
        return chain[level].rules.filter { rule in
            isInForce(rule, in: world) && !isExcepted(rule) && names(rule, substance, activity)
                && !isOverridden(rule, of: chain[level], in: world, substance, activity)
        }
    }

    /// What the level says of it: by name, else by what it says of the nearest thing that it follows from. Where that
    /// leaves an isolated alkaloid uncertain, what is said of things further off still bars it if it bars it outright.
    /// Nothing, by name or otherwise, where a higher level has the matter to itself.
    func answer(
        level: Int, of chain: [Jurisdiction], in world: World, _ substance: Substance.Index, _ activity: Activity,
        asRequired: Bool = false
    ) -> Answer {
        if isPreempted(level: level, of: chain, substance, activity) { return Answer() }
        var nearest: Answer?
        var isNearestUncertain = false
        for source in sources(of: substance, activity) {
            if let nearest, !(isNearestUncertain && nearest.status == .uncertain) { return nearest }
            var answer = Answer()
            for rule in naming(level: level, of: chain, in: world, source.substance, source.activity) {
                let status =
                    source.isUncertain ? statusOfIsolated(substance, under: rule) : effectiveStatus(rule)
                if nearest != nil && status != .prohibited { continue }
                answer.add(Answer(status: status, uses: [Use(rule: "\(chain[level].id)#\(rule.id)", status: status)]))
            }
            if answer.status == .unknown { continue }
            if nearest == nil { isNearestUncertain = source.isUncertain }
            answer.add(nearest ?? Answer())
            nearest = answer
        }
        let isOpen = nearest == nil || (isNearestUncertain && nearest?.status == .uncertain)
        if !asRequired, isOpen, let required = table.vocabulary.requires[activity] {
            let bar = self.answer(level: level, of: chain, in: world, substance, required, asRequired: true)
            if bar.status == .prohibited {
                var answer = nearest ?? Answer()
                answer.add(Answer(status: .prohibited, uses: bar.uses.filter { $0.status == .prohibited }))
                return answer
            }
        }
        return nearest ?? Answer()
    }

    /// A substance and activity from whose rules another follows.
    struct Source {
        let substance: Substance.Index
        let activity: Activity
        /// Whether what is said of it leaves the other uncertain.
        let isUncertain: Bool
    }

    /// Itself, the activity that it follows, and both again for each wider term.
    func sources(of substance: Substance.Index, _ activity: Activity) -> [Source] {
        var sources: [Source] = []
        var term: Substance.Index? = substance
        var isUncertain = false
        while let current = term {
            sources.append(Source(substance: current, activity: activity, isUncertain: isUncertain))
            if let followed = table.vocabulary.follows[activity] {
                sources.append(Source(substance: current, activity: followed, isUncertain: isUncertain))
            }
            isUncertain = isUncertain || table.vocabulary[current].inference == .uncertain
            term = table.vocabulary[current].broader
        }
        return sources
    }

    /// What a rule on a wider term says of an isolated or synthetic alkaloid: nothing certain, unless a cap or a ban
    /// in the rule itself decides.
    func statusOfIsolated(_ substance: Substance.Index, under rule: Rule) -> Status {
        let bars = rule.conditions.filter { table.vocabulary[substance].barredBy.contains($0.kind) }
        if bars.isEmpty { return .uncertain }
        return bars.allSatisfy { $0.isMet(by: circumstances) == true } ? effectiveStatus(rule) : .prohibited
    }
}
