/// A step of the way on which an answer was found.
///
/// The statuses of the steps reproduce the answer: a level's is the strictest of the rules after it, a decision's the
/// strictest of what came before it, the last step's the answer itself.
public struct ExplanationStep: Hashable, Sendable {
    public let kind: Kind
    /// The jurisdiction or, for a rule, its qualified id.
    public let id: String
    /// Nil where the step is about every activity asked about.
    public let activity: Activity?
    /// What came out of it; nil for a rule that does not take part.
    public let status: Status?
    /// A sentence.
    public let text: String

    public enum Kind: String, Sendable {
        /// One of the places that the query may be about.
        case candidate
        /// A jurisdiction of its chain.
        case level
        /// A rule of the jurisdiction, and why it did or did not apply.
        case rule
        /// What was made of the steps before.
        case decision
    }
}

extension Table {
    /// How `judge` comes to its answer: for each candidate its levels, most local first, with the rules of each and
    /// why each did or did not apply, then what decided.
    ///
    /// Made by the evaluation that answers, watched: there is no other.
    public func explain(
        _ query: Query, at resolution: Resolution, clock: some CivilClock
    ) -> [ExplanationStep] {
        let evaluations = evaluations(of: query, at: resolution, clock: clock)
        let explanations = zip(resolution.candidates, evaluations).map {
            CandidateExplanation(
                table: self, query: query, asked: askedActivities(of: query), candidate: $0, evaluation: $1)
        }
        var steps = explanations.flatMap(\.steps)
        if explanations.count > 1 {
            let status = explanations.map(\.status).max() ?? .unknown
            let chosen = explanations.first { $0.status == status }?.candidate.place ?? resolution.candidates[0].place
            steps.append(
                ExplanationStep(
                    kind: .decision, id: chosen.id, activity: nil, status: status,
                    text: "The strictest of the places that it may be: \(chosen.name)."))
        }
        return steps
    }
}

/// The steps of one candidate.
private struct CandidateExplanation {
    let table: Table
    let query: Query
    let asked: [Activity]
    let candidate: Resolution.Candidate
    let evaluation: ChainEvaluation

    /// What is known of a level: one trace for each activity asked about.
    private typealias Traces = [(activity: Activity, trace: LevelTrace)]

    var status: Status { evaluation.status(query.substance, asked) }

    var steps: [ExplanationStep] {
        let traces: [Int: Traces] = Dictionary(
            evaluation.levels.map { level in (level.jurisdiction, asked.map { ($0, trace(of: level, $0)) }) },
            uniquingKeysWith: { first, _ in first })
        var steps = [candidateStep]
        for link in candidate.chain {
            steps += levelSteps(for: link, traces: link.index.flatMap { traces[$0] } ?? [])
        }
        let ordered = candidate.chain.compactMap(\.index).compactMap { traces[$0] }
        for (position, activity) in asked.enumerated() {
            steps.append(decision(on: activity, ordered.map { $0[position].trace }))
        }
        if asked.count > 1 {
            let list = asked.map(\.word).joined(separator: ", ")
            steps.append(
                ExplanationStep(
                    kind: .decision, id: candidate.place.id, activity: nil, status: status,
                    text: "The strictest of \(list)."))
        }
        return steps
    }

    private func trace(of level: LevelEvaluation, _ activity: Activity) -> LevelTrace {
        var trace = LevelTrace()
        _ = level.status(query.substance, activity, observer: &trace)
        return trace
    }

    private var candidateStep: ExplanationStep {
        let chain = candidate.chain.map(\.name).joined(separator: ", ")
        let note = candidate.note.map { " (\($0))" } ?? ""
        return ExplanationStep(
            kind: .candidate, id: candidate.place.id, activity: nil, status: status,
            text: "Looked at on \(evaluation.day): \(chain)\(note).")
    }

    // MARK: A level

    private func levelSteps(for link: ChainLink, traces: Traces) -> [ExplanationStep] {
        let status = traces.reduce(Status.unknown) { max($0, $1.trace.status) }
        let rules = link.index.map { table.jurisdictions[$0].rules } ?? []
        let text =
            if rules.isEmpty {
                "The table has no rule of \(link.name)."
            } else if status == .unknown {
                "No rule of \(link.name) speaks of it: it does not count."
            } else {
                "\(link.name): \(status.word)."
            }
        let level = ExplanationStep(kind: .level, id: link.id, activity: nil, status: status, text: text)
        guard let index = link.index else { return [level] }
        return [level]
            + rules.indices.flatMap {
                ruleSteps(RuleReference(jurisdiction: index, rule: $0), of: link, traces: traces)
            }
    }

    private func ruleSteps(_ reference: RuleReference, of link: ChainLink, traces: Traces) -> [ExplanationStep] {
        let id = table.qualifiedID(of: reference)
        func step(_ activity: Activity?, _ status: Status?, _ text: String) -> ExplanationStep {
            ExplanationStep(kind: .rule, id: id, activity: activity, status: status, text: text)
        }
        let inner = candidate.chain.prefix { $0 != link }.first(where: \.isMunicipality)
        let applicability = Applicability(
            of: table[reference], on: evaluation.day, query.circumstances, isInMunicipality: inner != nil)
        switch applicability {
        case .notYet(let from): return [step(nil, nil, "Not in force yet: it begins \(preposition(from)) \(from).")]
        case .over(let until):
            return [step(nil, nil, "Not in force any more: it ended \(preposition(until)) \(until).")]
        case .incorporated:
            return [
                step(
                    nil, nil,
                    "Does not apply: it holds only in unincorporated areas, and \(inner?.name ?? link.name) is incorporated."
                )
            ]
        case .excepted: return [step(nil, nil, "Does not apply: \(exceptionText(table[reference])).")]
        case .applies: break
        }
        var steps: [ExplanationStep] = []
        var unnamed = ActivitySet()
        for (activity, trace) in traces {
            let events = trace.events.filter { $0.rule == reference }
            if events.isEmpty { unnamed.insert(activity) }
            for event in events {
                switch event {
                case .took(let part):
                    steps.append(step(activity, part.status, tookText(part, activity)))
                case .preempted(let part, let other):
                    steps.append(
                        step(
                            activity, nil,
                            "Would come to \(part.status.word), but \(table.qualifiedID(of: other)) pre-empts it."))
                case .overridden(_, let other):
                    steps.append(step(activity, nil, "Overridden by \(table.qualifiedID(of: other))."))
                }
            }
        }
        if unnamed.members.count == traces.count {
            steps.append(step(nil, nil, silenceText(table[reference], unnamed.members)))
        } else {
            for activity in unnamed.members {
                steps.append(step(activity, nil, silenceText(table[reference], [activity])))
            }
        }
        return steps
    }

    // MARK: Words

    private func preposition(_ date: PartialDate) -> String { date.isExact ? "on" : "in" }

    private var substanceID: String { table.vocabulary[query.substance].id }

    private func tookText(_ part: Finding.Part, _ activity: Activity) -> String {
        let rule = table[part.reference]
        let how = part.inference.text(for: query.substance, activity, in: table.vocabulary)
        var text = how.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? "Names \(substanceID) and \(activity.word)"
        let failed = rule.conditions.filter { $0.isMet(by: query.circumstances) == false }
        if rule.status != .prohibited, part.status == .prohibited, !failed.isEmpty {
            text += "; not met: \(failed.map(\.phrase).joined(separator: ", "))"
        }
        return text + doubtText(rule) + "."
    }

    private func doubtText(_ rule: Rule) -> String {
        guard rule.interval.contains(evaluation.day) == .doubtful else { return "" }
        func isDoubtful(_ boundary: PartialDate?) -> Bool {
            boundary.map { EffectiveInterval.hasPassed($0, by: evaluation.day) == .doubtful } ?? false
        }
        let parts = [
            isDoubtful(rule.interval.from) ? rule.interval.from.map { "began in \($0)" } : nil,
            isDoubtful(rule.interval.until) ? rule.interval.until.map { "ended in \($0)" } : nil,
        ].compactMap { $0 }
        return "; it \(parts.joined(separator: " and ")), the day is not known, so the stricter side counts"
    }

    private func exceptionText(_ rule: Rule) -> String {
        "the circumstances meet what it leaves outside itself (\(rule.exceptions.map(\.phrase).joined(separator: ", ")))"
    }

    /// Why a rule that is in force had no part in the answer for these activities.
    private func silenceText(_ rule: Rule, _ activities: [Activity]) -> String {
        let names = rule.substances.members.filter { Int($0) < table.vocabulary.substances.count }
            .map { table.vocabulary[$0].id }
        if !rule.substances.contains(query.substance) {
            return "Names \(names.joined(separator: ", ")), not \(substanceID)."
        }
        let missing = activities.filter { !rule.activities.contains($0) }
        return missing.isEmpty
            ? "Not asked: another rule answers." : "Does not name \(missing.map(\.word).joined(separator: ", "))."
    }

    // MARK: Decisions

    private func decision(on activity: Activity, _ traces: [LevelTrace]) -> ExplanationStep {
        let status = traces.reduce(Status.unknown) { max($0, $1.status) }
        let deciding = traces.flatMap(\.parts).filter { $0.status == status }
        var ids: [String] = []
        for id in deciding.map({ table.qualifiedID(of: $0.reference) }) where !ids.contains(id) { ids.append(id) }
        let text =
            status == .unknown
            ? "Nothing at any level: \(activity.word) is unknown, which is not legal."
            : "To \(activity.word) is \(status.word), by \(ids.joined(separator: ", "))."
        return ExplanationStep(
            kind: .decision, id: candidate.place.id, activity: activity, status: status, text: text)
    }
}

/// What happened at one level on the way to its status.
private struct LevelTrace: EvaluationObserver {
    private(set) var events: [Event] = []
    private(set) var status: Status = .unknown

    enum Event: Hashable {
        case took(Finding.Part)
        case preempted(Finding.Part, by: RuleReference)
        case overridden(RuleReference, by: RuleReference)

        var rule: RuleReference {
            switch self {
            case .took(let part), .preempted(let part, _): part.reference
            case .overridden(let rule, _): rule
            }
        }
    }

    var parts: [Finding.Part] {
        events.compactMap { if case .took(let part) = $0 { part } else { nil } }
    }

    mutating func took(_ part: Finding.Part) { add(.took(part)) }
    mutating func preempted(_ part: Finding.Part, by rule: RuleReference) { add(.preempted(part, by: rule)) }
    mutating func overridden(_ rule: RuleReference, by other: RuleReference) { add(.overridden(rule, by: other)) }
    mutating func concluded(_ status: Status) { self.status = max(self.status, status) }

    /// Worlds repeat one another; each thing is told once.
    private mutating func add(_ event: Event) {
        if !events.contains(event) { events.append(event) }
    }
}

extension Condition {
    /// In the words of the data: `minimum_age: 21`.
    fileprivate var phrase: String {
        switch self {
        case .minimumAge(let years): "\(kind.rawValue): \(years)"
        case .max7OHPercent(let limit), .max7OHPPM(let limit): "\(kind.rawValue): \(limit)"
        case .forms(let forms), .excludedForms(let forms):
            "\(kind.rawValue): \(forms.map(\.rawValue).sorted().joined(separator: ", "))"
        case .other(let text): text
        default: kind.rawValue
        }
    }
}
