extension Table {
    /// Resolves what somebody typed to the jurisdictions that govern it.
    public func resolve(_ input: String) throws(ResolutionError) -> Resolution {
        guard index(of: input) != nil else { throw .unknown(place: input, suggestions: []) }
        return Resolution(
            input: input, method: .id,
            candidates: [.init(chain: chain(from: input), certainty: .certain, share: nil, timeZone: nil, note: nil)])
    }

    /// The chain of a jurisdiction of the table, most local first.
    public func chain(from id: String) -> [ChainLink] {
        var links: [ChainLink] = []
        var next = index(of: id)
        while let current = next {
            let jurisdiction = jurisdictions[current]
            links.append(
                ChainLink(id: jurisdiction.id, name: jurisdiction.name, kind: jurisdiction.kind, index: current))
            next = jurisdiction.inherits && parents[current] >= 0 ? Int(parents[current]) : nil
        }
        return links
    }
}
