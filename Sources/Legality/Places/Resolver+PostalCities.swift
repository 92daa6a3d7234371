/// Cities that only the Postal Service knows.
extension Resolver {
    /// The Postal Service's cities of that name in a state.
    func postalCities(named key: [UInt8], in area: AreaList.Index) -> [Int] {
        var cities: [Int] = []
        gazetteer.names.forEachTarget(named: key) { target in
            if target.kind == .postalCity, gazetteer.zips.area(ofCity: target.index) == area {
                cities.append(target.index)
            }
        }
        return cities
    }

    /// A name that only the Postal Service has: a community without a government, a part of a city, or a city that
    /// shares its government with its county. What its ZIP codes may mean is what it may mean.
    func finding(postalCity words: [UInt8], in state: Place) -> Finding {
        guard case .area(let area) = state else { return .nothing }
        let cities = postalCities(named: PlaceName.key(ofWords: words), in: area)
        return cities.isEmpty ? .nothing : .found(candidates(ofPostalCities: cities), .qualifiedName)
    }

    func candidates(ofPostalCities cities: [Int]) -> [Resolution.Candidate] {
        var found: [(candidate: Resolution.Candidate, ids: [String], count: Int)] = []
        var zips: [ZIPCodeList.Index] = []
        for city in cities {
            let all = gazetteer.zips.zipCodes(ofCity: city)
            let own = all.filter { Int(gazetteer.zips.records[$0].city) == city }
            zips += own.isEmpty ? all : own
        }
        for zip in zips.prefix(Self.postalLimit) {
            for candidate in candidates(ofZIP: zip) {
                let ids = candidate.chain.map { $0.id }
                if let known = found.firstIndex(where: { $0.ids == ids }) {
                    found[known].count += 1
                } else {
                    found.append((candidate, ids, 1))
                }
            }
        }
        // Small cities inside that have no rules differ in nothing from the county around them.
        let isMany = found.count > Self.manyCandidates
        let others = Set(found.compactMap { $0.candidate.place.kind.isCountyLike ? $0.ids.first : nil })
        found.removeAll { entry in
            isMany && entry.count * 2 < zips.count && entry.candidate.place.kind == .place
                && entry.candidate.place.index == nil
                && entry.ids.count > 1 && others.contains(entry.ids[1])
        }
        let sorted = found.enumerated().sorted { left, right in
            left.element.count != right.element.count
                ? left.element.count > right.element.count : left.offset < right.offset
        }.map { $0.element }
        let name = cities.first.map { String(decoding: gazetteer.zips.nameBytes(ofCity: $0), as: UTF8.self) } ?? ""
        let count = min(zips.count, Self.postalLimit)
        return sorted.enumerated().map { position, entry in
            Resolution.Candidate(
                chain: entry.candidate.chain,
                certainty: position == 0 && entry.count * 2 >= count ? .likely : .possible, share: nil,
                timeZone: entry.candidate.timeZone,
                note: "\(name) is a postal name; \(entry.count) of its \(count) ZIP codes may lie here")
        }
    }

    /// More candidates than these are thinned out.
    private static let manyCandidates = 8

    /// So many of a city's ZIP codes are looked at: what the rest would add is in the same counties.
    private static let postalLimit = 200
}
