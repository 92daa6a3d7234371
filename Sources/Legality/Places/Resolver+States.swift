/// Names in a state: "San Diego, CA", "Sarasota County, FL", "Clinton, Macomb County, MI".
extension Resolver {
    /// "San Diego, CA", "Sarasota County, FL"
    func finding(_ words: [UInt8], in state: Place) -> Finding {
        if words.count > 2, isName(words, of: state) {
            // "Washington, DC" is an alias; "Georgia, GA" names the state twice.
            if places(NameForm(key: PlaceName.key(ofWords: words), kind: nil), in: state).allSatisfy({ isCounty($0) }) {
                return .found(candidates(of: state), .qualifiedName)
            }
        }
        let (all, form) = bestReading(of: words, in: state)
        // A county that is not called one yields to cities, and to post offices elsewhere: "Boise" is not Boise County.
        if let form, form.kind != nil || !all.allSatisfy({ isCounty($0) }) || isPostOffice(words, of: all, in: state) {
            let finding = conclude(all, form: form)
            guard case .nothing = finding else { return finding }
        }
        // "Boise, ID" is "Boise City city" to the Census Bureau.
        let city = NameForm(key: PlaceName.key(ofWords: words + Array(" city".utf8)), kind: nil)
        let finding = conclude(places(city, in: state).filter { !isCounty($0) }, form: city)
        guard case .nothing = finding else { return finding }
        let postal = self.finding(postalCity: words, in: state)
        guard case .nothing = postal else { return postal }
        if !all.isEmpty { return conclude(all, form: form ?? city) }
        // "The Bronx"
        guard words.starts(with: "the ".utf8) else { return .nothing }
        return self.finding(Array(words.dropFirst(4)), in: state)
    }

    /// Whether the place goes by that name.
    private func isName(_ words: [UInt8], of place: Place) -> Bool {
        let name = chains.name(of: place)
        // Folding and writing out keep the first letter, which tells nearly all names apart.
        if let first = name.utf8.first, first < 0x80, first | 0x20 >= 0x61, first | 0x20 <= 0x7A,
            first | 0x20 != words.first
        {
            return false
        }
        return PlaceName.key(ofWords: words) == PlaceName.key(of: name)
    }

    /// Whether a county is where the post office of that name is, or there is none of that name.
    private func isPostOffice(_ words: [UInt8], of counties: [Place], in state: Place) -> Bool {
        guard case .area(let area) = state else { return true }
        let city = NameForm(key: PlaceName.key(ofWords: words + Array(" city".utf8)), kind: nil)
        guard places(city, in: state).allSatisfy({ isCounty($0) }) else { return false }
        let offices = postalCities(named: PlaceName.key(ofWords: words), in: area)
            .filter { gazetteer.zips.cities[$0].weight > 0 }
        return offices.allSatisfy { office in
            chains.county(ofCommunity: office).map { counties.contains(.division($0)) } ?? true
        }
    }

    /// The places that the words mean, with or without the last or first of them as a word for the kind: "Iowa City"
    /// is a name, "Union town" is Union and not Uniontown, "Bloomington city" no township of that name.
    private func bestReading(of words: [UInt8], in state: Place) -> ([Place], NameForm?) {
        let forms = NameForm.all(of: words)
        let whole = places(forms[0], in: state)
        for form in forms.dropFirst() {
            let stripped = places(form, in: state)
            guard let first = rank(of: stripped) else { continue }
            let exact = whole.filter { place in
                guard case .division(let index) = place else { return true }
                return gazetteer.divisions.baseWords(of: index) == words
            }
            if form.kind != .county, let best = rank(of: exact), best <= first { break }
            return (stripped, form)
        }
        guard !whole.isEmpty else { return ([], nil) }
        guard whole.count > 1 else { return (whole, forms[0]) }
        // "Lake View" and "Lakeview" may both be there.
        let exact = whole.filter { place in
            guard case .division(let index) = place else { return false }
            return gazetteer.divisions.baseWords(of: index) == words
        }
        return (rank(of: exact) == rank(of: whole) ? exact : whole, forms[0])
    }

    /// Decides between places of one name in one state.
    private func conclude(_ all: [Place], form: NameForm) -> Finding {
        guard form.kind == nil else { return conclude(withoutCountiesOfCities(all), .qualifiedName) }
        let first = firstRank(of: all)
        guard let place = first.first, first.count == 1, all.count > 1 else { return conclude(first, .qualifiedName) }
        if case .division(let index) = place, gazetteer.divisions.records[index].rank == .township {
            // A township alone does not outdo a county elsewhere: "Liberty" may be either.
            let counties = all.filter { other in
                guard case .division(let county) = other, isCounty(other) else { return false }
                return !gazetteer.divisions.lies(index, in: county)
            }
            if !counties.isEmpty { return .ambiguous([place] + counties) }
        }
        // What the table has rules of is never dropped for a namesake without: it is judged as well.
        let rivals = all.filter { $0 != place && !isCounty($0) && table.places.index(of: $0) != nil }
        return conclude([place], .qualifiedName, possible: rivals)
    }

    /// Leaves out counties that are one with a city among the places: "Juneau City and Borough" is both.
    private func withoutCountiesOfCities(_ places: [Place]) -> [Place] {
        places.filter { place in
            guard case .division(let index) = place,
                let city = gazetteer.divisions.place(containingCounty: index)
            else { return true }
            return !places.contains(.division(city))
        }
    }

    /// "City, County, ST"
    func finding(_ words: [UInt8], county countyWords: [UInt8], in state: Place) -> Finding {
        var counties: [DivisionList.Index] = []
        for form in NameForm.all(of: countyWords) where form.kind == nil || form.kind != .city {
            for place in places(form, in: state) {
                if case .division(let index) = place, isCounty(place), !counties.contains(index) {
                    counties.append(index)
                }
            }
        }
        for form in NameForm.all(of: words) {
            let near = places(form, in: state).filter { place in
                switch place {
                case .area, .community: return false
                case .division(let index):
                    return counties.contains { $0 != index && gazetteer.divisions.lies(index, in: $0) }
                case .jurisdiction:
                    let chain = candidates(of: place).map { $0.chain }
                    return counties.contains { county in
                        let id = chains.id(of: .division(county))
                        return chain.contains { $0.contains { $0.id == id } }
                    }
                }
            }
            let first = form.kind == nil ? firstRank(of: near) : near
            guard let place = first.first else { continue }
            guard first.count == 1 else { return .ambiguous(first) }
            if case .division(let index) = place,
                let county = counties.first(where: { gazetteer.divisions.lies(index, in: $0) })
            {
                return .found([candidate(place, county: county, certainty: .certain)], .qualifiedName)
            }
            return .found(candidates(of: place), .qualifiedName)
        }
        return .nothing
    }
}
