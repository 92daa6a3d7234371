import Legality
import Varlink

// The wire types of org.legalityd.Lookup that describe rules and places. Each function writes one whole value.

extension JSONWriter {
    mutating func place(_ link: ChainLink) {
        object {
            $0.member("id", link.id)
            $0.member("name", link.name)
            $0.member("kind", link.kind.rawValue)
        }
    }

    mutating func places(_ links: [ChainLink]) {
        array { json in
            for link in links { json.place(link) }
        }
    }

    mutating func source(_ source: Source) {
        object {
            $0.member("url", source.url)
            $0.member("publisher", source.publisher)
            $0.member("date", ifPresent: source.date?.description)
            $0.member("primary", source.isPrimary)
            $0.member("gist", source.gist)
        }
    }

    mutating func sources(_ sources: [Source]) {
        array { json in
            for source in sources { json.source(source) }
        }
    }

    mutating func authority(_ authority: Authority) {
        object {
            $0.member("kind", authority.kind.rawValue)
            $0.member("citation", authority.citation)
            $0.member("schedule", ifPresent: authority.schedule)
        }
    }

    mutating func conditions(_ conditions: [Condition]) {
        object { json in
            var others: [String] = []
            for condition in conditions {
                switch condition {
                case .minimumAge(let years): json.member("minimum_age", years)
                case .max7OHPercent(let limit): json.member("max_7oh_percent", limit)
                case .max7OHPPM(let limit): json.member("max_7oh_ppm", limit)
                case .forms(let forms): json.member("forms", forms.words)
                case .excludedForms(let forms): json.member("excluded_forms", forms.words)
                case .noSynthetics: json.member("no_synthetics", true)
                case .licence: json.member("licence", true)
                case .registration: json.member("registration", true)
                case .prescription: json.member("prescription", true)
                case .labelling: json.member("labelling", true)
                case .testing: json.member("testing", true)
                case .behindCounter: json.member("behind_counter", true)
                case .other(let text): others.append(text)
                }
            }
            if !others.isEmpty { json.member("other", others) }
        }
    }

    mutating func rule(_ reference: RuleReference, of table: Table) {
        let rule = table[reference]
        object { json in
            json.member("jurisdiction", table.jurisdictions[reference.jurisdiction].id)
            json.member("rule", table.qualifiedID(of: reference))
            json.member("substances", rule.substances.members.map { table.vocabulary[$0].id })
            json.member("activities", rule.activities.members.map(\.word))
            json.member("status", rule.status.word)
            json.member("from", ifPresent: rule.interval.from?.description)
            json.member("until", ifPresent: rule.interval.until?.description)
            json.name("conditions")
            json.conditions(rule.conditions)
            json.name("exceptions")
            json.conditions(rule.exceptions)
            if let authority = rule.authority {
                json.name("authority")
                json.authority(authority)
            }
            json.member("overrides", rule.overrides)
            json.member("preempts", rule.preempts)
            json.member("unincorporated_only", rule.isUnincorporatedOnly)
            json.member("penalty", ifPresent: rule.penalty)
            json.member("note", ifPresent: rule.note)
            json.member("conflict", ifPresent: rule.conflict)
            json.member("confidence", rule.confidence.word)
            json.name("sources")
            json.sources(rule.sources)
        }
    }

    mutating func record(_ index: Int, of table: Table) {
        let jurisdiction = table.jurisdictions[index]
        object { json in
            json.name("place")
            json.place(
                ChainLink(id: jurisdiction.id, name: jurisdiction.name, kind: jurisdiction.kind, index: index))
            json.member("parent", ifPresent: jurisdiction.parentID)
            json.member("inherits", jurisdiction.inherits)
            json.member("timezone", ifPresent: jurisdiction.timeZone)
            json.member("reviewed", ifPresent: jurisdiction.reviewed?.description)
            json.member("summary", jurisdiction.summary)
            json.name("rules")
            json.array { json in
                for position in jurisdiction.rules.indices {
                    json.rule(RuleReference(jurisdiction: index, rule: position), of: table)
                }
            }
            json.name("advisories")
            json.array { json in
                for advisory in jurisdiction.advisories { json.advisory(advisory, of: jurisdiction.id) }
            }
            json.name("pending")
            json.array { json in
                for measure in jurisdiction.pending { json.pending(measure) }
            }
            json.member("open_questions", jurisdiction.openQuestions)
        }
    }

    /// The members that tell what a rule rests on.
    mutating func evidence(of rule: Rule) {
        if let authority = rule.authority {
            name("authority")
            self.authority(authority)
        }
        member("confidence", rule.confidence.word)
        name("sources")
        sources(rule.sources)
    }

    mutating func advisory(_ advisory: Advisory, of jurisdiction: String) {
        object {
            $0.member("jurisdiction", jurisdiction)
            $0.member("text", advisory.text)
            $0.member("issuer", advisory.issuer)
            $0.member("date", ifPresent: advisory.date?.description)
            $0.member("url", ifPresent: advisory.url)
        }
    }

    private mutating func pending(_ measure: PendingMeasure) {
        object {
            $0.member("what", measure.what)
            $0.member("state", measure.state)
            $0.member("date", ifPresent: measure.date?.description)
            $0.member("url", ifPresent: measure.url)
        }
    }
}

extension Set<ProductForm> {
    /// In the order in which the vocabulary lists them.
    var words: [String] { ProductForm.allCases.filter { contains($0) }.map(\.rawValue) }
}
