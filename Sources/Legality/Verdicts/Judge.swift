extension Table {
    /// Judges a query for a resolved place.
    ///
    /// Each candidate is judged, by its own civil date where the query has none, and the strictest wins. Between
    /// levels of a chain the strictest wins, unless a higher one pre-empts. Nothing at any level is `unknown`, never
    /// `legal`.
    public func judge(_ query: Query, at resolution: Resolution, clock: some CivilClock) -> Verdict {
        let asked = askedActivities(of: query)
        let evaluations = evaluations(of: query, at: resolution, clock: clock)
        // For each candidate, for each activity.
        let grid = evaluations.map { evaluation in
            Activity.allCases.map { evaluation.status(query.substance, $0) }
        }
        let statuses = grid.map { row in asked.reduce(.unknown) { max($0, row[Int($1.rawValue)]) } }
        let status = statuses.max() ?? .unknown
        let chosen = statuses.firstIndex(of: status) ?? 0
        let (evaluation, candidate) = (evaluations[chosen], resolution.candidates[chosen])

        let findings = asked.map {
            ActivityFindings(activity: $0, levels: evaluation.findings(query.substance, $0))
        }
        let deciding = participants(in: findings, of: candidate, for: query) { finding in
            finding.parts.filter { $0.status == status }
        }
        let taking =
            status == .prohibited
            ? deciding : participants(in: findings, of: candidate, for: query, select: \.parts)
        let context = WarningContext(
            query: query, resolution: resolution, statuses: statuses, chosen: chosen, day: evaluation.day,
            findings: findings, deciding: deciding, reviewed: evidenceDate(of: deciding))
        return Verdict(
            candidate: chosen,
            candidates: zip(resolution.candidates, statuses).map { (candidate: $0, status: $1) },
            day: evaluation.day, substance: query.substance, activity: query.activity, status: status,
            activities: Activity.allCases.indices.map { activity in
                grid.reduce(.unknown) { max($0, $1[activity]) }
            },
            substances: vocabulary.substances.indices.map(Substance.Index.init).map { substance in
                substance == query.substance
                    ? status : evaluations.reduce(.unknown) { max($0, $1.status(substance, asked)) }
            },
            conditions: Condition.merged(taking.flatMap { self[$0.reference].conditions }),
            deciding: deciding,
            preempted: participants(in: findings, of: candidate, for: query, select: \.preempted),
            nextChange: nextChange(of: query, at: resolution, after: evaluation.day, from: status),
            advisories: advisories(for: candidate.chain),
            confidence: confidence(of: deciding, chain: candidate.chain),
            reviewed: context.reviewed,
            warnings: warnings(in: context))
    }

    /// Only the word, for lists.
    public func status(of query: Query, at resolution: Resolution, on day: CivilDate) -> Status {
        let asked = askedActivities(of: query)
        return resolution.candidates.reduce(.unknown) { strictest, candidate in
            max(
                strictest,
                ChainEvaluation(table: self, chain: candidate.chain, day: day, circumstances: query.circumstances)
                    .status(query.substance, asked))
        }
    }

    /// The zone whose civil date counts for a candidate: the gazetteer's, else that of the most local jurisdiction
    /// that has one.
    public func timeZone(of candidate: Resolution.Candidate) -> String? {
        if let zone = candidate.timeZone { return zone }
        for link in candidate.chain {
            if let index = link.index, let zone = jurisdictions[index].timeZone { return zone }
        }
        return nil
    }

    /// The activity of the query, or those that an answer without one is the strictest over.
    func askedActivities(of query: Query) -> [Activity] {
        query.activity.map { [$0] } ?? vocabulary.summaryActivities.members
    }

    /// One for each candidate.
    func evaluations(of query: Query, at resolution: Resolution, clock: some CivilClock) -> [ChainEvaluation] {
        resolution.candidates.map { candidate in
            ChainEvaluation(
                table: self, chain: candidate.chain, day: query.day ?? clock.today(in: timeZone(of: candidate)),
                circumstances: query.circumstances)
        }
    }

    // MARK: Parts of a verdict

    /// The rules of some parts of the findings, each once for a status and way of inference: the most local first,
    /// within a jurisdiction in the order of its file.
    private func participants(
        in findings: [ActivityFindings], of candidate: Resolution.Candidate, for query: Query,
        select: (Finding) -> [Finding.Part]
    ) -> [Verdict.Participant] {
        var result: [Verdict.Participant] = []
        for link in candidate.chain {
            guard let jurisdiction = link.index else { continue }
            let start = result.count
            for finding in findings {
                for part in finding.levels.lazy.flatMap(select) where part.reference.jurisdiction == jurisdiction {
                    let isInferred = part.inference != .named
                    if let known = result[start...].firstIndex(where: {
                        $0.reference == part.reference && $0.status == part.status
                            && ($0.inferred != nil) == isInferred
                    }) {
                        result[known].activities.insert(finding.activity)
                    } else {
                        result.append(
                            .init(
                                reference: part.reference, status: part.status,
                                activities: ActivitySet(finding.activity),
                                inferred: part.inference.text(for: query.substance, finding.activity, in: vocabulary)))
                    }
                }
            }
            if result.count - start > 1 {
                // What a rule says itself comes before what was inferred from it.
                result[start...].sort { left, right in
                    (left.reference.rule, left.inferred == nil ? 0 : 1, right.status)
                        < (right.reference.rule, right.inferred == nil ? 0 : 1, left.status)
                }
            }
        }
        return result
    }

    private func evidenceDate(of deciding: [Verdict.Participant]) -> PartialDate? {
        deciding.compactMap { jurisdictions[$0.reference.jurisdiction].reviewed }.min { $0.earliest < $1.earliest }
    }

    private func confidence(of deciding: [Verdict.Participant], chain: [ChainLink]) -> Confidence? {
        guard let lowest = deciding.map({ self[$0.reference].confidence }).min() else { return nil }
        return silentLevels(of: chain).isEmpty || deciding.contains { $0.status == .prohibited } ? lowest : .low
    }

    /// States and territories of the chain of which the table holds no rule.
    func silentLevels(of chain: [ChainLink]) -> [ChainLink] {
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
}

/// What each level of a chain makes of one activity.
struct ActivityFindings {
    let activity: Activity
    let levels: [Finding]
}
