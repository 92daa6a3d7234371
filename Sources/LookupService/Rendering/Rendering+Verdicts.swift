public import Legality
public import Varlink

// The wire types of org.legalityd.Lookup that describe answers. Each function writes one whole value.

extension JSONWriter {
    /// A member that is always there, so that a reader finds the same names in every answer.
    private mutating func member(_ key: StaticString, orNull value: String?) {
        name(key)
        if let value { write(value) } else { writeNull() }
    }

    /// A verdict as `Check` gives it; `table` is the one that it was made from.
    public mutating func verdict(_ verdict: Verdict, of table: Table, explanation: [ExplanationStep]?) {
        self.verdict(verdict, of: table, explanation: explanation, outline: nil)
    }

    /// - Parameter outline: notes what others share of it; with the parts of the same table.
    mutating func verdict(
        _ verdict: Verdict, of table: Table, explanation: [ExplanationStep]?, outline: ReplyOutline?
    ) {
        object { json in
            json.name("place")
            json.place(verdict.place)
            json.name("chain")
            json.places(verdict.chain)
            json.member("on", verdict.day.description)
            outline?.note(.day, from: json.bytes.count - 11, to: json.bytes.count - 1)
            json.member("substance", table.vocabulary[verdict.substance].id)
            json.member("activity", orNull: verdict.activity?.word)
            json.member("status", verdict.status.word)
            if let outline, let part = outline.parts.statuses(of: verdict) {
                outline.write(part, to: &json)
            } else {
                json.statuses(of: verdict, in: table.vocabulary)
            }
            json.name("conditions")
            json.conditions(verdict.conditions)
            json.name("decided_by")
            json.participants(verdict.deciding, of: table, outline: outline)
            json.name("preempted")
            json.participants(verdict.preempted, of: table, outline: outline)
            json.name("next_change")
            if let change = verdict.nextChange { json.change(change) } else { json.writeNull() }
            json.name("advisories")
            json.advisories(verdict.advisories, of: table, outline: outline)
            json.member("confidence", orNull: verdict.confidence?.word)
            json.member("reviewed", orNull: verdict.reviewed?.description)
            json.name("warnings")
            json.array { json in
                for warning in verdict.warnings { json.warning(warning, outline: outline) }
            }
            json.name("candidates")
            json.array { json in
                guard verdict.candidates.count > 1 else { return }
                for (candidate, status) in verdict.candidates { json.candidate(candidate, status: status) }
            }
            if let explanation {
                json.name("explanation")
                json.array { json in
                    for step in explanation { json.step(step) }
                }
            }
            if let outline, let part = outline.parts.origin {
                outline.write(part, to: &json)
            } else {
                json.origin(table)
            }
        }
    }

    /// The members that tell which table a verdict is from.
    mutating func origin(_ table: Table) {
        member("table", table.version)
        member("digest", table.digest)
    }

    /// The members with the statuses of all activities and of all substances.
    mutating func statuses(of verdict: Verdict, in vocabulary: Vocabulary) {
        name("activities")
        object { json in
            for activity in Activity.allCases {
                json.name(activity.word)
                json.write(verdict.activities[Int(activity.rawValue)].word)
            }
        }
        name("substances")
        object { json in
            for (substance, status) in zip(vocabulary.substances, verdict.substances) {
                json.name(substance.id)
                json.write(status.word)
            }
        }
    }

    private mutating func step(_ step: ExplanationStep) {
        object { json in
            json.member("kind", step.kind.rawValue)
            json.member("id", step.id)
            json.member("activity", ifPresent: step.activity?.word)
            json.member("status", ifPresent: step.status?.word)
            json.member("text", step.text)
        }
    }

    /// A verdict has all advisories of a jurisdiction or none, one after the other.
    private mutating func advisories(
        _ advisories: [(jurisdiction: Int, advisory: Advisory)], of table: Table, outline: ReplyOutline?
    ) {
        array { json in
            var shared: Int?
            for (jurisdiction, advisory) in advisories where jurisdiction != shared {
                if let outline, let part = outline.parts.advisories(of: jurisdiction) {
                    outline.write(part, to: &json)
                    shared = jurisdiction
                } else {
                    json.advisory(advisory, of: table.jurisdictions[jurisdiction].id)
                }
            }
        }
    }

    private mutating func warning(_ warning: Warning, outline: ReplyOutline?) {
        write(warning.text)
        if let outline, case .oldEvidence(let reviewed, let days) = warning {
            // Nothing in its text has to be escaped.
            let end = bytes.count - 1 - Warning.oldEvidenceEnd.utf8.count
            outline.note(.days(since: reviewed.earliest), from: end - String(days).utf8.count, to: end)
        }
    }

    private mutating func participants(
        _ participants: [Verdict.Participant], of table: Table, outline: ReplyOutline?
    ) {
        array { json in
            for participant in participants {
                let rule = table[participant.reference]
                json.object { json in
                    json.member("jurisdiction", table.jurisdictions[participant.reference.jurisdiction].id)
                    json.member("rule", table.qualifiedID(of: participant.reference))
                    json.member("status", participant.status.word)
                    json.member("from", ifPresent: rule.interval.from?.description)
                    json.member("until", ifPresent: rule.interval.until?.description)
                    json.member("activities", participant.activities.members.map(\.word))
                    json.member("inferred", ifPresent: participant.inferred)
                    if let outline, let part = outline.parts.evidence(of: participant.reference) {
                        outline.write(part, to: &json)
                    } else {
                        json.evidence(of: rule)
                    }
                }
            }
        }
    }

    mutating func change(_ change: Verdict.Change) {
        object {
            $0.member("on", change.day.description)
            $0.member("status", change.status.word)
        }
    }

    mutating func candidate(_ candidate: Resolution.Candidate, status: Status?) {
        object { json in
            json.name("place")
            json.place(candidate.place)
            json.name("chain")
            json.places(candidate.chain)
            json.member("certainty", candidate.certainty.rawValue)
            json.member("share", ifPresent: candidate.share)
            json.member("note", ifPresent: candidate.note)
            json.member("status", ifPresent: status?.word)
        }
    }

    mutating func period(_ period: HistoryPeriod) {
        object { json in
            json.member("from", ifPresent: period.from?.description)
            json.member("until", ifPresent: period.until?.description)
            json.member("status", period.status.word)
            json.member("approximate", period.isApproximate)
            json.member("decided_by", period.decidedBy)
        }
    }

    mutating func upcoming(_ change: UpcomingChange, of table: Table) {
        let rule = table[change.rule]
        let jurisdiction = table.jurisdictions[change.rule.jurisdiction]
        object { json in
            json.member("on", change.on.description)
            json.name("place")
            json.place(
                ChainLink(
                    id: jurisdiction.id, name: jurisdiction.name, kind: jurisdiction.kind,
                    index: change.rule.jurisdiction))
            json.member("rule", table.qualifiedID(of: change.rule))
            json.member("event", change.event.rawValue)
            json.member("substances", rule.substances.members.map { table.vocabulary[$0].id })
            json.member("status", rule.status.word)
            json.member("citation", ifPresent: rule.authority?.citation)
        }
    }

    mutating func statusChange(_ change: StatusChange) {
        object { json in
            json.name("place")
            json.place(change.place)
            json.member("substance", change.substance)
            json.member("before", change.before.word)
            json.member("after", change.after.word)
        }
    }
}
