/// Countries and their subdivisions, by ISO 3166 code.
struct AreaList: ~Copyable, Sendable {
    /// A place in the list.
    typealias Index = Int

    struct Area: Sendable {
        let code: ISOCode
        let kind: Jurisdiction.Kind
        /// The area that it is part of and whose law holds in it; -1 for none.
        var parent: Int32
        /// What the code stands for where another code is the place's own (PR is US-PR); -1 for itself.
        var standsFor: Int32 = -1
        /// Its name in English, as a place in the bytes of its file.
        fileprivate let name: Range<UInt32>
        fileprivate let isCountry: Bool
    }

    private(set) var areas: [Area] = []
    private var countryCount = 0
    private var countryBytes: [UInt8] = []
    private var subdivisionBytes: [UInt8] = []
    /// Alpha-3 codes with their countries, in order.
    private var alpha3: [(code: ISOCode, index: Int32)] = []

    init() {}

    /// Reads both files and adds their names to the index.
    init(countries: [UInt8], subdivisions: [UInt8], names: inout NameIndexBuilder) throws(GazetteerError) {
        countryBytes = countries
        subdivisionBytes = subdivisions
        areas.reserveCapacity(6000)
        var lines = TabSeparatedLines(file: Gazetteer.Files.countriesName, bytes: countries)
        while lines.next() {
            guard let code = ISOCode(countries[lines[0]]), code.isCountry, let long = ISOCode(countries[lines[1]]),
                long.length == 3, lines.fields.count >= 3
            else { throw lines.fault("expected a country: alpha-2 code, alpha-3 code, names, with tabs between") }
            if let last = areas.last, last.code >= code { throw lines.fault("the codes are not in order") }
            alpha3.append((long, Int32(areas.count)))
            add(code, kind: .country, parent: -1, lines, names: lines.fields[2...], isCountry: true, to: &names)
        }
        alpha3.sort { $0.code < $1.code }
        countryCount = areas.count
        lines = TabSeparatedLines(file: Gazetteer.Files.subdivisionsName, bytes: subdivisions)
        var parents: [(child: Int, parent: ISOCode, line: Int)] = []
        while lines.next() {
            guard let code = ISOCode(subdivisions[lines[0]]), !code.isCountry, lines.fields.count >= 4,
                let kind = Jurisdiction.Kind(rawValue: lines.text(lines[1]))
            else {
                throw lines.fault("expected a subdivision: ISO 3166-2 code, kind, parent, names, with tabs between")
            }
            if areas.count > countryCount, let last = areas.last, last.code >= code {
                throw lines.fault("the codes are not in order")
            }
            guard let country = index(of: code.country) else {
                throw lines.fault("\(code) is of no country in \(Gazetteer.Files.countriesName)")
            }
            if !lines[2].isEmpty {
                guard let parent = ISOCode(subdivisions[lines[2]]), parent.country == code.country, parent != code
                else {
                    throw lines.fault("\(lines.text(lines[2])) cannot be the parent of \(code)")
                }
                parents.append((areas.count, parent, lines.line))
            }
            add(
                code, kind: kind, parent: Int32(country), lines, names: lines.fields[3...], isCountry: false, to: &names
            )
        }
        for (child, code, line) in parents {
            guard let parent = index(of: code), areas[parent].parent < countryCount else {
                throw GazetteerError(
                    file: Gazetteer.Files.subdivisionsName, line: line,
                    message: "\(code) is not there, or is itself part of another subdivision")
            }
            areas[child].parent = Int32(parent)
        }
    }

    private mutating func add(
        _ code: ISOCode, kind: Jurisdiction.Kind, parent: Int32, _ lines: TabSeparatedLines,
        names: ArraySlice<Range<Int>>,
        isCountry: Bool, to index: inout NameIndexBuilder
    ) {
        let first = names.first ?? 0..<0
        let target = NameIndex.Target(.area, areas.count)
        for name in names { index.insert(nameIn: lines.bytes, name, target) }
        areas.append(
            Area(
                code: code, kind: kind, parent: parent, name: UInt32(first.lowerBound)..<UInt32(first.upperBound),
                isCountry: isCountry))
    }

    /// The area with this code.
    func index(of code: ISOCode) -> Index? {
        if code.length == 3 {
            return Self.search(alpha3, for: code) { $0.code }.map { Int(alpha3[$0].index) }
        }
        if code.isCountry { return Self.search(areas[..<countryCount], for: code) { $0.code } }
        return Self.search(areas[countryCount...], for: code) { $0.code }
    }

    func name(of index: Index) -> String {
        let area = areas[index]
        let range = Int(area.name.lowerBound)..<Int(area.name.upperBound)
        return String(decoding: area.isCountry ? countryBytes[range] : subdivisionBytes[range], as: UTF8.self)
    }

    /// The area that the code stands for, by the list of relations.
    func resolved(_ index: Index) -> Index {
        let other = areas[index].standsFor
        return other >= 0 ? Int(other) : index
    }

    mutating func setStandsFor(_ index: Index, _ other: Index) { areas[index].standsFor = Int32(other) }
    mutating func setParent(_ index: Index, _ parent: Index) { areas[index].parent = Int32(parent) }

    private static func search<List: RandomAccessCollection>(
        _ list: List, for code: ISOCode, _ codeOf: (List.Element) -> ISOCode
    ) -> List.Index? {
        var low = list.startIndex
        var high = list.endIndex
        while low < high {
            let middle = list.index(low, offsetBy: list.distance(from: low, to: high) / 2)
            let code2 = codeOf(list[middle])
            if code2 == code { return middle }
            if code2 < code { low = list.index(after: middle) } else { high = middle }
        }
        return nil
    }
}

/// An ISO 3166 code in capitals, alpha-2, alpha-3 or of a subdivision, packed so that comparing is one step.
struct ISOCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let packed: UInt64

    /// Takes `CH`, `CHE` and `CH-GE` in any case; nil for what is not of that form.
    init?(_ text: some Collection<UInt8>) {
        let count = text.count
        guard count >= 2, count <= 6 else { return nil }
        var value: UInt64 = 0
        for (position, byte) in text.enumerated() {
            let upper = byte >= 0x61 && byte <= 0x7A ? byte & 0xDF : byte
            let isLetter = upper >= 0x41 && upper <= 0x5A
            let isDigit = upper >= 0x30 && upper <= 0x39
            switch position {
            case 0, 1: guard isLetter else { return nil }
            case 2: guard count == 3 ? isLetter : count >= 4 && upper == 0x2D else { return nil }
            default: guard isLetter || isDigit else { return nil }
            }
            value |= UInt64(upper) << UInt64(56 - position * 8)
        }
        packed = value
    }

    init?(_ text: String) { self.init(text.utf8) }

    private init(packed: UInt64) { self.packed = packed }

    static func < (left: ISOCode, right: ISOCode) -> Bool { left.packed < right.packed }

    var length: Int { 8 - packed.trailingZeroBitCount / 8 }
    /// Whether it is an alpha-2 code.
    var isCountry: Bool { length == 2 }
    /// The alpha-2 code that a subdivision's begins with.
    var country: ISOCode { ISOCode(packed: packed & 0xFFFF_0000_0000_0000) }

    var description: String { TextBuffer.text(capacity: 6) { write(to: &$0) } }

    func write(to text: inout TextBuffer) {
        for position in 0..<length { text.append(UInt8(truncatingIfNeeded: packed >> UInt64(56 - position * 8))) }
    }

    static let unitedStates = ISOCode(packed: 0x5553_0000_0000_0000)

    /// `US-CA` of `CA`.
    var ofUnitedStates: ISOCode { ISOCode(packed: 0x5553_2D00_0000_0000 | packed >> 24) }

    /// Whether it is a state or territory of the United States.
    var isOfUnitedStates: Bool { packed >> 40 == 0x55532D }

    /// What follows the hyphen: `CA` of `US-CA`.
    var suffix: String { String(description.dropFirst(3)) }
}
