import Varlink

extension VarlinkError {
    /// Of several places with one name these are named, the most populous first.
    private static let shownMatches = 5
    private static let lookup = "org.legalityd.Lookup."

    /// Whether the table was asked and has no one place of that name.
    var isAboutPlace: Bool { name == Self.lookup + "UnknownPlace" || name == Self.lookup + "AmbiguousPlace" }

    /// What to tell the user.
    var failure: Failure {
        switch name {
        case Self.lookup + "UnknownPlace":
            let suggestions = strings("suggestions")
            let hint = suggestions.isEmpty ? "" : "; did you mean \(Words.quoted(suggestions))?"
            let place = Words.shortened(string("place"))
            if place.allSatisfy(\.isWhitespace) { return Failure(.unknown, "a place is empty") }
            return Failure(.unknown, "there is no place \"\(place)\" in the table\(hint)")
        case Self.lookup + "AmbiguousPlace":
            let matches = (parameters["matches"]?.arrayValue ?? []).compactMap { match -> String? in
                guard let id = match["id"]?.stringValue else { return nil }
                return match["name"]?.stringValue.map { "\($0) (\(id))" } ?? id
            }
            let shown = matches.prefix(Self.shownMatches).joined(separator: ", ")
            let rest = matches.count > Self.shownMatches ? " and \(matches.count - Self.shownMatches) more" : ""
            return Failure(
                .unknown,
                "several places are called \"\(Words.shortened(string("place")))\": \(shown)\(rest); say which")
        case Self.lookup + "UnknownSubstance":
            return Failure(
                .usage,
                "there is no substance \"\(Words.shortened(string("substance")))\"; \(Self.hint(string("substance"), known: strings("known")))"
            )
        case Self.lookup + "UnknownActivity":
            return Failure(
                .usage,
                "there is no activity \"\(string("activity"))\"; there are \(Words.alternatives(strings("known")))")
        case Self.lookup + "InvalidDate":
            return Failure(
                .usage, "\"\(Words.shortened(string("date")))\" is not a day; expected: \(string("expected"))")
        case Self.lookup + "Busy" where string("limit") == "places":
            let most = parameters["maximum"]?.integerValue ?? 0
            return Failure(.usage, "the daemon takes at most \(most) places in one request")
        case Self.lookup + "Busy":
            return Failure(.tryAgain, "the daemon is busy (\(string("limit"))); try again later")
        case "org.varlink.service.InvalidParameter":
            return Failure(.usage, "the daemon does not accept this value of \(string("parameter"))")
        case "org.varlink.service.MethodNotFound", "org.varlink.service.MethodNotImplemented":
            return Failure(
                .internalFault, "the daemon has no method \(string("method")); it may be older than this client")
        default:
            return Failure(.internalFault, "the daemon answered with \(description)")
        }
    }

    private func string(_ name: String) -> String { parameters[name]?.stringValue ?? "" }

    private func strings(_ name: String) -> [String] {
        (parameters[name]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    private static func hint(_ word: String, known: [String]) -> String {
        let near = Spelling.nearest(to: word, among: known)
        return near.isEmpty ? "the table has \(Words.alternatives(known))" : "did you mean \(Words.quoted(near))?"
    }
}
