/// One way to read a name: as it stands, or without a word for the kind of place, which then has to be of that kind.
struct NameForm: Equatable {
    let key: [UInt8]
    let kind: Kind?

    /// A kind as people write it, before or after the name.
    enum Kind: Equatable {
        case city, town, village, township, charterTownship, borough, plantation, municipality
        case county, parish, censusArea, municipio, reservation

        func allows(_ designation: DivisionList.Designation, _ rank: DivisionList.Rank) -> Bool {
            switch self {
            case .city:
                rank == .municipality && [.city, .none, .other, .municipality, .cityAndBorough].contains(designation)
            case .town: designation == .town
            case .village: designation == .village
            case .township: designation == .township || designation == .charterTownship
            case .charterTownship: designation == .charterTownship
            case .borough: designation == .borough || designation == .cityAndBorough
            case .plantation: designation == .plantation
            case .municipality: designation == .municipality || rank == .county && designation == .borough
            case .county: rank == .county
            case .parish: designation == .parish
            case .censusArea: designation == .censusArea
            case .municipio: designation == .municipio
            case .reservation: false
            }
        }

        func allows(_ kind: Jurisdiction.Kind) -> Bool {
            switch self {
            case .county: [.county, .parish, .borough, .censusArea, .municipio].contains(kind)
            case .parish: kind == .parish
            case .censusArea: kind == .censusArea
            case .municipio: kind == .municipio
            case .borough: kind == .borough || kind == .place
            case .reservation: kind == .reservation
            default: kind == .place
            }
        }
    }

    /// A word for the kind as it stands at the end or the beginning of a name, with a blank to the name.
    private typealias Affix = (words: [UInt8], kind: Kind)

    private static let suffixes: [Affix] = [
        ("charter township", Kind.charterTownship), ("township", .township), ("twp", .township),
        ("city and borough", .borough),
        ("city", .city), ("town", .town), ("village", .village), ("borough", .borough), ("boro", .borough),
        ("plantation", .plantation), ("municipality", .municipality), ("consolidated city county", .county),
        ("county", .county), ("co", .county), ("cnty", .county), ("parish", .parish), ("census area", .censusArea),
        ("unified government", .city), ("urban county", .city), ("metropolitan government", .city),
        ("corporation", .city), ("municipio", .municipio), ("indian reservation", .reservation),
        ("reservation", .reservation),
    ].map { (Array(" \($0.0)".utf8), $0.1) }

    private static let prefixes: [Affix] = [
        ("city of", Kind.city), ("the city of", .city), ("town of", .town), ("village of", .village),
        ("township of", .township), ("charter township of", .charterTownship), ("borough of", .borough),
        ("plantation of", .plantation), ("county of", .county), ("parish of", .parish),
        ("municipality of", .municipality),
        ("municipio de", .municipio), ("city and county of", .city), ("city and borough of", .borough),
    ].map { (Array("\($0.0) ".utf8), $0.1) }

    /// The last three bytes of each suffix and the first three of each prefix: nearly all names differ from all of them.
    private static let suffixEnds = suffixes.map { threeBytes($0.words.suffix(3)) }
    private static let prefixStarts = prefixes.map { threeBytes($0.words.prefix(3)) }

    private static func threeBytes(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    /// The name as it stands first, then without the word for its kind.
    static func all(of words: [UInt8]) -> [NameForm] {
        var forms = [NameForm(key: PlaceName.key(ofWords: words), kind: nil)]
        guard words.contains(0x20) else { return forms }
        let end = threeBytes(words.suffix(3))
        for position in suffixEnds.indices where suffixEnds[position] == end {
            let (suffix, kind) = suffixes[position]
            guard words.count > suffix.count, words.suffix(suffix.count) == suffix[...] else { continue }
            forms.append(NameForm(key: PlaceName.key(ofWords: words.dropLast(suffix.count)), kind: kind))
        }
        let start = threeBytes(words.prefix(3))
        for position in prefixStarts.indices where prefixStarts[position] == start {
            let (prefix, kind) = prefixes[position]
            guard words.count > prefix.count, words.starts(with: prefix) else { continue }
            forms.append(NameForm(key: PlaceName.key(ofWords: words.dropFirst(prefix.count)), kind: kind))
        }
        return forms
    }
}
