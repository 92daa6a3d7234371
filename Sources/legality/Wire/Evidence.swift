/// Evidence for a rule.
struct Source: Equatable, Sendable {
    var url: String
    var publisher: String
    var date: String?
    /// Whether it is the law itself or comes from the body that made or applies it.
    var isPrimary: Bool
    var gist: String

    init(_ fields: Fields) throws(Failure) {
        url = try fields.string("url")
        publisher = try fields.string("publisher")
        date = try fields.optionalString("date")
        isPrimary = try fields.boolean("primary")
        gist = try fields.string("gist")
    }
}

/// What gives a rule its force.
struct Authority: Equatable, Sendable {
    var kind: String
    var citation: String
    var schedule: String?

    init(_ fields: Fields) throws(Failure) {
        kind = try fields.string("kind")
        citation = try fields.string("citation")
        schedule = try fields.optionalString("schedule")
    }
}

/// A position that stands beside an answer and decides none.
struct Advisory: Equatable, Sendable {
    var jurisdiction: String
    var text: String
    var issuer: String
    var date: String?
    var url: String?

    init(_ fields: Fields) throws(Failure) {
        jurisdiction = try fields.string("jurisdiction")
        text = try fields.string("text")
        issuer = try fields.string("issuer")
        date = try fields.optionalString("date")
        url = try fields.optionalString("url")
    }
}
