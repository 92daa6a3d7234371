/// The daemon's answer to `History`.
struct TimeLine: Equatable, Sendable {
    var place: Place
    var substance: String
    var activity: String?
    var periods: [Period]

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        substance = try fields.string("substance")
        activity = try fields.optionalString("activity")
        periods = try fields.objects("periods", as: Period.init)
    }
}

/// A period in which the answer stays the same.
struct Period: Equatable, Sendable {
    var from: String?
    var until: String?
    var status: LegalStatus
    var isApproximate: Bool
    var decidedBy: [String]

    init(_ fields: Fields) throws(Failure) {
        from = try fields.optionalString("from")
        until = try fields.optionalString("until")
        status = try fields.status("status")
        isApproximate = try fields.boolean("approximate")
        decidedBy = try fields.strings("decided_by")
    }
}

/// A change that is enacted and still to come.
struct UpcomingChange: Equatable, Sendable {
    var on: String
    var place: Place
    var rule: String
    var event: String
    var substances: [String]
    var status: LegalStatus
    var citation: String?

    init(_ fields: Fields) throws(Failure) {
        on = try fields.string("on")
        place = try Place(fields.object("place"))
        rule = try fields.string("rule")
        event = try fields.string("event")
        substances = try fields.strings("substances")
        status = try fields.status("status")
        citation = try fields.optionalString("citation")
    }
}
