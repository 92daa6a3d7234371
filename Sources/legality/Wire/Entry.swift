/// A line of a list of jurisdictions.
struct Entry: Equatable, Sendable {
    var place: Place
    var status: LegalStatus
    var reviewed: String?
    var rule: String?
    var minimumAge: Int?
    var changed: String?
    var nextChange: Change?

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        status = try fields.status("status")
        reviewed = try fields.optionalString("reviewed")
        rule = try fields.optionalString("rule")
        minimumAge = try fields.optionalInteger("minimum_age")
        changed = try fields.optionalString("changed")
        nextChange = try fields.optionalObject("next_change", as: Change.init)
    }
}
