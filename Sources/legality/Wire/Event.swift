/// What a monitor reports.
struct Event: Equatable, Sendable {
    var kind: String
    var table: String
    var digest: String
    var previous: String?
    var text: String
    var changes: [StatusChange]

    init(_ fields: Fields) throws(Failure) {
        kind = try fields.string("kind")
        table = try fields.string("table")
        digest = try fields.string("digest")
        previous = try fields.optionalString("previous")
        text = try fields.string("text")
        changes = try fields.objects("changes", as: StatusChange.init)
    }
}

/// An answer that changed.
struct StatusChange: Equatable, Sendable {
    var place: Place
    var substance: String
    var before: LegalStatus
    var after: LegalStatus

    init(place: Place, substance: String, before: LegalStatus, after: LegalStatus) {
        self.place = place
        self.substance = substance
        self.before = before
        self.after = after
    }

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        substance = try fields.string("substance")
        before = try fields.status("before")
        after = try fields.status("after")
    }
}
