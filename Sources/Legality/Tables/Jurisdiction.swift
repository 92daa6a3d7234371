/// A country, subdivision, county or place that can make rules, with what the table holds of it.
public struct Jurisdiction: Sendable {
    /// ISO 3166-1, ISO 3166-2, or below that the ISO code and an Open Civic Data path (`US-CA/place:san_diego`).
    public let id: String
    public let name: String
    public let kind: Kind
    public let parentID: String?
    /// Whether rules of its parent hold here too.
    public let inherits: Bool
    /// Ids of unions (`EU`) whose advisories stand beside its verdicts.
    public let memberOf: [String]
    /// IANA name of the zone whose civil date counts; nil: the parent's.
    public let timeZone: String?
    /// The date of the newest evidence; nil where there is none.
    public let reviewed: PartialDate?
    public let summary: String
    public let rules: [Rule]
    public let advisories: [Advisory]
    public let pending: [PendingMeasure]
    public let openQuestions: [String]

    public init(
        id: String, name: String, kind: Kind, parentID: String?, inherits: Bool = true,
        memberOf: [String] = [], timeZone: String? = nil,
        reviewed: PartialDate? = nil, summary: String = "", rules: [Rule] = [], advisories: [Advisory] = [],
        pending: [PendingMeasure] = [], openQuestions: [String] = []
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.parentID = parentID
        self.inherits = inherits
        self.memberOf = memberOf
        self.timeZone = timeZone
        self.reviewed = reviewed
        self.summary = summary
        self.rules = rules
        self.advisories = advisories
        self.pending = pending
        self.openQuestions = openQuestions
    }

    public enum Kind: String, CaseIterable, Sendable {
        case country
        case state
        case territory
        case district
        case county
        case parish
        case borough
        case municipio
        case censusArea = "census_area"
        /// A city, town, village or census-designated place.
        case place
        /// Tribal land.
        case reservation
        /// A union of countries, whose positions are advisories to its members.
        case union
    }
}

/// A position that stands beside verdicts and decides none.
public struct Advisory: Hashable, Sendable {
    public let text: String
    public let issuer: String
    public let date: PartialDate?
    public let url: String?

    public init(text: String, issuer: String, date: PartialDate?, url: String?) {
        self.text = text
        self.issuer = issuer
        self.date = date
        self.url = url
    }
}

/// A bill or draft: shown on request, never part of a verdict.
public struct PendingMeasure: Hashable, Sendable {
    public let what: String
    public let state: String
    public let date: PartialDate?
    public let url: String?

    public init(what: String, state: String, date: PartialDate?, url: String?) {
        self.what = what
        self.state = state
        self.date = date
        self.url = url
    }
}
