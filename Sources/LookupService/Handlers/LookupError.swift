import Legality
import Varlink

/// The errors of org.legalityd.Lookup, each with the value and what would have been valid.
extension VarlinkError {
    static let lookup = "org.legalityd.Lookup"

    static func unknownPlace(_ place: String, suggestions: [String]) -> VarlinkError {
        VarlinkError(
            "\(lookup).UnknownPlace",
            ["place": .string(place), "suggestions": .array(suggestions.map { .string($0) })])
    }

    static func ambiguousPlace(_ place: String, matches: [ChainLink]) -> VarlinkError {
        let places = matches.map { link -> JSONValue in
            .object(["id": .string(link.id), "name": .string(link.name), "kind": .string(link.kind.rawValue)])
        }
        return VarlinkError("\(lookup).AmbiguousPlace", ["place": .string(place), "matches": .array(places)])
    }

    static func unknownSubstance(_ substance: String, known: [String]) -> VarlinkError {
        VarlinkError(
            "\(lookup).UnknownSubstance",
            ["substance": .string(substance), "known": .array(known.map { .string($0) })])
    }

    static func unknownActivity(_ activity: String) -> VarlinkError {
        VarlinkError(
            "\(lookup).UnknownActivity",
            [
                "activity": .string(activity),
                "known": .array(Activity.allCases.map { .string($0.word) }),
            ])
    }

    /// A limit of the daemon is exceeded.
    static func busy(limit: String, maximum: Int) -> VarlinkError {
        VarlinkError("\(lookup).Busy", ["limit": .string(limit), "maximum": .integer(Int64(maximum))])
    }

    static func invalidDate(_ date: String) -> VarlinkError {
        VarlinkError(
            "\(lookup).InvalidDate", ["date": .string(date), "expected": "a day that exists, as YYYY-MM-DD"])
    }

    init(_ error: ResolutionError) {
        switch error {
        case .unknown(let place, let suggestions): self = .unknownPlace(place, suggestions: suggestions)
        case .ambiguous(let place, let matches): self = .ambiguousPlace(place, matches: matches)
        }
    }
}
