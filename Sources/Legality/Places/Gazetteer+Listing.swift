extension Gazetteer {
    /// A county or place of the United States.
    public struct Division: Hashable, Sendable {
        /// `US-CA/place:san_diego`
        public let id: String
        /// "San Diego"; counties and townships with the word for their kind.
        public let name: String
        public let kind: Jurisdiction.Kind
        /// FIPS code: five digits a county, seven a place, ten a county subdivision.
        public let geoid: String
        /// `US-CA`
        public let state: String
    }

    /// A ZIP code of the United States.
    public struct ZIPCode: Hashable, Sendable {
        /// Five digits.
        public let code: String
        /// The Postal Service's letters: a state or territory, `AA`, `AE` or `AP` for military mail, or one of the
        /// countries in free association.
        public let state: String
        /// The default city of its mail.
        public let city: String
        /// IANA name, where it is known.
        public let timeZone: String?
    }

    /// The county or place at a position from 0 until `divisionCount`, in the order of states and GEOIDs.
    public func division(at position: Int) -> Division {
        let state = areas.areas[divisions.state(of: position).area].code.description
        return Division(
            id: "\(state)/\(divisions.path(of: position))", name: divisions.name(of: position),
            kind: divisions.kind(of: position), geoid: divisions.geoid(of: position), state: state)
    }

    /// The ZIP code at a position from 0 until `zipCodeCount`, in their order.
    public func zipCode(at position: Int) -> ZIPCode {
        let city = Int(zips.records[position].city)
        return ZIPCode(
            code: zips.code(of: position), state: zips.state(of: position).letters,
            city: String(decoding: zips.nameBytes(ofCity: city), as: UTF8.self), timeZone: zips.timeZone(of: position))
    }

    /// The FIPS code or GEOID of a US state, county or place, by its id; nil for what has none.
    public func geoid(ofID id: String) -> String? {
        switch place(withID: id) {
        case .division(let index): divisions.geoid(of: index)
        case .area(let area):
            divisions.state(ofArea: area).map { state in
                let fips = divisions.states[state].fips
                return fips < 10 ? "0\(fips)" : "\(fips)"
            }
        default: nil
        }
    }
}

extension Table {
    /// The candidates of the county or place at a position of the gazetteer; what `resolve(_:)` finds for its id.
    public func candidates(forDivisionAt position: Int) -> [Resolution.Candidate] {
        Resolver(table: self).candidates(of: .division(position))
    }

    /// The candidates of the ZIP code at a position of the gazetteer; what `resolve(_:)` finds for the code.
    public func candidates(forZIPCodeAt position: Int) -> [Resolution.Candidate] {
        Resolver(table: self).candidates(ofZIP: position)
    }
}
