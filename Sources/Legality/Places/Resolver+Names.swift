/// A name alone, and which way of reading an input comes first.
extension Resolver {
    func finding(name text: Substring) -> Finding {
        let parts = Self.parts(of: text)
        guard let last = parts.last, parts.count <= 6 else { return .nothing }
        let whole = parts.count == 1 ? last : PlaceName.words(of: text.utf8)

        // "San Diego, CA 92101"
        if let (rest, zip) = Self.splittingZIP(last), !(rest.isEmpty && parts.count == 1) {
            return finding(address: Array(parts.dropLast()) + (rest.isEmpty ? [] : [rest]), zip: zip, in: text)
        }
        // Countries and states first, whole: "Korea, Republic of" and "Washington, D.C." have commas too.
        let great = greatPlaces(named: PlaceName.key(ofWords: whole))
        if !great.isEmpty { return conclude(great, .name, possible: possibleMeanings(of: whole)) }
        if parts.count > 1 {
            let finding = finding(parts: parts)
            if case .nothing = finding, parts.count == 2 {
                // "Fresno (city)", "Tokio; Tokyo": a comma that is part of a name.
                return self.finding(bare: whole)
            }
            return finding
        }
        return finding(unseparated: whole)
    }

    /// "san diego ca", "portland oregon": without a comma the last words may be the state.
    private func finding(unseparated words: [UInt8]) -> Finding {
        let finding = finding(bare: words)
        guard case .nothing = finding else { return finding }
        var end = words.endIndex
        for _ in 0..<3 {
            guard let blank = words[..<end].lastIndex(of: 0x20) else { break }
            end = blank
            let found = self.finding(parts: [Array(words[..<blank]), Array(words[(blank + 1)...])])
            if case .nothing = found { continue }
            return found
        }
        return .nothing
    }

    func finding(bare words: [UInt8]) -> Finding {
        for form in NameForm.all(of: words) {
            var found = places(form, in: nil)
            // A subdivision and a part of it with one name: the greater.
            let all = found
            found.removeAll { place in
                guard case .area(let index) = place else { return false }
                return all.contains(.area(Int(gazetteer.areas.areas[index].parent)))
            }
            // In each state the kind that a bare name means first; counties only where nothing else has the name.
            if form.kind == nil { found = firstRankInEachState(of: found) }
            if form.kind == nil { appendPostalCities(named: form.key, to: &found) }
            let finding = conclude(found, .name)
            if case .nothing = finding { continue }
            return finding
        }
        return .nothing
    }

    func firstRankInEachState(of places: [Place]) -> [Place] {
        guard places.count > 1 else { return places }
        var byState: [Int: [Place]] = [:]
        var others: [Place] = []
        for place in places {
            if case .division(let index) = place {
                byState[Int(gazetteer.divisions.records[index].state), default: []].append(place)
            } else {
                others.append(place)
            }
        }
        let firsts = byState.values.map { firstRank(of: $0) }
        let isOnlyCounties = others.isEmpty && firsts.allSatisfy { $0.allSatisfy { isCounty($0) } }
        return others + firsts.joined().filter { isOnlyCounties || !isCounty($0) }
    }

    /// Communities without a government of their own, which are known by their post office: the county is what counts.
    private func appendPostalCities(named key: [UInt8], to found: inout [Place]) {
        var states: Set<AreaList.Index> = []
        for place in found {
            if case .division(let index) = place { states.insert(gazetteer.divisions.area(of: index)) }
            if case .jurisdiction = place, case .area(let area) = chains.state(of: place) { states.insert(area) }
        }
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .postalCity, gazetteer.zips.cities[target.index].weight > 0,
                let area = gazetteer.zips.area(ofCity: target.index), !states.contains(area)
            else { return }
            append(.community(target.index), to: &found)
        }
    }

    /// Countries, and the states and territories of the United States, of that name.
    func greatPlaces(named key: [UInt8]) -> [Place] {
        var found: [Place] = []
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .area else { return }
            let area = gazetteer.areas.areas[target.index]
            if area.kind == .country || area.parent >= 0 && Int(area.parent) == gazetteer.unitedStates {
                append(.area(gazetteer.areas.resolved(target.index)), to: &found)
            }
        }
        table.places.forEachJurisdiction(named: key) { index in
            let jurisdiction = table.jurisdictions[index]
            if !jurisdiction.id.utf8.contains(UInt8(ascii: "/")),
                jurisdiction.kind == .country || jurisdiction.kind == .union || jurisdiction.id.hasPrefix("US-")
                    || jurisdiction.id.utf8.count == 2
            {
                append(table.places.places[index], to: &found)
            }
        }
        return found
    }

    /// What a name may mean besides what it means first: "Washington" the city.
    private func possibleMeanings(of words: [UInt8]) -> [Place] {
        var found: [Place] = []
        gazetteer.names.forEachTarget(named: PlaceName.key(ofWords: words)) { target in
            guard target.kind == .possibly else { return }
            let meaning = gazetteer.possibleMeaning(target.index)
            found.append(
                meaning.kind == .area ? .area(gazetteer.areas.resolved(meaning.index)) : .division(meaning.index))
        }
        return found
    }

    /// One place is found, several are ambiguous.
    func conclude(_ places: [Place], _ method: Resolution.Method, possible: [Place] = []) -> Finding {
        guard let place = places.first else { return .nothing }
        guard places.count == 1 else { return .ambiguous(places) }
        var candidates = self.candidates(of: place)
        let others = possible.filter { $0 != place }
        if !others.isEmpty, candidates.count == 1, candidates[0].certainty == .certain {
            candidates = [
                Resolution.Candidate(
                    chain: candidates[0].chain, certainty: .likely, share: nil, timeZone: candidates[0].timeZone,
                    note: "\(described(others[0])) bears that name too")
            ]
        }
        for other in others {
            candidates += self.candidates(of: other).map { candidate in
                Resolution.Candidate(
                    chain: candidate.chain, certainty: .possible, share: candidate.share, timeZone: candidate.timeZone,
                    note: "\(described(other)) bears that name too")
            }
        }
        return .found(candidates, method)
    }

    private func described(_ place: Place) -> String { "\(chains.name(of: place)) (\(chains.id(of: place)))" }
}
