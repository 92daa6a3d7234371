/// Which of several places is likelier to be meant.
extension Resolver {
    /// Most populous first, as far as can be told: states and countries, then by the number of ZIP codes.
    func ordered(_ places: [Place]) -> [Place] {
        places.map { (place: $0, weight: weight(of: $0), id: chains.id(of: $0)) }
            .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.id < $1.id }
            .map { $0.place }
    }

    /// Subdivisions of other countries stand among the large cities.
    private static let subdivisionWeight = 30

    /// The number of ZIP codes of a place, as a stand-in for its population.
    func weight(of place: Place) -> Int {
        switch place {
        case .area(let index):
            let area = gazetteer.areas.areas[index]
            return area.kind == .country
                ? 1_000_000
                : area.parent == gazetteer.unitedStates.map(Int32.init)
                    ? 2_000_000 : Self.subdivisionWeight
        case .division(let index):
            let record = gazetteer.divisions.records[index]
            if let ordinal = gazetteer.divisions.ordinal(of: index) { return gazetteer.zips.count(inCounty: ordinal) }
            let full = PlaceName.words(of: gazetteer.divisions.nameBytes(of: index))
            var keys = [PlaceName.key(ofWords: full)]
            if record.rank != .township { keys.append(PlaceName.key(of: gazetteer.divisions.name(of: index))) }
            let counties = gazetteer.divisions.counties(of: index).map { $0.county }
            return keys.map { key in
                postalCities(named: key, in: gazetteer.divisions.area(of: index)).reduce(0) { sum, city in
                    // Of several places with one name in a state the post office's county tells which it is.
                    let lies = counties.isEmpty || hasZIPCode(city, in: counties)
                    return sum + (lies ? Int(gazetteer.zips.cities[city].weight) : 0)
                }
            }.max() ?? 0
        case .jurisdiction: return 0
        case .community(let city): return Int(gazetteer.zips.cities[city].weight)
        }
    }

    /// Whether one of the city's ZIP codes lies in one of the counties, at least in part.
    private func hasZIPCode(_ city: Int, in counties: [DivisionList.Index]) -> Bool {
        var isFound = false
        gazetteer.zips.forEachZIPCode(ofCity: city) { zip in
            gazetteer.zips.forEachCountyShare(of: zip) { share in
                if let county = gazetteer.divisions.index(ofCounty: share.county), counties.contains(county) {
                    isFound = true
                }
            }
            return !isFound
        }
        return isFound
    }
}
