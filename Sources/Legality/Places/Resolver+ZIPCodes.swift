extension Resolver {
    /// A ZIP code alone.
    func finding(zip: ZIPCodeList.Index) -> Finding {
        let candidates = candidates(ofZIP: zip)
        guard gazetteer.zips.area(of: zip) == nil else { return .found(candidates, .zipCode) }
        return .doubted(candidates, .zipCode, caveat: militaryCaveat(zip) + ".")
    }

    private func militaryCaveat(_ zip: ZIPCodeList.Index) -> String {
        "\(gazetteer.zips.code(of: zip)) is military or diplomatic mail: the law of the host country and of the post holds there too"
    }

    /// What a ZIP code may mean. It is a set of delivery routes, not an area: its state is nearly always certain, its
    /// county likely by the share of its land, its city possible by the names that the Postal Service accepts.
    func candidates(ofZIP zip: ZIPCodeList.Index) -> [Resolution.Candidate] {
        let record = gazetteer.zips.records[zip]
        let code = gazetteer.zips.code(of: zip)
        let zone = gazetteer.zips.timeZone(of: zip)
        guard let area = gazetteer.zips.area(of: zip) else {
            // Military mail: the country's own law goes with it; what holds at the post nobody can tell from the code.
            guard let country = gazetteer.unitedStates else { return [] }
            return [
                candidate(
                    .area(country), certainty: .likely, timeZone: zone, note: militaryCaveat(zip))
            ]
        }
        let shares = gazetteer.zips.countyShares(of: zip).map { part in
            (county: gazetteer.divisions.index(ofCounty: part.county), share: part.share)
        }
        let counties = shares.compactMap { part in part.county.map { (county: $0, share: part.share) } }
        var found: [(place: Place, county: DivisionList.Index?, candidate: Resolution.Candidate)] = []

        func add(
            _ place: Place, county: DivisionList.Index?, certainty: Resolution.Certainty, share: Double?, note: String
        ) {
            guard !found.contains(where: { $0.place == place && $0.county == county }) else { return }
            let candidate = self.candidate(
                place, county: county, certainty: certainty, share: share, timeZone: zone, note: note)
            found.append((place, county, candidate))
        }

        // Cities that are their own county, and those that their county lies in, follow from the county.
        for (county, share) in counties {
            let city: Place
            var through: DivisionList.Index?
            if gazetteer.divisions.records[county].rank != .county {
                city = .division(county)
            } else if let place = gazetteer.divisions.place(containingCounty: county) {
                (city, through) = (.division(place), county)
            } else {
                continue
            }
            add(
                city, county: through, certainty: Self.certainty(share, in: record), share: share,
                note: "\(Self.percent(share)) of \(code) is in \(chains.name(of: city))")
        }
        var namedCounties: Set<DivisionList.Index> = []
        for (position, name) in gazetteer.zips.cityNames(of: zip).enumerated() {
            let text = String(decoding: name, as: UTF8.self)
            for place in placesOfPostalName(PlaceName.words(of: name), in: area, counties: counties.map { $0.county }) {
                if found.contains(where: { $0.place == place }) { continue }
                let home = self.home(of: place, among: counties)
                let isLikely = position == 0 && (home?.share ?? 1) >= 0.5
                if isLikely, let home { namedCounties.insert(home.county) }
                add(
                    place, county: home?.county, certainty: isLikely ? .likely : .possible, share: nil,
                    note: position == 0
                        ? "\(text) is the postal city of \(code); ZIP codes do not follow city limits"
                        : "\(text) is also accepted as the postal city of \(code)")
            }
        }
        for name in gazetteer.zips.neighbourNames(of: zip) {
            let text = String(decoding: name, as: UTF8.self)
            for place in placesOfPostalName(PlaceName.words(of: name), in: area, counties: counties.map { $0.county }) {
                if found.contains(where: { $0.place == place }) { continue }
                add(
                    place, county: home(of: place, among: counties)?.county, certainty: .possible, share: nil,
                    note: "ZIP codes next to \(code) are \(text)'s, which may reach into it")
            }
        }
        for (county, share) in counties where gazetteer.divisions.records[county].rank == .county {
            guard gazetteer.divisions.place(containingCounty: county) == nil else { continue }
            let certainty =
                namedCounties.contains(county) ? .possible : Self.certainty(share, in: record, atMost: .likely)
            let name = gazetteer.divisions.name(of: county)
            add(
                .division(county), county: nil, certainty: certainty, share: share,
                note: record.isCountyOfPostOffice
                    ? "the post office of \(code) is in \(name)"
                    : "\(Self.percent(share)) of the land of \(code) is in \(name)")
        }
        if counties.isEmpty {
            let isCertain = found.isEmpty
            add(
                .area(area), county: nil, certainty: isCertain ? .certain : .possible, share: nil,
                note: shares.isEmpty
                    ? "no county is known for \(code)" : "\(code) is in \(chains.name(of: .area(area)))")
        }
        return found.map { $0.candidate }.enumerated().sorted { left, right in
            let (first, second) = (left.element.certainty.rank, right.element.certainty.rank)
            return first != second ? first < second : left.offset < right.offset
        }.map { $0.element }
    }

    private static func certainty(
        _ share: Double, in record: ZIPCodeList.Record, atMost limit: Resolution.Certainty = .certain
    ) -> Resolution.Certainty {
        if share >= 0.9995, !record.isCountyOfPostOffice, limit == .certain { return .certain }
        return share >= 0.5 ? .likely : .possible
    }

    /// Which of the counties the place lies in: the one with the largest share of the ZIP code.
    private func home(
        of place: Place, among counties: [(county: DivisionList.Index, share: Double)]
    ) -> (county: DivisionList.Index, share: Double)? {
        guard case .division(let index) = place, gazetteer.divisions.records[index].rank != .county else {
            if case .jurisdiction = place, !chains.chain(of: place).contains(where: { $0.kind.isCountyLike }) {
                return counties.first
            }
            return nil
        }
        return counties.first { gazetteer.divisions.counties(of: index).map { $0.county }.contains($0.county) }
            ?? (gazetteer.divisions.hasKnownCounties(index) ? nil : counties.first)
    }

    /// Places of the name that lie in one of the counties: cities and towns before townships.
    private func placesOfPostalName(
        _ words: [UInt8], in area: AreaList.Index, counties: [DivisionList.Index]
    ) -> [Place] {
        var states: [AreaList.Index] = [area]
        for county in counties {
            let state = gazetteer.divisions.area(of: county)
            if !states.contains(state) { states.append(state) }
        }
        let forms = NameForm.all(of: words)
        for state in states {
            for form in forms {
                let near = places(form, in: .area(state)).filter { place in
                    guard case .division(let index) = place else { return true }
                    // A postal city is no county, save where counties are the towns: Puerto Rico.
                    if gazetteer.divisions.records[index].rank == .county {
                        return gazetteer.divisions.kind(of: index) == .municipio && counties.isEmpty
                    }
                    return counties.isEmpty || !gazetteer.divisions.hasKnownCounties(index)
                        || counties.contains { gazetteer.divisions.lies(index, in: $0) }
                }
                let first = firstRank(of: near)
                if !first.isEmpty { return first }
            }
        }
        return []
    }
}

extension Resolution.Certainty {
    /// The likeliest first.
    var rank: Int {
        switch self {
        case .certain: 0
        case .likely: 1
        case .possible: 2
        }
    }
}
