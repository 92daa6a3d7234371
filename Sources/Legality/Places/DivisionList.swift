/// The counties and places of the United States.
struct DivisionList: ~Copyable, Sendable {
    typealias Index = Int

    /// The word with which the Census Bureau closes a name.
    enum Designation: UInt8, Sendable {
        case none, city, town, village, borough, township, charterTownship, plantation, municipality, other
        case county, parish, censusArea, municipio
        case cityAndBorough
    }

    struct State: Sendable {
        let area: AreaList.Index
        /// `CA`
        let abbreviation: String
        let fips: UInt32
        let countyWord: Designation
        /// Whether the ids of county subdivisions name their county.
        let isNested: Bool
        var counties: Range<Int>
        var places: Range<Int>
        var subdivisions: Range<Int>
        /// All of them: those of a state stand together.
        var divisions: Range<Int> { counties.lowerBound..<subdivisions.upperBound }
    }

    struct Record: Sendable {
        /// Of a county three digits, else five.
        fileprivate let number: UInt32
        let nameStart: UInt32
        fileprivate let sharesStart: UInt32
        let slugStart: UInt32
        fileprivate let nameLength: UInt8
        /// Of the name without its designation.
        let baseLength: UInt8
        fileprivate let sharesLength: UInt8
        let slugLength: UInt8
        /// Of a county subdivision its county; else -1.
        let county: Int32
        let state: UInt8
        let designation: Designation
        let rank: Rank
    }

    /// Which of several of one name in one state the bare name means: the first kind that there is.
    enum Rank: UInt8, Comparable, Sendable {
        case municipality, town, township, county
        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    private(set) var states: [State] = []
    private(set) var records: [Record] = []
    /// The file, into which the records point.
    private(set) var bytes: [UInt8] = []
    private var stateByFIPS = [Int8](repeating: -1, count: 100)
    /// For each area the state that it is, or -1.
    private var stateByArea: [Int8] = []
    /// For each county's FIPS code its ordinal, or -1.
    private var countyOrdinals: [Int16] = []
    /// The counties, and the cities that are their own, by ordinal.
    private var counties: [Int32] = []
    /// Counties that lie wholly in a place, and the place.
    private var coextensive: [Index: Index] = [:]

    init() {}

    init(_ file: [UInt8], areas: borrowing AreaList, names: inout NameIndexBuilder) throws(GazetteerError) {
        bytes = file
        countyOrdinals = [Int16](repeating: -1, count: file.isEmpty ? 0 : 100_000)
        stateByArea = [Int8](repeating: -1, count: areas.areas.count)
        records.reserveCapacity(file.count / 26)
        var lines = TabSeparatedLines(file: Gazetteer.Files.divisionsName, bytes: file)
        var lastNumber: (class: Int, county: UInt32, number: UInt32) = (0, 0, 0)
        while lines.next() {
            if file[lines[0].lowerBound] == UInt8(ascii: "=") {
                try beginState(lines, areas)
                lastNumber = (0, 0, 0)
                continue
            }
            guard let state = states.last else { throw lines.fault("expected a state first: = US-AL 01 county direct") }
            let code = lines[0]
            let name = lines[1]
            guard !name.isEmpty, name.count < 256, lines[2].count < 256, lines[3].count < 256 else {
                throw lines.fault("expected code, name, counties, id, with tabs between")
            }
            var this: (class: Int, county: UInt32, number: UInt32)
            var county: Int32 = -1
            if let number = lines.number(code, digits: 3) {
                this = (1, 0, number)
            } else if let number = lines.number(code, digits: 5) {
                this = (2, 0, number)
            } else if code.count == 9, file[code.lowerBound + 3] == UInt8(ascii: "."),
                let countyNumber = lines.number(code.lowerBound..<code.lowerBound + 3, digits: 3),
                let number = lines.number(code.lowerBound + 4..<code.upperBound, digits: 5)
            {
                this = (3, countyNumber, number)
                guard let above = self.index(ofCounty: state.fips * 1000 + countyNumber) else {
                    throw lines.fault("its county \(countyNumber) is not among the counties above")
                }
                county = Int32(above)
            } else {
                throw lines.fault("expected a code like 001, 00124 or 001.12345, not \(lines.text(code))")
            }
            guard this > lastNumber else { throw lines.fault("the codes are not in order") }
            lastNumber = this

            let (designation, baseLength) = Self.designation(of: file[name], isCounty: this.class == 1, state: state)
            let rank: Rank =
                switch this.class {
                case 1: .county
                case 2: .municipality
                default:
                    designation == .township || designation == .charterTownship || designation == .none
                        ? .township : .town
                }
            let index = records.count
            let stateIndex = states.count - 1
            records.append(
                Record(
                    number: this.number, nameStart: UInt32(name.lowerBound), sharesStart: UInt32(lines[2].lowerBound),
                    slugStart: UInt32(lines[3].lowerBound), nameLength: UInt8(name.count),
                    baseLength: UInt8(baseLength),
                    sharesLength: UInt8(lines[2].count), slugLength: UInt8(lines[3].count), county: county,
                    state: UInt8(stateIndex), designation: designation, rank: rank))
            switch this.class {
            case 1:
                guard counties.count < Int(Int16.max) else { throw lines.fault("too many counties") }
                addCounty(state.fips * 1000 + this.number, index)
                states[stateIndex].counties = states[stateIndex].counties.lowerBound..<index + 1
                states[stateIndex].places = index + 1..<index + 1
                states[stateIndex].subdivisions = index + 1..<index + 1
            case 2:
                try readShares(of: index, lines)
                states[stateIndex].places = states[stateIndex].places.lowerBound..<index + 1
                states[stateIndex].subdivisions = index + 1..<index + 1
            default:
                states[stateIndex].subdivisions = states[stateIndex].subdivisions.lowerBound..<index + 1
            }

            Self.insertNames(
                file, name: name, baseLength: baseLength, slug: lines[3], isPlace: this.class == 2, designation,
                NameIndex.Target(.division, index), to: &names)
        }
    }

    /// The name without the word for its kind, and what else a division goes by.
    private static func insertNames(
        _ file: [UInt8], name: Range<Int>, baseLength: Int, slug: Range<Int>, isPlace: Bool,
        _ designation: Designation, _ target: NameIndex.Target, to names: inout NameIndexBuilder
    ) {
        let base = name.lowerBound..<name.lowerBound + baseLength
        names.insert(nameIn: file, base, target)
        if !slug.isEmpty { names.insert(PlaceName.key(ofWords: words(ofSlug: file[slug])), target) }
        // "Greenfield Town city"
        if isPlace, baseLength > 5, file[base].suffix(5).elementsEqual(" Town".utf8) {
            names.insert(nameIn: file, base.lowerBound..<base.upperBound - 5, target)
        }
        if let bracket = file[base].firstIndex(of: UInt8(ascii: "(")) {
            // "San Buenaventura (Ventura) city" is either.
            names.insert(nameIn: file, base.lowerBound..<bracket, target)
            names.insert(nameIn: file, bracket + 1..<base.upperBound - 1, target)
        } else if isPlace,
            let end = file[base].firstIndex(of: UInt8(ascii: ","))
                ?? (designation == .other || designation == .none ? file[base].firstIndex(of: UInt8(ascii: "-")) : nil)
        {
            // "Islamorada, Village of Islands"; or a city and its county under one government: "Lexington-Fayette
            // urban county".
            names.insert(nameIn: file, base.lowerBound..<end, target)
        }
    }

    private mutating func beginState(_ lines: TabSeparatedLines, _ areas: borrowing AreaList) throws(GazetteerError) {
        let words = lines.text(lines[0]).split(separator: " ")
        guard words.count == 5, let code = ISOCode(String(words[1])), let area = areas.index(of: code),
            words[2].utf8.count == 2, let fips = words[2].utf8.decimalValue,
            let countyWord: Designation =
                switch words[3] {
                case "county": .county
                case "parish": .parish
                case "borough": .borough
                case "municipio": .municipio
                default: nil
                },
            words[4] == "nested" || words[4] == "direct", states.count < 100
        else {
            throw lines.fault(
                "expected a state with code, FIPS, its word for counties, nested or direct: = US-AL 01 county direct")
        }
        guard stateByFIPS[Int(fips)] < 0 else { throw lines.fault("the state \(words[1]) is there twice") }
        stateByFIPS[Int(fips)] = Int8(states.count)
        stateByArea[area] = Int8(states.count)
        let end = records.count..<records.count
        states.append(
            State(
                area: area, abbreviation: code.suffix, fips: fips, countyWord: countyWord,
                isNested: words[4] == "nested",
                counties: end, places: end, subdivisions: end))
    }

    /// Checks the counties of a place, and notes a city that is no part of any county.
    private mutating func readShares(of index: Index, _ lines: TabSeparatedLines) throws(GazetteerError) {
        let fips = states[Int(records[index].state)].fips
        var faulty = false
        var only: UInt32?
        var count = 0
        CountyShare.forEach(in: bytes[lines[2]], fips: fips) { share in
            guard let share else {
                faulty = true
                return
            }
            count += 1
            only = share.county
        }
        guard !faulty else { throw lines.fault("expected counties with shares: 115:.573 081:.427") }
        if count == 1, let only, self.index(ofCounty: only) == nil, counties.count < Int(Int16.max) {
            addCounty(only, index)
        }
    }

    private static let designations: [(text: [UInt8], designation: Designation)] = [
        (" charter township", Designation.charterTownship), (" city and borough", .cityAndBorough), (" city", .city),
        (" town", .town), (" village", .village), (" borough", .borough), (" township", .township),
        (" plantation", .plantation), (" municipality", .municipality), (" corporation", .other),
        (" unified government", .other), (" urban county", .other), (" metropolitan government", .other),
    ].map { (Array($0.0.utf8), $0.1) }

    private static let countyDesignations: [(text: [UInt8], designation: Designation)] = [
        (" County", Designation.county), (" Parish", .parish), (" City and Borough", .borough), (" Borough", .borough),
        (" Municipality", .borough), (" Census Area", .censusArea), (" Municipio", .municipio),
    ].map { (Array($0.0.utf8), $0.1) }

    private static func designation(
        of name: ArraySlice<UInt8>, isCounty: Bool, state: State
    ) -> (Designation, baseLength: Int) {
        for (text, designation) in isCounty ? countyDesignations : designations
        where name.count > text.count && name.suffix(text.count).elementsEqual(text) {
            return (designation, name.count - text.count)
        }
        return (isCounty ? state.countyWord : .none, name.count)
    }

    /// Makes a county's code one for a division, which may have another already.
    mutating func setCounty(_ code: UInt32, means division: Index) {
        if let known = counties.lastIndex(of: Int32(division)) {
            countyOrdinals[Int(code)] = Int16(known)
        } else {
            addCounty(code, division)
        }
    }

    private mutating func addCounty(_ code: UInt32, _ division: Index) {
        countyOrdinals[Int(code)] = Int16(counties.count)
        counties.append(Int32(division))
    }

    mutating func setCounty(_ county: Index, liesIn place: Index) { coextensive[county] = place }

    func requestHugePages() {
        HugePages.request(for: records)
        HugePages.request(for: bytes)
    }

    // MARK: Looking up

    func state(ofArea area: AreaList.Index) -> Int? {
        guard area < stateByArea.count, stateByArea[area] >= 0 else { return nil }
        return Int(stateByArea[area])
    }

    /// The divisions of the state that an area is; none of an area that is no state.
    func divisions(ofArea area: AreaList.Index) -> Range<Index> {
        state(ofArea: area).map { states[$0].divisions } ?? 0..<0
    }

    /// The state, territory or district that a division lies in.
    func area(of index: Index) -> AreaList.Index { states[Int(records[index].state)].area }

    private func fips(of index: Index) -> UInt32 { states[Int(records[index].state)].fips }

    /// The county with this FIPS code, or the city that is its own county.
    func index(ofCounty code: UInt32) -> Index? {
        ordinal(ofCounty: code).map { Int(counties[$0]) }
    }

    /// How many counties there are, those that are cities included: ordinals are less.
    var countyCount: Int { counties.count }

    /// A small number for the county with this FIPS code.
    func ordinal(ofCounty code: UInt32) -> Int? {
        guard code < countyOrdinals.count, countyOrdinals[Int(code)] >= 0 else { return nil }
        return Int(countyOrdinals[Int(code)])
    }

    /// A small number for a county, or a city that is its own; nil for other places.
    func ordinal(of index: Index) -> Int? {
        let record = records[index]
        if record.rank == .county { return ordinal(ofCounty: fips(of: index) * 1000 + record.number) }
        return ownCounty(of: index).flatMap { ordinal(ofCounty: $0) }
    }

    /// The division with this GEOID: five digits a county, seven a place, ten a county subdivision.
    func index(ofGEOID digits: some Collection<UInt8>) -> Index? {
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let fips = digits.prefix(2).decimalValue else {
            return nil
        }
        let state = stateByFIPS[Int(fips)]
        guard state >= 0, let number = digits.suffix(5).decimalValue else { return nil }
        switch digits.count {
        case 5: return index(ofCounty: number)
        case 7: return search(states[Int(state)].places, for: number) { records[$0].number }
        case 10:
            guard let county = digits.dropFirst(2).prefix(3).decimalValue else { return nil }
            return search(states[Int(state)].subdivisions, for: county * 100_000 + number) { index in
                let record = records[index]
                return (record.county >= 0 ? records[Int(record.county)].number : 0) * 100_000 + record.number
            }
        default: return nil
        }
    }

    /// The state's area for its two digits.
    func area(ofStateFIPS code: UInt32) -> AreaList.Index? {
        guard code < 100, stateByFIPS[Int(code)] >= 0 else { return nil }
        return states[Int(stateByFIPS[Int(code)])].area
    }

    private func search(_ range: Range<Int>, for value: UInt32, _ valueOf: (Int) -> UInt32) -> Int? {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            let found = valueOf(middle)
            if found == value { return middle }
            if found < value { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    // MARK: What is known of one

    /// As the Census Bureau writes it: "San Diego city".
    func fullName(of index: Index) -> String { String(decoding: nameBytes(of: index), as: UTF8.self) }

    /// As people say it: "San Diego", "San Diego County", "Clinton charter township".
    func name(of index: Index) -> String {
        let record = records[index]
        guard record.rank == .municipality || record.rank == .town else { return fullName(of: index) }
        return String(decoding: nameBytes(of: index).prefix(Int(record.baseLength)), as: UTF8.self)
    }

    /// The words of the name without the one for its kind.
    func baseWords(of index: Index) -> [UInt8] {
        PlaceName.words(of: nameBytes(of: index).prefix(Int(records[index].baseLength)))
    }

    func nameBytes(of index: Index) -> ArraySlice<UInt8> {
        let record = records[index]
        return bytes[Int(record.nameStart)..<Int(record.nameStart) + Int(record.nameLength)]
    }

    func kind(of index: Index) -> Jurisdiction.Kind {
        let record = records[index]
        guard record.rank == .county else { return .place }
        switch record.designation {
        case .parish: return .parish
        case .borough: return .borough
        case .censusArea: return .censusArea
        case .municipio: return .municipio
        default: return .county
        }
    }

    /// Whether it is incorporated, by the word with which the Census Bureau closes its name; a census-designated place
    /// (CDP) and a township are not.
    func isMunicipality(_ index: Index) -> Bool {
        let record = records[index]
        guard record.rank == .municipality else { return false }
        switch record.designation {
        case .city, .town, .village, .borough, .municipality: return true
        default: return false
        }
    }

    func state(of index: Index) -> State { states[Int(records[index].state)] }

    func geoid(of index: Index) -> String {
        let record = records[index]
        return TextBuffer.text(capacity: 16) { text in
            text.append(fips(of: index), digits: 2)
            if record.rank == .county { return text.append(record.number, digits: 3) }
            if record.county >= 0 { text.append(records[Int(record.county)].number, digits: 3) }
            text.append(record.number, digits: 5)
        }
    }

    /// The counties that it lies in, the largest share first. A city that is its own county is in none.
    func counties(of index: Index) -> [(county: Index, share: Double)] {
        let record = records[index]
        if record.county >= 0 { return [(Int(record.county), 1)] }
        var found: [(county: Index, share: Double)] = []
        let start = Int(record.sharesStart)
        CountyShare.forEach(in: bytes[start..<start + Int(record.sharesLength)], fips: fips(of: index)) { share in
            guard let share, let county = self.index(ofCounty: share.county), county != index else { return }
            found.append((county, share.share))
        }
        return found
    }

    /// Whether a part of it lies in the county, or it is that "county".
    func lies(_ index: Index, in county: Index) -> Bool {
        index == county || counties(of: index).contains { $0.county == county }
    }

    /// Whether it is a city that belongs to no county.
    func isOwnCounty(_ index: Index) -> Bool { ownCounty(of: index) != nil }

    /// The county's code of a city that belongs to no county.
    private func ownCounty(of index: Index) -> UInt32? {
        let record = records[index]
        guard record.rank == .municipality else { return nil }
        var own: UInt32?
        let start = Int(record.sharesStart)
        CountyShare.forEach(in: bytes[start..<start + Int(record.sharesLength)], fips: fips(of: index)) { share in
            if let share, self.index(ofCounty: share.county) == index { own = share.county }
        }
        return own
    }

    /// The place that a county lies wholly in.
    func place(containingCounty county: Index) -> Index? { coextensive[county] }
}
