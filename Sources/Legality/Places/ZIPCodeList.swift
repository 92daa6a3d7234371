/// ZIP codes of the United States, and the city names that the Postal Service knows them by.
struct ZIPCodeList: ~Copyable, Sendable {
    typealias Index = Int

    enum Kind: UInt8, Sendable { case standard, poBox, unique, military }

    struct Record: Sendable {
        let number: UInt32
        /// The default city, in `cities`; -1 for none.
        let city: Int32
        fileprivate let countiesStart: UInt32
        fileprivate let othersStart: UInt32
        fileprivate let countiesLength: UInt16
        fileprivate let othersLength: UInt16
        /// Right after the other cities and a tab: large cities next door.
        fileprivate let neighboursLength: UInt16
        fileprivate let section: UInt16
        let kind: Kind
        /// Whether the county is that of the post office, not of the area that is delivered to.
        let isCountyOfPostOffice: Bool
    }

    /// A city name of the Postal Service in one state.
    struct City: Sendable {
        fileprivate let nameStart: UInt32
        fileprivate let nameLength: UInt8
        /// In `states`.
        let state: UInt8
        /// The last of its nodes.
        fileprivate var lastNode: Int32
        /// Of how many ZIP codes it is the default city.
        fileprivate(set) var weight: UInt32
    }

    /// A state's letters, and the area that they mean; military mail has none.
    struct State: Sendable {
        let letters: String
        let area: AreaList.Index?
        let fips: UInt32
    }

    private(set) var records: [Record] = []
    private(set) var cities: [City] = []
    private(set) var states: [State] = []
    private var sections: [(state: UInt8, zone: UInt8)] = []
    private var zones: [String] = []
    /// ZIP codes of a city: linked from the last to the first.
    private var nodes: [(zip: UInt32, previous: Int32)] = []
    private var bytes: [UInt8] = []
    /// Of each county, by its ordinal, how many ZIP codes touch it and the zone that most of them have.
    private var countyTallies: [(count: UInt32, zone: UInt8, lead: Int32)] = []
    /// For the first three digits of a code, where the codes with them start; one more than there are.
    private var startsByPrefix: [UInt32] = []

    init() {}

    init(
        _ file: [UInt8], areas: borrowing AreaList, divisions: borrowing DivisionList, names: inout NameIndexBuilder
    ) throws(GazetteerError) {
        bytes = file
        records.reserveCapacity(file.count / 24)
        nodes.reserveCapacity(file.count / 18)
        countyTallies = Array(repeating: (0, 0, 0), count: divisions.countyCount)
        cities.reserveCapacity(file.count / 26)
        var lines = TabSeparatedLines(file: Gazetteer.Files.zipCodesName, bytes: file)
        var city: Int32 = -1
        var counties: Range<Int>?
        var last: UInt32 = 0
        while lines.next() {
            if file[lines[0].lowerBound] == UInt8(ascii: "=") {
                try beginSection(lines, areas, divisions)
                city = -1
                counties = nil
                continue
            }
            guard let section = sections.last else {
                throw lines.fault("expected a state first: = NY America/New_York")
            }
            guard let number = lines.number(lines[0], digits: 5) else {
                throw lines.fault("expected a ZIP code of five digits, not \(lines.text(lines[0]))")
            }
            guard records.isEmpty || number > last else { throw lines.fault("the ZIP codes are not in order") }
            last = number
            guard lines[1].count < 256, lines[2].count < 65_536, lines[4].count < 65_536, lines[5].count < 65_536 else {
                throw lines.fault("too long")
            }
            let zip = Int32(records.count)
            if !lines[1].isEmpty { city = insertCity(lines[1], state: section.state, names: &names) }
            guard city >= 0 else { throw lines.fault("expected a city") }
            link(zip, to: city)
            cities[Int(city)].weight += 1
            if !lines[2].isEmpty { counties = lines[2] }
            guard var location = counties else { throw lines.fault("expected counties, or -") }
            let isPostOffice = file[location.lowerBound] == UInt8(ascii: "~")
            if isPostOffice { location = location.lowerBound + 1..<location.upperBound }
            if file[location].elementsEqual("-".utf8) { location = 0..<0 }
            var faulty = false
            CountyShare.forEach(in: file[location], fips: states[Int(section.state)].fips) { share in
                guard let share else {
                    faulty = true
                    return
                }
                if let county = divisions.ordinal(ofCounty: share.county) { tally(county, zone: section.zone) }
            }
            guard !faulty else { throw lines.fault("expected counties with shares: 115:.573 081:.427") }
            let kind: Kind? =
                switch file[lines[3]].first {
                case nil: .standard
                case UInt8(ascii: "p"): .poBox
                case UInt8(ascii: "u"): .unique
                case UInt8(ascii: "m"): .military
                default: nil
                }
            guard let kind else { throw lines.fault("expected p, u, m or nothing as the kind") }
            records.append(
                Record(
                    number: number, city: city, countiesStart: UInt32(location.lowerBound),
                    othersStart: UInt32(lines[4].lowerBound), countiesLength: UInt16(location.count),
                    othersLength: UInt16(lines[4].count), neighboursLength: UInt16(lines[5].count),
                    section: UInt16(truncatingIfNeeded: sections.count - 1),
                    kind: kind,
                    isCountyOfPostOffice: isPostOffice))
            for other in Self.parts(of: file, lines[4]) {
                link(zip, to: insertCity(other, state: section.state, names: &names))
            }
        }
        startsByPrefix = [UInt32](repeating: UInt32(records.count), count: 1001)
        for index in records.indices.reversed() { startsByPrefix[Int(records[index].number / 100)] = UInt32(index) }
        for prefix in (0..<1000).reversed() {
            startsByPrefix[prefix] = min(startsByPrefix[prefix], startsByPrefix[prefix + 1])
        }
    }

    private mutating func beginSection(
        _ lines: TabSeparatedLines, _ areas: borrowing AreaList, _ divisions: borrowing DivisionList
    ) throws(GazetteerError) {
        let words = lines.text(lines[0]).split(separator: " ")
        guard words.count == 2 || words.count == 3, words[1].utf8.count == 2, sections.count < 65_535 else {
            throw lines.fault("expected a state and a time zone: = NY America/New_York")
        }
        let letters = String(words[1])
        var state = states.firstIndex { $0.letters == letters }
        if state == nil {
            let area = Self.militaryStates.contains(letters) ? nil : Self.area(ofState: letters, areas)
            let fips = area.flatMap { divisions.state(ofArea: $0) }.map { divisions.states[$0].fips }
            states.append(State(letters: letters, area: area, fips: fips ?? 0))
            state = states.count - 1
        }
        let zoneName = words.count == 3 ? String(words[2]) : ""
        var zone = zones.firstIndex(of: zoneName)
        if zone == nil {
            zones.append(zoneName)
            zone = zones.count - 1
        }
        guard let state, state < 256, let zone, zone < 256 else { throw lines.fault("too many states or time zones") }
        sections.append((UInt8(state), UInt8(zone)))
    }

    /// Armed forces in the Americas, in Europe and elsewhere, in the Pacific.
    static let militaryStates: Set<String> = ["AA", "AE", "AP"]

    /// The Postal Service's letters: a state or territory, or one of the countries in free association.
    private static func area(ofState letters: String, _ areas: borrowing AreaList) -> AreaList.Index? {
        ISOCode("US-" + letters).flatMap { areas.index(of: $0) } ?? ISOCode(letters).flatMap { areas.index(of: $0) }
    }

    /// The city of that name, which may be new.
    private mutating func insertCity(_ name: Range<Int>, state: UInt8, names: inout NameIndexBuilder) -> Int32 {
        let count = cities.count
        let found: Int? = bytes.withUnsafeBufferPointer { bytes in
            PlaceName.withKey(of: UnsafeBufferPointer(rebasing: bytes[name])) { key in
                let known = names.lastTarget(named: key, of: .postalCity) { cities[$0.index].state == state }
                if known == nil { names.insert(key, NameIndex.Target(.postalCity, count)) }
                return known?.index
            }
        }
        if let found { return Int32(found) }
        cities.append(
            City(
                nameStart: UInt32(name.lowerBound), nameLength: UInt8(truncatingIfNeeded: name.count), state: state,
                lastNode: -1, weight: 0))
        return Int32(count)
    }

    private mutating func link(_ zip: Int32, to city: Int32) {
        nodes.append((UInt32(zip), cities[Int(city)].lastNode))
        cities[Int(city)].lastNode = Int32(nodes.count - 1)
    }

    /// Majority vote over the zones, and a count.
    private mutating func tally(_ county: Int, zone: UInt8) {
        var tally = countyTallies[county]
        tally.count += 1
        if tally.zone == zone {
            tally.lead += 1
        } else if tally.lead > 0 {
            tally.lead -= 1
        } else {
            (tally.zone, tally.lead) = (zone, 1)
        }
        countyTallies[county] = tally
    }

    /// What stands between the bars.
    private static func parts(of bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "|")) ?? range.upperBound
            if start < end { parts.append(start..<end) }
            start = end + 1
        }
        return parts
    }

    func requestHugePages() {
        HugePages.request(for: records)
        HugePages.request(for: bytes)
        HugePages.request(for: nodes)
    }

    // MARK: Looking up

    func index(of number: UInt32) -> Index? {
        guard number < 100_000, !startsByPrefix.isEmpty else { return nil }
        var low = Int(startsByPrefix[Int(number / 100)])
        var high = Int(startsByPrefix[Int(number / 100) + 1])
        while low < high {
            let middle = (low + high) / 2
            if records[middle].number == number { return middle }
            if records[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Five digits.
    func code(of index: Index) -> String {
        TextBuffer.text(capacity: 10) { $0.append(records[index].number, digits: 5) }
    }

    func state(of index: Index) -> State { states[Int(sections[Int(records[index].section)].state)] }

    func timeZone(of index: Index) -> String? {
        let zone = zones[Int(sections[Int(records[index].section)].zone)]
        return zone.isEmpty ? nil : zone
    }

    /// County codes of five digits with the share of the land, the largest first.
    func countyShares(of index: Index) -> [CountyShare] {
        var found: [CountyShare] = []
        forEachCountyShare(of: index) { found.append($0) }
        return found
    }

    func forEachCountyShare(of index: Index, _ body: (CountyShare) -> Void) {
        let record = records[index]
        let start = Int(record.countiesStart)
        let fips = states[Int(sections[Int(record.section)].state)].fips
        CountyShare.forEach(in: bytes[start..<start + Int(record.countiesLength)], fips: fips) {
            if let share = $0 { body(share) }
        }
    }

    /// The default city first, then others that are in use.
    func cityNames(of index: Index) -> [ArraySlice<UInt8>] {
        let record = records[index]
        var found: [ArraySlice<UInt8>] = []
        if record.city >= 0 { found.append(nameBytes(ofCity: Int(record.city))) }
        let start = Int(record.othersStart)
        guard record.othersLength > 0 else { return found }
        for part in Self.parts(of: bytes, start..<start + Int(record.othersLength)) { found.append(bytes[part]) }
        return found
    }

    /// Large cities that do not give the ZIP code their name, but probably reach into it.
    func neighbourNames(of index: Index) -> [ArraySlice<UInt8>] {
        let record = records[index]
        guard record.neighboursLength > 0 else { return [] }
        let start = Int(record.othersStart) + Int(record.othersLength) + 1
        return Self.parts(of: bytes, start..<start + Int(record.neighboursLength)).map { bytes[$0] }
    }

    func nameBytes(ofCity city: Int) -> ArraySlice<UInt8> {
        let start = Int(cities[city].nameStart)
        return bytes[start..<start + Int(cities[city].nameLength)]
    }

    func state(ofCity city: Int) -> State { states[Int(cities[city].state)] }

    /// The state, territory or country of a city; military mail has none.
    func area(ofCity city: Int) -> AreaList.Index? { states[Int(cities[city].state)].area }

    /// The state, territory or country of a ZIP code; military mail has none.
    func area(of index: Index) -> AreaList.Index? { states[Int(sections[Int(records[index].section)].state)].area }

    /// The ZIP codes that know the city, in order.
    func zipCodes(ofCity city: Int) -> [Index] {
        var found: [Index] = []
        forEachZIPCode(ofCity: city) {
            found.append($0)
            return true
        }
        return found.reversed()
    }

    /// Calls `body` with the ZIP codes that know the city, the last first, until it returns false.
    func forEachZIPCode(ofCity city: Int, _ body: (Index) -> Bool) {
        var node = cities[city].lastNode
        while node >= 0 {
            guard body(Int(nodes[Int(node)].zip)) else { return }
            node = nodes[Int(node)].previous
        }
    }

    /// How many ZIP codes lie in the county at least in part, by the county's ordinal.
    func count(inCounty county: Int) -> Int { county < countyTallies.count ? Int(countyTallies[county].count) : 0 }

    /// The time zone of most ZIP codes of a county, by the county's ordinal.
    func timeZone(ofCounty county: Int) -> String? {
        guard county < countyTallies.count else { return nil }
        let tally = countyTallies[county]
        return tally.count == 0 || zones[Int(tally.zone)].isEmpty ? nil : zones[Int(tally.zone)]
    }
}
