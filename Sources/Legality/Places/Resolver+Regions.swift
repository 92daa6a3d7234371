/// "California, USA", "Genève, Switzerland": what stands before the last comma, in what stands behind it.
extension Resolver {
    func finding(parts: [[UInt8]]) -> Finding {
        guard let last = parts.last else { return .nothing }
        for region in regions(named: last) {
            let finding = finding(Array(parts.dropLast()), in: region)
            if case .nothing = finding { continue }
            return finding
        }
        return .nothing
    }

    /// What the words after the last comma can be: a state before a country, "CA" is California here.
    func regions(named words: [UInt8]) -> [Place] {
        var found: [Place] = []
        if words.count == 2, let code = ISOCode(words) {
            if let state = place(code.ofUnitedStates) { append(state, to: &found) }
            if let country = place(code) { append(country, to: &found) }
        }
        let great = greatPlaces(named: PlaceName.key(ofWords: words))
        for place in great.count > 1 ? great.sorted(by: { weight(of: $0) > weight(of: $1) }) : great {
            append(place, to: &found)
        }
        if words.count == 3, let code = ISOCode(words), let country = place(code) { append(country, to: &found) }
        if words.count == 5, words[2] == 0x20, let code = ISOCode(words[..<2] + [0x2D] + words[3...]),
            let place = place(code)
        {
            append(place, to: &found)  // "San Diego, US-CA"
        }
        return found
    }

    func isInUnitedStates(_ place: Place) -> Bool {
        if case .area(let index) = place { return gazetteer.areas.areas[index].code.isOfUnitedStates }
        let id = chains.id(of: place)
        return id.hasPrefix("US-") && !id.utf8.contains(UInt8(ascii: "/"))
    }

    func finding(_ parts: [[UInt8]], in region: Place) -> Finding {
        guard let first = parts.first else { return .nothing }
        if isInUnitedStates(region) {
            switch parts.count {
            case 1: return finding(first, in: region)
            case 2:
                let found = finding(first, county: parts[1], in: region)
                guard case .nothing = found else { return found }
            default: break
            }
            // A comma of the name itself: "Islamorada, Village of Islands".
            return finding(Array(parts.joined(separator: [0x20])), in: region)
        }
        let country = chains.id(of: region)
        if country == "US" {
            // "California, USA", and "Virgin Islands, U.S., USA"
            let whole = Array(parts.joined(separator: [0x20]))
            if let state = regions(named: whole).first(where: { isInUnitedStates($0) }) {
                return .found(candidates(of: state), .qualifiedName)
            }
            if parts.count > 1 {
                guard let last = parts.last, let state = regions(named: last).first(where: { isInUnitedStates($0) })
                else { return .nothing }
                return finding(Array(parts.dropLast()), in: state)
            }
            for form in NameForm.all(of: first) {
                var found = places(form, in: nil).filter { if case .area = $0 { false } else { true } }
                if form.kind == nil { found = firstRankInEachState(of: found) }
                let finding = conclude(found, .qualifiedName)
                if case .nothing = finding { continue }
                return finding
            }
            // "san diego ca, usa"
            guard let blank = first.lastIndex(of: 0x20),
                let state = regions(named: Array(first[(blank + 1)...])).first(where: { isInUnitedStates($0) })
            else { return .nothing }
            return finding(Array(first[..<blank]), in: state)
        }
        guard parts.count == 1, country.utf8.count == 2 else { return .nothing }
        // "Genève, Switzerland", "Ontario, CA"
        var found: [Place] = []
        let key = PlaceName.key(ofWords: first)
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .area else { return }
            let area = gazetteer.areas.areas[target.index]
            if !area.code.isCountry, area.code.country.description == country {
                append(.area(gazetteer.areas.resolved(target.index)), to: &found)
            }
        }
        table.places.forEachJurisdiction(named: key) { index in
            if table.jurisdictions[index].id.hasPrefix("\(country)-") {
                append(table.places.places[index], to: &found)
            }
        }
        if let code = ISOCode(Array("\(country)-".utf8) + first), let place = place(code) { append(place, to: &found) }
        let all = found
        found.removeAll { place in
            guard case .area(let index) = place else { return false }
            return all.contains(.area(Int(gazetteer.areas.areas[index].parent)))
        }
        return conclude(found, .qualifiedName)
    }
}
