/// Ids and codes.
extension Resolver {
    /// The jurisdiction of the table whose exact id it is; of two letters nil, which may be a state's.
    func jurisdiction(withID input: String) -> Int? {
        var bytes = input.utf8.makeIterator()
        guard bytes.next() != nil, bytes.next() != nil, let third = bytes.next(),
            third == UInt8(ascii: "-") || third == UInt8(ascii: "/")
        else { return nil }
        return table.index(of: input)
    }

    func finding(code: PlaceCode) -> Finding {
        switch code {
        case .zip(let number):
            guard let zip = gazetteer.zips.index(of: number) else { return .nothing }
            return finding(zip: zip)
        case .geoid(let digits): return finding(geoid: digits)
        case .ocd(let code):
            guard case .found(let candidates, _) = finding(code: code) else { return .nothing }
            return .found(candidates, .ocdID)
        case .path(let code, let path): return finding(code, path: path)
        case .iso(let code): return place(code).map { .found(candidates(of: $0), .id) } ?? .nothing
        case .twoLetters(let code):
            // "CA" is California to a shop in the United States and Canada to ISO 3166: both are judged.
            let country = place(code)
            let state = place(code.ofUnitedStates)
            guard let state else { return country.map { .found(candidates(of: $0), .id) } ?? .nothing }
            guard let country, country != state else { return .found(candidates(of: state), .postalAbbreviation) }
            let (here, there) = (chains.name(of: state), chains.name(of: country))
            return .found(
                [
                    candidate(
                        state, certainty: .likely,
                        note: "\(code) is the postal abbreviation of \(here) and the ISO code of \(there)"),
                    candidate(
                        country, certainty: .possible,
                        note: "\(code) is the ISO code of \(there) and the postal abbreviation of \(here)"),
                ], .postalAbbreviation)
        }
    }

    /// The country or subdivision with this code.
    func place(_ code: ISOCode) -> Place? {
        if let area = gazetteer.areas.index(of: code) { return .area(gazetteer.areas.resolved(area)) }
        return table.index(of: code.description).map { table.places.places[$0] }
    }

    private func finding(_ code: ISOCode, path: String) -> Finding {
        guard let head = place(code) else { return .nothing }
        if case .area(let area) = head,
            let index = gazetteer.divisions.index(ofPath: path.utf8, area: area, names: gazetteer.names)
        {
            return .found(candidates(of: .division(index)), .id)
        }
        guard let index = table.index(of: "\(chains.id(of: head))/\(path)") else { return .nothing }
        return .found(candidates(of: table.places.places[index]), .id)
    }

    private func finding(geoid: String) -> Finding {
        if geoid.utf8.count == 2, let code = geoid.utf8.decimalValue {
            return gazetteer.divisions.area(ofStateFIPS: code).map { .found(candidates(of: .area($0)), .geoid) }
                ?? .nothing
        }
        return gazetteer.divisions.index(ofGEOID: geoid.utf8).map { .found(candidates(of: .division($0)), .geoid) }
            ?? .nothing
    }
}
