/// Something that a name or code can mean.
enum Place: Hashable, Sendable {
    /// A country or subdivision of the gazetteer.
    case area(AreaList.Index)
    /// A county or place of the gazetteer.
    case division(DivisionList.Index)
    /// What the table has and the gazetteer lacks: tribal land, unincorporated communities, unions.
    case jurisdiction(Int)
    /// A city name that only the Postal Service has: in `ZIPCodeList.cities`.
    case community(Int)
}

/// Where a table's jurisdictions stand in its gazetteer, and the names that the table gives them.
struct TablePlaces: Sendable {
    /// For each jurisdiction of the table, in its order.
    let places: [Place]
    private let byPlace: PlaceMap
    private let names: NameIndex

    init(_ jurisdictions: [Jurisdiction], _ gazetteer: Gazetteer) {
        var places: [Place] = []
        places.reserveCapacity(jurisdictions.count)
        for (position, jurisdiction) in jurisdictions.enumerated() {
            places.append(gazetteer.place(withID: jurisdiction.id) ?? .jurisdiction(position))
        }
        var names = NameIndexBuilder(expectedNames: 0)
        // What is added last comes first.
        for position in jurisdictions.indices.reversed() {
            // Counties and places that the gazetteer has are found by its names: only it knows their namesakes.
            if case .division = places[position] { continue }
            for key in Self.keys(of: jurisdictions[position]) {
                names.insert(key, NameIndex.Target(.jurisdiction, position))
            }
        }
        self.places = places
        byPlace = PlaceMap(places)
        self.names = names.finish()
    }

    /// The jurisdiction of the table that is this place.
    func index(of place: Place) -> Int? {
        if case .jurisdiction(let index) = place { return index }
        return byPlace.position(of: place)
    }

    /// Calls `body` with each jurisdiction that bears a name which is alike, and how far the names are apart.
    func forEachJurisdiction(spelledLike spelling: borrowing Spelling, within reach: Int, _ body: (Int, Int) -> Void) {
        names.withReader { reader in
            for position in 0..<names.keyCount
            where reader.outline(at: position).isWithin(reach, of: spelling.outline) {
                let key = reader.key(at: position)
                guard let distance = spelling.distance(to: reader.bytes(of: key), limit: reach) else { continue }
                names.forEachTarget(of: key) { body($0.index, distance) }
            }
        }
    }

    /// Calls `body` with the jurisdictions of that name, in their order.
    func forEachJurisdiction(named key: [UInt8], _ body: (Int) -> Void) {
        names.forEachTarget(named: key) { body($0.index) }
    }

    /// What a jurisdiction goes by: without what stands in brackets, and without the word for its kind
    /// ("Blackfeet Indian Reservation" is "Blackfeet" too).
    private static func keys(of jurisdiction: Jurisdiction) -> Set<[UInt8]> {
        var names: [[UInt8]] = [PlaceName.words(of: jurisdiction.name)]
        if let bracket = jurisdiction.name.firstIndex(of: "(") {
            names.append(PlaceName.words(of: String(jurisdiction.name[..<bracket])))
            let inner = jurisdiction.name[jurisdiction.name.index(after: bracket)...].prefix { $0 != ")" }
            if jurisdiction.kind == .reservation { names.append(PlaceName.words(of: String(inner))) }
        }
        if let colon = jurisdiction.id.lastIndex(of: ":") {
            names.append(DivisionList.words(ofSlug: jurisdiction.id[jurisdiction.id.index(after: colon)...].utf8))
        }
        var keys: Set<[UInt8]> = []
        for name in names where !name.isEmpty {
            keys.insert(PlaceName.key(ofWords: name))
            for suffix in [
                " county", " parish", " township", " borough", " indian reservation", " reservation", " nation",
            ]
            where name.count > suffix.utf8.count && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
                keys.insert(PlaceName.key(ofWords: name.dropLast(suffix.utf8.count)))
            }
        }
        return keys
    }
}

extension Gazetteer {
    /// What an id of a table's form means here: `CH`, `US-CA`, `US-CA/place:san_diego`.
    func place(withID id: String) -> Place? {
        let parts = id.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
        guard let head = parts.first, let code = ISOCode(head), let area = areas.index(of: code) else { return nil }
        guard parts.count == 2 else { return .area(areas.resolved(area)) }
        return divisions.index(ofPath: parts[1], area: areas.resolved(area), names: names).map { .division($0) }
    }
}
