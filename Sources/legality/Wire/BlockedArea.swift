/// An area of a block list.
struct BlockedArea: Equatable, Sendable {
    var level: String
    var code: String
    var id: String?
    var name: String
    var state: String
    var status: LegalStatus
    var minimumAge: Int?
    var from: String?
    var rule: String?
    var certainty: String

    init(_ fields: Fields) throws(Failure) {
        level = try fields.string("level")
        code = try fields.string("code")
        id = try fields.optionalString("id")
        name = try fields.string("name")
        state = try fields.string("state")
        status = try fields.status("status")
        minimumAge = try fields.optionalInteger("minimum_age")
        from = try fields.optionalString("from")
        rule = try fields.optionalString("rule")
        certainty = try fields.string("certainty")
    }
}
