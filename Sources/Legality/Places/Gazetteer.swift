/// Names and codes of places, to the extent that they are needed to resolve what people type: the countries and
/// subdivisions of ISO 3166, the counties and places of the United States, and its ZIP codes.
///
/// Holds the bytes of its files and small records that point into them. What it knows of a place says nothing of law:
/// `Table.resolve(_:)` brings the two together.
public final class Gazetteer: Sendable {
    /// The files that a gazetteer is made from, each as the bytes of `data/gazetteer/` have it. An empty one is allowed.
    public struct Files: Sendable {
        public static let countriesName = "countries.tsv"
        public static let subdivisionsName = "subdivisions.tsv"
        public static let aliasesName = "aliases.tsv"
        public static let relationsName = "relations.tsv"
        public static let divisionsName = "us-divisions.tsv"
        public static let zipCodesName = "us-zip.tsv"
        /// All of them.
        public static let names = [
            countriesName, subdivisionsName, aliasesName, relationsName, divisionsName, zipCodesName,
        ]

        public var countries: [UInt8]
        public var subdivisions: [UInt8]
        public var aliases: [UInt8]
        public var relations: [UInt8]
        public var divisions: [UInt8]
        public var zipCodes: [UInt8]

        public init(
            countries: [UInt8] = [], subdivisions: [UInt8] = [], aliases: [UInt8] = [], relations: [UInt8] = [],
            divisions: [UInt8] = [], zipCodes: [UInt8] = []
        ) {
            self.countries = countries
            self.subdivisions = subdivisions
            self.aliases = aliases
            self.relations = relations
            self.divisions = divisions
            self.zipCodes = zipCodes
        }
    }

    /// Knows no place.
    public static let empty = Gazetteer()

    let areas: AreaList
    let divisions: DivisionList
    let zips: ZIPCodeList
    let names: NameIndex
    /// The United States, where they are there.
    let unitedStates: AreaList.Index?
    private let possible: [NameIndex.Target]

    public convenience init() {
        self.init(
            areas: AreaList(), divisions: DivisionList(), zips: ZIPCodeList(), names: NameIndex(), possible: [])
    }

    /// Reads all files whole and checks each line.
    ///
    /// - Throws: at the first line that is not what it should be.
    public convenience init(files: Files) throws(GazetteerError) {
        let bytes = files.countries.count + files.subdivisions.count + files.divisions.count + files.zipCodes.count
        var names = NameIndexBuilder(expectedNames: bytes / 40)
        var areas = try AreaList(countries: files.countries, subdivisions: files.subdivisions, names: &names)
        var divisions = try DivisionList(files.divisions, areas: areas, names: &names)
        try Self.readRelations(files.relations, areas: &areas, divisions: &divisions)
        let zips = try ZIPCodeList(files.zipCodes, areas: areas, divisions: divisions, names: &names)
        let possible = try Self.readAliases(files.aliases, areas: areas, divisions: divisions, names: &names)
        self.init(areas: areas, divisions: divisions, zips: zips, names: names.finish(), possible: possible)
    }

    private init(
        areas: consuming AreaList, divisions: consuming DivisionList, zips: consuming ZIPCodeList, names: NameIndex,
        possible: [NameIndex.Target]
    ) {
        unitedStates = areas.index(of: .unitedStates)
        self.areas = areas
        self.divisions = divisions
        self.zips = zips
        self.names = names
        self.possible = possible
        names.requestHugePages()
        self.divisions.requestHugePages()
        self.zips.requestHugePages()
    }

    /// Number of US counties and places.
    public var divisionCount: Int { divisions.records.count }
    /// Number of ZIP codes.
    public var zipCodeCount: Int { zips.records.count }
    /// Number of countries and subdivisions.
    public var areaCount: Int { areas.areas.count }

    /// The IANA name of a ZIP code's time zone, where it is known.
    public func timeZone(forZIP zip: String) -> String? {
        zip.utf8.decimalValue.flatMap { zips.index(of: $0) }.flatMap { zips.timeZone(of: $0) }
    }

    /// What a name of the list of possible meanings stands for.
    func possibleMeaning(_ index: Int) -> NameIndex.Target { possible[index] }

    private static func readRelations(
        _ file: [UInt8], areas: inout AreaList, divisions: inout DivisionList
    ) throws(GazetteerError) {
        var lines = TabSeparatedLines(file: Files.relationsName, bytes: file)
        while lines.next() {
            let (left, relation, right) = (file[lines[0]], lines.text(lines[1]), file[lines[2]])
            guard lines.fields.count == 3 else { throw lines.fault("expected code, relation, code, with tabs between") }
            if left.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
                guard left.count == 5, let code = left.decimalValue else {
                    throw lines.fault("expected a county of five digits")
                }
                guard let other = divisions.index(ofGEOID: right) else {
                    throw lines.fault("\(lines.text(lines[2])) is not there")
                }
                switch relation {
                case "=": divisions.setCounty(code, means: other)
                case "in":
                    guard let county = divisions.index(ofCounty: code) else {
                        throw lines.fault("\(lines.text(lines[0])) is not there")
                    }
                    divisions.setCounty(county, liesIn: other)
                default: throw lines.fault("expected = or in between counties, not \(relation)")
                }
                continue
            }
            guard let first = ISOCode(left).flatMap({ areas.index(of: $0) }),
                let second = ISOCode(right).flatMap({ areas.index(of: $0) })
            else { throw lines.fault("one of \(lines.text(lines[0])) and \(lines.text(lines[2])) is not there") }
            switch relation {
            case "=":
                guard areas.areas[second].standsFor < 0 else {
                    throw lines.fault("\(areas.areas[second].code) stands for another")
                }
                areas.setStandsFor(first, second)
            case "<":
                guard areas.areas[second].parent < 0, first != second else {
                    throw lines.fault("expected a country that is part of no other on the right")
                }
                areas.setParent(first, second)
            default: throw lines.fault("expected = or < between ISO codes, not \(relation)")
            }
        }
    }

    private static func readAliases(
        _ file: [UInt8], areas: borrowing AreaList, divisions: borrowing DivisionList, names: inout NameIndexBuilder
    ) throws(GazetteerError) -> [NameIndex.Target] {
        var possible: [NameIndex.Target] = []
        var lines = TabSeparatedLines(file: Files.aliasesName, bytes: file)
        while lines.next() {
            guard lines.fields.count == 2 || lines.fields.count == 3 && lines.text(lines[2]) == "possible" else {
                throw lines.fault("expected a name, what it means, and perhaps the word possible, with tabs between")
            }
            let key = PlaceName.key(ofWords: PlaceName.words(of: file[lines[0]]))
            guard !key.isEmpty else { throw lines.fault("expected a name") }
            let code = file[lines[1]]
            let target: NameIndex.Target
            if let area = ISOCode(code).flatMap({ areas.index(of: $0) }) {
                target = NameIndex.Target(.area, area)
            } else if let slash = code.firstIndex(of: UInt8(ascii: "/")),
                let area = ISOCode(code[..<slash]).flatMap({ areas.index(of: $0) }),
                let division = divisions.index(ofPath: code[(slash + 1)...], area: area, names: names)
            {
                target = NameIndex.Target(.division, division)
            } else {
                throw lines.fault("\(lines.text(lines[1])) is not there")
            }
            if lines.fields.count == 3 {
                possible.append(target)
                names.insert(key, NameIndex.Target(.possibly, possible.count - 1))
            } else {
                names.insert(key, target)
            }
        }
        return possible
    }
}
