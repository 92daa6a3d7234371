/// A jurisdiction that governs a place.
struct Place: Equatable, Sendable {
    var id: String
    var name: String
    var kind: String

    init(_ fields: Fields) throws(Failure) {
        id = try fields.string("id")
        name = try fields.string("name")
        kind = try fields.string("kind")
    }
}

/// One of several chains of jurisdictions that may govern a place.
struct Candidate: Equatable, Sendable {
    var place: Place
    var chain: [Place]
    var certainty: String
    /// How much of the place lies here, from 0 to 1.
    var share: Double?
    var note: String?
    var status: LegalStatus?

    init(_ fields: Fields) throws(Failure) {
        place = try Place(fields.object("place"))
        chain = try fields.objects("chain", as: Place.init)
        certainty = try fields.string("certainty")
        share = try fields.optionalNumber("share")
        note = try fields.optionalString("note")
        status = try fields.optionalStatus("status")
    }
}
