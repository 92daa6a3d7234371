extension Table {
    /// Resolves what somebody typed to the jurisdictions that govern it.
    ///
    /// Takes ids and ISO codes in any case, OCD-IDs, GEOIDs (`fips:06073`), postal abbreviations, ZIP codes, and names
    /// in the languages of the gazetteer, alone or as "City, ST", "County, ST", "City, County, ST" and
    /// "City, ST 92101". What lies in several counties, and what a ZIP code may mean, comes as several candidates; what
    /// fits several places is an error that lists them. Costs microseconds, whatever the size of the gazetteer.
    public func resolve(_ input: String) throws(ResolutionError) -> Resolution {
        try Resolver(table: self).resolve(input)
    }

    /// A jurisdiction of the table as a place: what its id resolves to.
    public func resolution(ofJurisdictionAt index: Int) -> Resolution {
        Resolution(
            input: jurisdictions[index].id, method: .id,
            candidates: Resolver(table: self).candidates(of: places.places[index]))
    }
}

/// How what somebody typed becomes places.
struct Resolver {
    let table: Table
    let chains: Chains

    init(table: Table) {
        self.table = table
        chains = Chains(table: table)
    }

    var gazetteer: Gazetteer { table.gazetteer }

    /// What came of reading the input in one way.
    enum Finding {
        case found([Resolution.Candidate], Resolution.Method)
        /// Found, but for something that has to be said.
        case doubted([Resolution.Candidate], Resolution.Method, caveat: String)
        case ambiguous([Place])
        case nothing
    }

    func resolve(_ input: String) throws(ResolutionError) -> Resolution {
        guard input.utf8.count <= PlaceName.limit else { throw .unknown(place: input, suggestions: []) }
        if let index = jurisdiction(withID: input) {
            return Resolution(input: input, method: .id, candidates: candidates(of: table.places.places[index]))
        }
        let text = Self.trimmed(input)
        guard !text.isEmpty else { throw .unknown(place: input, suggestions: []) }
        var finding = PlaceCode(text).map { self.finding(code: $0) } ?? .nothing
        if case .nothing = finding { finding = self.finding(name: text) }
        switch finding {
        case .found(let candidates, let method):
            return Resolution(input: input, method: method, candidates: candidates)
        case .doubted(let candidates, let method, let caveat):
            return Resolution(input: input, method: method, candidates: candidates, caveat: caveat)
        case .ambiguous(let places):
            throw .ambiguous(place: input, matches: ordered(places).map { chains.link($0) })
        case .nothing:
            throw .unknown(place: input, suggestions: suggestions(for: text))
        }
    }

    // MARK: Candidates

    func candidate(
        _ place: Place, county: DivisionList.Index? = nil, certainty: Resolution.Certainty, share: Double? = nil,
        timeZone: String? = nil, note: String? = nil
    ) -> Resolution.Candidate {
        var zone = timeZone
        if zone == nil {
            var home = county
            if home == nil, case .division(let index) = place { home = index }
            zone = home.flatMap { gazetteer.divisions.ordinal(of: $0) }
                .flatMap { gazetteer.zips.timeZone(ofCounty: $0) }
        }
        return Resolution.Candidate(
            chain: chains.chain(of: place, county: county), certainty: certainty, share: share, timeZone: zone,
            note: note)
    }

    /// The candidates of a place that is known as such: one, or one for each county that it lies in.
    func candidates(of place: Place) -> [Resolution.Candidate] {
        var counties: [(county: DivisionList.Index, share: Double)] = []
        switch place {
        case .area: return [candidate(place, certainty: .certain)]
        case .division(let index):
            if gazetteer.divisions.records[index].rank == .county { return [candidate(place, certainty: .certain)] }
            counties = gazetteer.divisions.counties(of: index)
            if counties.isEmpty, gazetteer.divisions.hasKnownCounties(index) {
                return [candidate(place, certainty: .certain)]
            }
        case .jurisdiction(let index):
            guard table.jurisdictions[index].kind == .place else { return [candidate(place, certainty: .certain)] }
        case .community(let city): return candidates(ofPostalCities: [city])
        }
        if counties.isEmpty {
            // Where the gazetteer does not say which county it is, post offices of its name do.
            let links = chains.chain(of: place)
            if links.contains(where: { $0.kind.isCountyLike }) { return [candidate(place, certainty: .certain)] }
            let posts = countiesOfPostOffices(of: place)
            guard !posts.isEmpty else { return [candidate(place, certainty: .certain)] }
            let name = chains.name(of: place)
            return posts.map { county, share in
                candidate(
                    place, county: county, certainty: share > 0.5 ? .likely : .possible,
                    note: "\(name) has its ZIP codes in \(gazetteer.divisions.name(of: county))")
            }
        }
        if counties.count == 1 { return [candidate(place, county: counties[0].county, certainty: .certain)] }
        let name = chains.name(of: place)
        return counties.enumerated().map { position, part in
            candidate(
                place, county: part.county, certainty: position == 0 ? .likely : .possible, share: part.share,
                note: "\(Self.percent(part.share)) of the people of \(name) live in "
                    + gazetteer.divisions.name(of: part.county))
        }
    }

    /// The counties of the ZIP codes whose default city has the place's name, the one with most of them first.
    private func countiesOfPostOffices(of place: Place) -> [(county: DivisionList.Index, share: Double)] {
        guard case .area(let area) = chains.state(of: place) else { return [] }
        var tallies: [DivisionList.Index: Int] = [:]
        // "Greenfield Town city" has the post office of Greenfield.
        var words = PlaceName.words(of: chains.name(of: place))
        if words.count > 5, words.suffix(5).elementsEqual(" town".utf8) { words.removeLast(5) }
        for city in postalCities(named: PlaceName.key(ofWords: words), in: area) {
            for zip in gazetteer.zips.zipCodes(ofCity: city) where Int(gazetteer.zips.records[zip].city) == city {
                guard let share = gazetteer.zips.countyShares(of: zip).first,
                    let county = gazetteer.divisions.index(ofCounty: share.county),
                    gazetteer.divisions.records[county].rank == .county
                else { continue }
                tallies[county, default: 0] += 1
            }
        }
        let sum = Double(tallies.values.reduce(0, +))
        return tallies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, Double($0.value) / sum) }
    }

    /// "57 %", "all", and never "0 %" of something that is there.
    static func percent(_ share: Double) -> String {
        let percent = (share * 100).rounded()
        if share >= 1 { return "all" }
        if percent < 1 { return "less than 1 %" }
        if percent > 99, share < 1 { return "more than 99 %" }
        return "\(Int(percent)) %"
    }
}

extension Jurisdiction.Kind {
    /// A county, or what its state has instead.
    var isCountyLike: Bool {
        switch self {
        case .county, .parish, .borough, .municipio, .censusArea: true
        default: false
        }
    }
}

extension DivisionList {
    /// Whether the list says where the place lies; a city that is its own county lies in none, and that is known.
    func hasKnownCounties(_ index: Index) -> Bool { !counties(of: index).isEmpty || isOwnCounty(index) }
}
