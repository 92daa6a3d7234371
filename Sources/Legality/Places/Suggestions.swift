extension Resolver {
    /// Up to five places that are spelt alike, best first; each resolves. The work is bounded, however many names the
    /// gazetteer has.
    func suggestions(for text: Substring) -> [String] {
        if ["fips", "geoid", "zip"].contains(where: { text.lowercased().hasPrefix($0) }) { return [] }
        if case .path(let code, let path)? = PlaceCode(text) { return suggestions(code, path: path) }
        let parts = Self.parts(of: text)
        guard let last = parts.last, parts.count <= 3, parts.allSatisfy({ $0.count <= Self.longestName }) else {
            return []
        }
        guard parts.count > 1 else {
            let found = suggestions(alike: last, in: nil)
            guard found.isEmpty, let blank = last.lastIndex(of: 0x20) else { return found }
            // "sarasotta fl"
            let state = Array(last[(blank + 1)...])
            guard let region = regions(named: state).first(where: { isInUnitedStates($0) }) else { return [] }
            return suggestions(alike: Array(last[..<blank]), in: region)
        }
        for region in regions(named: last) {
            if isInUnitedStates(region) {
                return suggestions(alike: parts[0], in: region)
            } else if parts.count == 2 {
                // What is not known of a country: its subdivisions that are spelt alike, and the country itself.
                let code = chains.id(of: region) + "-"
                let alike = places(alike: parts[0], in: nil).filter { chains.id(of: $0).hasPrefix(code) }
                return Array((alike.map { described(forInput: $0) } + [chains.name(of: region)]).prefix(Self.count))
            }
        }
        // The state may be what is misspelt.
        var found: [String] = []
        for region in places(alike: last, in: nil) where found.count < Self.count {
            guard isInUnitedStates(region) || chains.kind(of: region) == .country else { continue }
            if case .found(let candidates, _) = finding(Array(parts.dropLast()), in: region) {
                append(candidates[0].place, to: &found)
            } else if parts.count == 2, isInUnitedStates(region) {
                for place in places(alike: parts[0], in: region).prefix(2) {
                    append(described(forInput: place), to: &found)
                }
            }
        }
        return Array(found.prefix(Self.count))
    }

    private static let count = 5
    private static let longestName = 64
    /// So many names that are alike are looked at, the nearest.
    private static let wanted = 40
    /// So many steps at most are taken to find them (`NameSearch`).
    private static let steps = 12_000

    private func append(_ link: ChainLink, to found: inout [String]) {
        let place = link.index.map { table.places.places[$0] } ?? gazetteer.place(withID: link.id)
        if let place { append(described(forInput: place), to: &found) }
    }

    private func append(_ text: String, to found: inout [String]) {
        if !found.contains(text) { found.append(text) }
    }

    private func suggestions(_ code: ISOCode, path: String) -> [String] {
        guard let region = place(code) else { return [] }
        let slug = path.split(separator: "/").last?.split(separator: ":").last ?? ""
        let words = DivisionList.words(ofSlug: slug.utf8)
        guard !words.isEmpty, words.count <= Self.longestName else { return [] }
        let same = places(NameForm(key: PlaceName.key(ofWords: words), kind: nil), in: region)
        let found = same.isEmpty ? places(alike: words, in: region) : ordered(same)
        // Of the kind that was asked for first.
        let kind = path.split(separator: "/").last?.split(separator: ":").first.map(String.init) ?? ""
        let known = found.filter { if case .community = $0 { false } else { true } }
        let fitting = known.filter { chains.kind(of: $0).rawValue == kind }
        return (fitting + known.filter { !fitting.contains($0) }).prefix(Self.count).map { chains.id(of: $0) }
    }

    private func suggestions(alike words: [UInt8], in region: Place?) -> [String] {
        var found: [String] = []
        for place in places(alike: words, in: region) where found.count < Self.count {
            append(described(forInput: place), to: &found)
        }
        return found
    }

    // MARK: What is alike

    private struct Match {
        let place: Place
        let distance: Int
        let weight: Int
        /// A county where no county was asked for.
        let isAside: Bool
    }

    /// Places whose names are alike, best first: by edit distance, then by what is likelier to be meant.
    private func places(alike words: [UInt8], in region: Place?) -> [Place] {
        var matches: [Match] = []
        for form in NameForm.all(of: words) {
            var search = NameSearch(form.key, names: gazetteer.names, wanted: Self.wanted, steps: Self.steps)
            search.run()
            for found in search.nearest() {
                var places: [Place] = []
                gazetteer.names.forEachTarget(of: found.key) { target in
                    if let place = place(of: target, form, in: region), !places.contains(place) { places.append(place) }
                }
                // Of a name that many places have those of the most ZIP codes.
                let weighed = places.prefix(200).map { match($0, found.distance, form) }
                matches += weighed.sorted { $0.weight > $1.weight }.prefix(5)
            }
            table.places.forEachJurisdiction(spelledLike: search.spelling, within: search.reach) { index, distance in
                let place = table.places.places[index]
                guard distance > 0, form.kind?.allows(table.jurisdictions[index].kind) ?? true,
                    region == nil || chains.state(of: place) == region && place != region
                else { return }
                matches.append(match(place, distance, form))
            }
        }
        matches.sort {
            ($0.distance, $0.isAside ? 1 : 0, -$0.weight) < ($1.distance, $1.isAside ? 1 : 0, -$1.weight)
        }
        var found: [Place] = []
        for match in matches where !found.contains(match.place) { found.append(match.place) }
        return found
    }

    private func match(_ place: Place, _ distance: Int, _ form: NameForm) -> Match {
        Match(
            place: place, distance: distance, weight: weight(of: place), isAside: form.kind == nil && isCounty(place))
    }

    private func place(of target: NameIndex.Target, _ form: NameForm, in region: Place?) -> Place? {
        switch target.kind {
        case .area: return form.kind == nil && region == nil ? .area(gazetteer.areas.resolved(target.index)) : nil
        case .division:
            if let region, region != .area(gazetteer.divisions.area(of: target.index)) { return nil }
            let record = gazetteer.divisions.records[target.index]
            guard form.kind?.allows(record.designation, record.rank) ?? true else { return nil }
            return .division(target.index)
        case .postalCity:
            guard form.kind == nil, gazetteer.zips.cities[target.index].weight > 0,
                let area = gazetteer.zips.area(ofCity: target.index), region == nil || region == .area(area)
            else { return nil }
            return .community(target.index)
        case .possibly, .jurisdiction: return nil
        }
    }

    /// How a place has to be written to be understood: "San Diego, CA".
    private func described(forInput place: Place) -> String {
        switch place {
        case .area(let index):
            let area = gazetteer.areas.areas[index]
            let name = chains.name(of: place)
            guard area.parent >= 0, !isInUnitedStates(place) else { return name }
            return
                "\(name), \(gazetteer.areas.name(of: gazetteer.areas.index(of: area.code.country) ?? Int(area.parent)))"
        case .division(let index):
            let state = gazetteer.divisions.state(of: index).abbreviation
            let name = gazetteer.divisions.name(of: index)
            guard gazetteer.divisions.records[index].rank == .township,
                let county = gazetteer.divisions.counties(of: index).first
            else { return "\(name), \(state)" }
            return "\(name), \(gazetteer.divisions.name(of: county.county)), \(state)"
        case .community(let city):
            let name = String(decoding: gazetteer.zips.nameBytes(ofCity: city), as: UTF8.self)
            return "\(name), \(gazetteer.zips.state(ofCity: city).letters)"
        case .jurisdiction(let index):
            let jurisdiction = table.jurisdictions[index]
            guard jurisdiction.id.hasPrefix("US-"), jurisdiction.id.utf8.contains(UInt8(ascii: "/")) else {
                return jurisdiction.name
            }
            return "\(jurisdiction.name), \(jurisdiction.id.dropFirst(3).prefix(2))"
        }
    }
}
