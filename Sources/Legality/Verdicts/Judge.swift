extension Table {
    /// Judges a query for a resolved place.
    ///
    /// Each candidate is judged, the strictest wins. Between levels of a chain the strictest wins, unless a higher
    /// one pre-empts. Nothing at any level is `unknown`, never `legal`.
    public func judge(_ query: Query, at resolution: Resolution, clock: some CivilClock) -> Verdict {
        let day = query.day ?? clock.today(in: timeZone(of: resolution.candidates[0]))
        let asked = query.activity.map { [$0] } ?? vocabulary.summaryActivities.members
        let evaluations = resolution.candidates.map {
            ChainEvaluation(table: self, chain: $0.chain, day: day, circumstances: query.circumstances)
        }
        let statuses = evaluations.map { $0.status(query.substance, asked) }
        let status = statuses.max() ?? .unknown
        let chosen = statuses.firstIndex(of: status) ?? 0
        let evaluation = evaluations[chosen]

        let findings = Activity.allCases.map { evaluation.finding(query.substance, $0) }
        let deciding = participants(in: findings, asked, for: query) { $0.parts.filter { $0.status == status } }
        let preempted = participants(in: findings, asked, for: query) { $0.preempted }
        let taking = participants(in: findings, asked, for: query) { finding in
            finding.parts.filter { $0.status == status || (status != .prohibited && $0.status > .legal) }
        }
        let reviewed = evidenceDate(of: deciding)
        return Verdict(
            candidate: chosen,
            candidates: Array(zip(resolution.candidates, statuses)).map { (candidate: $0.0, status: $0.1) },
            day: day, substance: query.substance, activity: query.activity, status: status,
            activities: findings.map(\.status),
            substances: vocabulary.substances.indices.map {
                Substance.Index($0) == query.substance
                    ? status : evaluation.status(Substance.Index($0), asked)
            },
            conditions: Condition.merged(taking.flatMap { self[$0.reference].conditions }),
            deciding: deciding, preempted: preempted,
            nextChange: nextChange(of: query, at: resolution, after: day, from: status),
            advisories: advisories(for: resolution.candidates[chosen].chain),
            confidence: confidence(of: deciding, chain: resolution.candidates[chosen].chain),
            reviewed: reviewed,
            warnings: warnings(
                for: query, on: day, status: status, deciding: deciding, findings: findings, asked: asked,
                resolution: resolution, statuses: statuses, chosen: chosen, reviewed: reviewed))
    }

    /// Only the word, for lists.
    public func status(of query: Query, at resolution: Resolution, on day: CivilDate) -> Status {
        let asked = query.activity.map { [$0] } ?? vocabulary.summaryActivities.members
        return resolution.candidates.reduce(.unknown) { strictest, candidate in
            max(
                strictest,
                ChainEvaluation(table: self, chain: candidate.chain, day: day, circumstances: query.circumstances)
                    .status(query.substance, asked))
        }
    }

    /// Only the word, for one chain.
    public func status(of query: Query, inChain chain: [ChainLink], on day: CivilDate) -> Status {
        let asked = query.activity.map { [$0] } ?? vocabulary.summaryActivities.members
        return ChainEvaluation(table: self, chain: chain, day: day, circumstances: query.circumstances)
            .status(query.substance, asked)
    }

    /// The zone whose civil date counts for a candidate: the gazetteer's, else that of the most local jurisdiction
    /// that has one.
    public func timeZone(of candidate: Resolution.Candidate) -> String? {
        candidate.timeZone ?? timeZone(ofChain: candidate.chain)
    }

    /// The zone of the most local jurisdiction of a chain that has one.
    public func timeZone(ofChain chain: [ChainLink]) -> String? {
        for link in chain {
            if let index = link.index, let zone = jurisdictions[index].timeZone { return zone }
        }
        return nil
    }

    // MARK: Parts of a verdict

    private func participants(
        in findings: [Finding], _ asked: [Activity], for query: Query, _ select: (Finding) -> [Finding.Part]
    ) -> [Verdict.Participant] {
        var result: [Verdict.Participant] = []
        for activity in asked {
            for part in select(findings[Int(activity.rawValue)]) {
                let text = part.inference.text(for: query.substance, activity, in: vocabulary)
                if let known = result.firstIndex(where: {
                    $0.reference == part.reference && $0.status == part.status && ($0.inferred == nil) == (text == nil)
                }) {
                    result[known].activities.insert(activity)
                } else {
                    result.append(
                        .init(
                            reference: part.reference, status: part.status, activities: ActivitySet(activity),
                            inferred: text))
                }
            }
        }
        // Most local first, as in the chain; within a jurisdiction in the order of its file.
        return result.enumerated().sorted { left, right in
            let (a, b) = (left.element.reference, right.element.reference)
            if a.jurisdiction != b.jurisdiction {
                return depth(of: a.jurisdiction) != depth(of: b.jurisdiction)
                    ? depth(of: a.jurisdiction) > depth(of: b.jurisdiction) : a.jurisdiction < b.jurisdiction
            }
            return a.rule != b.rule ? a.rule < b.rule : left.offset < right.offset
        }.map(\.element)
    }

    private func depth(of jurisdiction: Int) -> Int {
        var depth = 0
        var current = Int(parents[jurisdiction])
        while current >= 0 {
            depth += 1
            current = Int(parents[current])
        }
        return depth
    }

    private func evidenceDate(of deciding: [Verdict.Participant]) -> PartialDate? {
        deciding.compactMap { jurisdictions[$0.reference.jurisdiction].reviewed }.min { $0.earliest < $1.earliest }
    }

    private func confidence(of deciding: [Verdict.Participant], chain: [ChainLink]) -> Confidence? {
        guard let lowest = deciding.map({ self[$0.reference].confidence }).min() else { return nil }
        return silentLevels(of: chain).isEmpty || deciding.contains { $0.status == .prohibited } ? lowest : .low
    }

    /// States and territories of the chain of which the table holds no rule.
    private func silentLevels(of chain: [ChainLink]) -> [ChainLink] {
        chain.filter { link in
            [.state, .territory, .district].contains(link.kind)
                && (link.index.map { jurisdictions[$0].rules.isEmpty } ?? true)
        }
    }

    private func advisories(for chain: [ChainLink]) -> [(jurisdiction: Int, advisory: Advisory)] {
        var indexes: [Int] = []
        for link in chain {
            guard let index = link.index else { continue }
            indexes.append(index)
            for union in jurisdictions[index].memberOf {
                if let position = self.index(of: union), !indexes.contains(position) { indexes.append(position) }
            }
        }
        return indexes.flatMap { index in jurisdictions[index].advisories.map { (jurisdiction: index, advisory: $0) } }
    }

    private func warnings(
        for query: Query, on day: CivilDate, status: Status, deciding: [Verdict.Participant], findings: [Finding],
        asked: [Activity], resolution: Resolution, statuses: [Status], chosen: Int, reviewed: PartialDate?
    ) -> [Warning] {
        var warnings: [Warning] = []
        if resolution.candidates.count > 1 {
            warnings.append(.ambiguousPlace(ambiguityText(resolution, statuses: statuses, chosen: chosen)))
        }
        for link in silentLevels(of: resolution.candidates[chosen].chain) where status != .prohibited {
            warnings.append(.silentJurisdiction(name: link.name))
        }
        if !deciding.isEmpty {
            if let reviewed {
                let age = day.days(since: reviewed.earliest)
                if age > Warning.evidenceLifeInDays { warnings.append(.oldEvidence(reviewed: reviewed, days: age)) }
            } else {
                warnings.append(.noEvidenceDate)
            }
        }
        for participant in deciding {
            let rule = self[participant.reference]
            let id = qualifiedID(of: participant.reference)
            func add(_ warning: Warning) {
                if !warnings.contains(warning) { warnings.append(warning) }
            }
            if rule.confidence == .low { add(.lowConfidence(rule: id)) }
            if rule.sources.count == 1 { add(.singleSource(rule: id)) }
            if let text = rule.conflict { add(.conflict(rule: id, text: text)) }
            if let text = participant.inferred { add(.inferred(rule: id, text: text)) }
            if let from = rule.interval.from {
                if EffectiveInterval.hasPassed(from, by: day) == .doubtful {
                    add(.doubtfulDate(rule: id, boundary: from, isEnd: false))
                }
            } else if let first = rule.sources.compactMap(\.date).min(by: { $0.earliest < $1.earliest }),
                day < first.earliest
            {
                add(.unknownBeginning(rule: id, firstEvidence: first))
            }
            if let until = rule.interval.until, EffectiveInterval.hasPassed(until, by: day) == .doubtful {
                add(.doubtfulDate(rule: id, boundary: until, isEnd: true))
            }
        }
        warnings += expiredEmergencyRules(
            for: query, on: day, findings: findings, asked: asked, in: resolution.candidates[chosen].chain)
        return warnings
    }

    /// Emergency rules on the matter that are over, where no rule of the same jurisdiction names it now.
    private func expiredEmergencyRules(
        for query: Query, on day: CivilDate, findings: [Finding], asked: [Activity], in chain: [ChainLink]
    ) -> [Warning] {
        var result: [Warning] = []
        for index in chain.compactMap(\.index) {
            for (position, rule) in jurisdictions[index].rules.enumerated() {
                guard rule.authority?.kind == .emergencyRule, rule.substances.contains(query.substance),
                    let until = rule.interval.until, EffectiveInterval.hasPassed(until, by: day) == .yes
                else { continue }
                let isUnfollowed = asked.contains { activity in
                    rule.activities.contains(activity)
                        && !findings[Int(activity.rawValue)].parts.contains {
                            $0.reference.jurisdiction == index && $0.inference == .named
                        }
                }
                if isUnfollowed {
                    let id = qualifiedID(of: RuleReference(jurisdiction: index, rule: position))
                    result.append(.expiredEmergencyRule(rule: id, until: until))
                }
            }
        }
        return result
    }

    private func ambiguityText(_ resolution: Resolution, statuses: [Status], chosen: Int) -> String {
        let decided = resolution.candidates[chosen]
        let others = Set(statuses).count > 1
        let list = zip(resolution.candidates, statuses).map { candidate, status in
            let likelihood = candidate.share.map { " (\(percentage($0)))" } ?? ""
            return "\(candidate.place.name)\(likelihood): \(status.word)"
        }.joined(separator: "; ")
        let outcome =
            others
            ? "the strictest decided, \(decided.place.name)" : "the answer is the same in each"
        return "\(resolution.input) may lie in several jurisdictions (\(list)); \(outcome)."
    }

    private func percentage(_ share: Double) -> String {
        let percent = share * 100
        return percent < 1 ? "under 1 %" : "\(Int(percent.rounded())) %"
    }
}
