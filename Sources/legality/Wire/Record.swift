/// All that the table holds of a jurisdiction.
struct Record: Equatable, Sendable {
    var place: Place
    var parent: String?
    var inherits: Bool
    var timezone: String?
    var reviewed: String?
    var summary: String
    var rules: [Rule]
    var advisories: [Advisory]
    var pending: [PendingMeasure]
    var openQuestions: [String]

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        parent = try fields.optionalString("parent")
        inherits = try fields.boolean("inherits")
        timezone = try fields.optionalString("timezone")
        reviewed = try fields.optionalString("reviewed")
        summary = try fields.string("summary")
        rules = try fields.objects("rules", as: Rule.init)
        advisories = try fields.objects("advisories", as: Advisory.init)
        pending = try fields.objects("pending", as: PendingMeasure.init)
        openQuestions = try fields.strings("open_questions")
    }
}

/// A bill or draft: not law.
struct PendingMeasure: Equatable, Sendable {
    var what: String
    var state: String
    var date: String?
    var url: String?

    init(_ fields: Fields) throws(Failure) {
        what = try fields.string("what")
        state = try fields.string("state")
        date = try fields.optionalString("date")
        url = try fields.optionalString("url")
    }
}

/// The daemon's answer to `Describe`.
struct Description: Equatable, Sendable {
    var records: [Record]
    var chain: [Place]
    var status: LegalStatus
    var on: String

    init(_ fields: Fields) throws(Failure) {
        records = try fields.objects("records", as: Record.init)
        chain = try fields.objects("chain", as: Place.init)
        status = try fields.status("status")
        on = try fields.string("on")
    }
}
