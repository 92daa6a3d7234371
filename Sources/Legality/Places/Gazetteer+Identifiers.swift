/// What the gazetteer knows of the ids that a table uses.
extension Gazetteer {
    /// What it makes of an id.
    public enum Identification: Sendable {
        /// There is such a country, subdivision, county or place.
        case known
        /// The code means the same as another, which ids are written with (`PR` is `US-PR`).
        case standsFor(String)
        case unknown
        /// It lists nothing of that level there: counties and places outside the United States, tribal land.
        case notListed
    }

    /// What it makes of an id in its exact form: `CH`, `US-CA`, `US-CA/place:san_diego`.
    public func identify(_ id: String) -> Identification {
        let parts = id.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let code = ISOCode(String(parts[0])), let area = areas.index(of: code) else { return .unknown }
        let resolved = areas.resolved(area)
        if resolved != area {
            let rest = parts.count == 2 ? "/\(parts[1])" : ""
            return .standsFor(areas.areas[resolved].code.description + rest)
        }
        guard parts.count == 2 else { return .known }
        guard let state = divisions.state(ofArea: area), !divisions.states[state].counties.isEmpty else {
            return .notListed
        }
        if parts[1].split(separator: "/").last?.hasPrefix("reservation:") == true { return .notListed }
        guard case .division(let index)? = place(withID: id), divisions.path(of: index) == parts[1] else {
            return .unknown
        }
        return .known
    }

    /// Alpha-2 codes and English names of all countries of ISO 3166-1 that have no other code of their own here.
    public var countries: [(code: String, name: String)] {
        areas.areas.indices.filter { areas.areas[$0].code.isCountry && areas.resolved($0) == $0 }
            .map { (areas.areas[$0].code.description, areas.name(of: $0)) }
    }

    /// ISO 3166-2 codes of a country's subdivisions.
    public func subdivisionCodes(ofCountry country: String) -> [String] {
        areas.areas.map(\.code).filter { !$0.isCountry && $0.country.description == country }.map(\.description)
    }

    /// Ids of all counties and places of a state.
    public func divisionIDs(ofState code: String) -> [String] {
        guard let area = ISOCode(code).flatMap({ areas.index(of: $0) }), let state = divisions.state(ofArea: area)
        else {
            return []
        }
        let ranges = [
            divisions.states[state].counties, divisions.states[state].places, divisions.states[state].subdivisions,
        ]
        return ranges.joined().map { "\(code)/\(divisions.path(of: $0))" }
    }
}
