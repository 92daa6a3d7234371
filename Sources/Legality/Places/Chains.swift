/// From places to the jurisdictions that govern them.
struct Chains {
    let table: Table

    private var gazetteer: Gazetteer { table.gazetteer }

    func link(_ place: Place) -> ChainLink { link(place, table.places.index(of: place)) }

    private func link(_ place: Place, _ index: Int?) -> ChainLink {
        guard let index else {
            return ChainLink(
                id: id(of: place), name: nameInGazetteer(place), kind: kindInGazetteer(place), index: nil,
                isMunicipality: isMunicipality(place))
        }
        return ChainLink(
            id: table.jurisdictions[index].id, name: table.jurisdictions[index].name,
            kind: table.jurisdictions[index].kind, index: index, isMunicipality: isMunicipality(place))
    }

    private func isMunicipality(_ place: Place) -> Bool {
        if case .division(let index) = place { gazetteer.divisions.isMunicipality(index) } else { false }
    }

    func id(of place: Place) -> String {
        switch place {
        case .area(let index): return gazetteer.areas.areas[index].code.description
        case .division(let index):
            return TextBuffer.text(capacity: 8 + DivisionList.longestPath) { text in
                gazetteer.areas.areas[gazetteer.divisions.area(of: index)].code.write(to: &text)
                text.append(UInt8(ascii: "/"))
                gazetteer.divisions.writePath(of: index, to: &text)
            }
        case .jurisdiction(let index): return table.jurisdictions[index].id
        case .community(let city):
            let place = county(ofCommunity: city).map { Place.division($0) }
            return place.map { id(of: $0) } ?? gazetteer.zips.area(ofCity: city).map { id(of: .area($0)) } ?? ""
        }
    }

    func name(of place: Place) -> String {
        if let index = table.places.index(of: place) { return table.jurisdictions[index].name }
        return nameInGazetteer(place)
    }

    private func nameInGazetteer(_ place: Place) -> String {
        switch place {
        case .area(let index): return gazetteer.areas.name(of: index)
        case .division(let index): return gazetteer.divisions.name(of: index)
        case .jurisdiction(let index): return table.jurisdictions[index].name
        case .community(let city):
            let name = String(decoding: gazetteer.zips.nameBytes(ofCity: city), as: UTF8.self)
            return county(ofCommunity: city).map { "\(name) (in \(gazetteer.divisions.name(of: $0)))" } ?? name
        }
    }

    func kind(of place: Place) -> Jurisdiction.Kind {
        if let index = table.places.index(of: place) { return table.jurisdictions[index].kind }
        return kindInGazetteer(place)
    }

    private func kindInGazetteer(_ place: Place) -> Jurisdiction.Kind {
        switch place {
        case .area(let index): return gazetteer.areas.areas[index].kind
        case .division(let index): return gazetteer.divisions.kind(of: index)
        case .jurisdiction(let index): return table.jurisdictions[index].kind
        case .community(let city): return county(ofCommunity: city).map { gazetteer.divisions.kind(of: $0) } ?? .state
        }
    }

    /// The chain of a place; of one that lies in several counties, the chain through this one.
    func chain(of place: Place, county: DivisionList.Index? = nil) -> [ChainLink] {
        var links: [ChainLink] = []
        var seen: [Place] = []
        links.reserveCapacity(5)
        seen.reserveCapacity(5)
        /// Adds a link; false where the chain ends with it.
        func append(_ place: Place) -> Bool {
            guard !seen.contains(place) else { return true }
            seen.append(place)
            let index = table.places.index(of: place)
            links.append(link(place, index))
            return index.map { table.jurisdictions[$0].inherits } ?? true
        }

        guard append(place) else { return links }
        var top: Place? = place
        if !isLocal(place) {
            top = parent(of: place)
        } else {
            // What the table says lies between the place and its state: a reservation, or a county that the gazetteer
            // does not know of.
            while let next = top.flatMap({ tableParent(of: $0) }), isLocal(next) {
                top = next
                if case .division = next, county != nil { continue }
                guard append(next) else { return links }
            }
            if let county {
                guard append(.division(county)) else { return links }
            }
            if case .division(let index) = place, let city = gazetteer.divisions.place(containingCounty: index) {
                guard append(.division(city)) else { return links }
            }
            top = state(of: place)
            // A state or country that the gazetteer does not know of is its own.
            if let state = top, seen.contains(state) { top = parent(of: state) }
        }
        while let next = top {
            guard !seen.contains(next), append(next) else { break }
            top = parent(of: next)
        }
        return links
    }

    /// The state, territory or country above a county, place or reservation.
    func state(of place: Place) -> Place? {
        switch place {
        case .area: return place
        case .division(let index): return .area(gazetteer.divisions.area(of: index))
        case .community(let city): return gazetteer.zips.area(ofCity: city).map { .area($0) }
        case .jurisdiction:
            var next: Place? = place
            while let current = next, isLocal(current) { next = tableParent(of: current) }
            return next
        }
    }

    /// The county that most of the ZIP codes lie in of which the city is the default.
    func county(ofCommunity city: Int) -> DivisionList.Index? {
        var counts: [DivisionList.Index: Int] = [:]
        for zip in gazetteer.zips.zipCodes(ofCity: city).prefix(Self.countedZIPCodes)
        where Int(gazetteer.zips.records[zip].city) == city {
            guard let share = gazetteer.zips.countyShares(of: zip).first,
                let county = gazetteer.divisions.index(ofCounty: share.county)
            else { continue }
            counts[county, default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private static let countedZIPCodes = 100

    private func isLocal(_ place: Place) -> Bool {
        switch place {
        case .area: false
        case .division, .community: true
        case .jurisdiction(let index): table.jurisdictions[index].id.utf8.contains(UInt8(ascii: "/"))
        }
    }

    private func tableParent(of place: Place) -> Place? {
        guard let index = table.places.index(of: place), table.parents[index] >= 0 else { return nil }
        return table.places.places[Int(table.parents[index])]
    }

    private func parent(of place: Place) -> Place? {
        if table.places.index(of: place) != nil { return tableParent(of: place) }
        guard case .area(let index) = place, gazetteer.areas.areas[index].parent >= 0 else { return nil }
        return .area(gazetteer.areas.resolved(Int(gazetteer.areas.areas[index].parent)))
    }
}
