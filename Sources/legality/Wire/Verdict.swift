/// The daemon's answer to `Check`.
struct Verdict: Sendable {
    var place: Place
    var chain: [Place]
    var on: String
    var substance: String
    var activity: String?
    var status: LegalStatus
    /// By activity, in the order of the wire.
    var activities: [NamedStatus]
    /// By substance, in the order of the wire.
    var substances: [NamedStatus]
    var conditions: Conditions
    var decidedBy: [DecidingRule]
    var preempted: [DecidingRule]
    var nextChange: Change?
    var advisories: [Advisory]
    var confidence: String?
    var reviewed: String?
    var warnings: [String]
    var candidates: [Candidate]
    var explanation: [Step]
    var table: String

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        chain = try fields.objects("chain", as: Place.init)
        on = try fields.string("on")
        substance = try fields.string("substance")
        activity = try fields.optionalString("activity")
        status = try fields.status("status")
        activities = try fields.statuses("activities")
        substances = try fields.statuses("substances")
        conditions = try Conditions(fields.object("conditions"))
        decidedBy = try fields.objects("decided_by", as: DecidingRule.init)
        preempted = try fields.objects("preempted", as: DecidingRule.init)
        nextChange = try fields.optionalObject("next_change", as: Change.init)
        advisories = try fields.objects("advisories", as: Advisory.init)
        confidence = try fields.optionalString("confidence")
        reviewed = try fields.optionalString("reviewed")
        warnings = try fields.strings("warnings")
        candidates = try fields.objects("candidates", as: Candidate.init)
        explanation = try fields.optionalObjects("explanation", as: Step.init) ?? []
        table = try fields.string("table")
    }
}

/// The answer for one activity or substance.
struct NamedStatus: Equatable, Sendable {
    var name: String
    var status: LegalStatus
}

/// The next day on which an answer will be another one.
struct Change: Equatable, Sendable {
    var on: String
    var status: LegalStatus

    init(_ fields: Fields) throws(Failure) {
        on = try fields.string("on")
        status = try fields.status("status")
    }
}

/// A step of the explanation of an answer.
struct Step: Equatable, Sendable {
    var kind: String
    var id: String
    var activity: String?
    var status: LegalStatus?
    var text: String

    init(_ fields: Fields) throws(Failure) {
        kind = try fields.string("kind")
        id = try fields.string("id")
        activity = try fields.optionalString("activity")
        status = try fields.optionalStatus("status")
        text = try fields.string("text")
    }
}
