/// The daemon's answer to `Resolve`.
struct Resolution: Equatable, Sendable {
    var input: String
    var method: String
    var candidates: [Candidate]

    init(_ fields: Fields) throws(Failure) {
        input = try fields.string("input")
        method = try fields.string("method_used")
        candidates = try fields.objects("candidates", as: Candidate.init)
    }
}
