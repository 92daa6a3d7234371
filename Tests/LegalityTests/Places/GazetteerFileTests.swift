import Testing

@testable import Legality

@Suite struct GazetteerFileTests {
    static let countries = "CA\tCAN\tCanada\nUS\tUSA\tUnited States\tアメリカ\n"
    static let subdivisions = "US-CA\tstate\t\tCalifornia\nUS-FL\tstate\t\tFlorida\n"
    static let divisions = """
        = US-CA 06 county direct
        073\tSan Diego County
        66000\tSan Diego city\t073
        = US-FL 12 county direct
        081\tManatee County
        115\tSarasota County
        41150\tLongboat Key town\t115:.6341 081:.3659

        """
    static let zipCodes = "= FL America/New_York\n34228\tLongboat Key\t115:.573 081:.427\n34229\tOsprey\t115\tp\n"

    static func gazetteer(
        countries: String = countries, subdivisions: String = subdivisions, aliases: String = "",
        relations: String = "", divisions: String = divisions, zipCodes: String = zipCodes
    ) throws(GazetteerError) -> Gazetteer {
        try Gazetteer(
            files: Gazetteer.Files(
                countries: Array(countries.utf8), subdivisions: Array(subdivisions.utf8), aliases: Array(aliases.utf8),
                relations: Array(relations.utf8), divisions: Array(divisions.utf8), zipCodes: Array(zipCodes.utf8)))
    }

    static func table(_ gazetteer: Gazetteer) -> Table {
        Table(
            version: "1", digest: "",
            vocabulary: Vocabulary(substances: [], follows: [:], summaryActivities: [], defaultSubstance: 0),
            jurisdictions: [], gazetteer: gazetteer)
    }

    @Test("Small files make a whole gazetteer")
    func small() throws {
        let gazetteer = try Self.gazetteer(
            aliases: "the Key\tUS-FL/place:longboat_key\n", relations: "12999\t=\t12115\n")
        #expect((gazetteer.areaCount, gazetteer.divisionCount, gazetteer.zipCodeCount) == (4, 5, 2))
        let table = Self.table(gazetteer)
        #expect(try table.resolve("アメリカ").candidates[0].place.id == "US")
        #expect(try table.resolve("34228").candidates.count == 3)
        #expect(try table.resolve("the key").candidates.count == 2)
        #expect(try table.resolve("fips:12999").candidates[0].place.id == "US-FL/county:sarasota")
    }

    @Test("Without a gazetteer the table's own ids and names resolve, and nothing else")
    func empty() throws {
        let table = Table(
            version: "1", digest: "",
            vocabulary: Vocabulary(substances: [], follows: [:], summaryActivities: [], defaultSubstance: 0),
            jurisdictions: [
                Jurisdiction(id: "US", name: "United States", kind: .country, parentID: nil),
                Jurisdiction(id: "US-CA", name: "California", kind: .state, parentID: "US"),
                Jurisdiction(id: "US-CA/place:san_diego", name: "San Diego", kind: .place, parentID: "US-CA"),
                Jurisdiction(id: "CH", name: "Switzerland", kind: .country, parentID: nil),
            ], gazetteer: .empty)
        for (input, place) in [
            ("US-CA", "US-CA"), ("us-ca", "US-CA"), ("CA", "US-CA"), ("California", "US-CA"), ("Switzerland", "CH"),
            ("San Diego, CA", "US-CA/place:san_diego"), ("San Diego", "US-CA/place:san_diego"),
            ("ocd-division/country:us/state:ca/place:san_diego", "US-CA/place:san_diego"),
        ] {
            #expect(try table.resolve(input).candidates[0].place.id == place, "\(input)")
        }
        for input in ["92101", "Schweiz", "US-NY", "fips:06", "Los Angeles, CA"] {
            #expect(throws: ResolutionError.self) { try table.resolve(input) }
        }
        #expect(Gazetteer.empty.divisionCount == 0)
    }

    @Test(
        "A malformed line is refused with its file, its line and what would be right",
        arguments: [
            ("countries.tsv", 2, "US\tUSA\tUnited States\nCA\tCAN\tCanada\n"),
            ("countries.tsv", 1, "USA\tUS\tUnited States\n"),
            ("countries.tsv", 1, "US\tUSA\n"), ("countries.tsv", 3, "# comment\nCA\tCAN\tCanada\n\u{1}\n"),
            ("subdivisions.tsv", 1, "DE-BY\tstate\t\tBayern\n"),
            ("subdivisions.tsv", 1, "US-CA\tempire\t\tCalifornia\n"),
            ("subdivisions.tsv", 1, "US-CA\tstate\tCA-ON\tCalifornia\n"),
            ("subdivisions.tsv", 1, "US-CA\tstate\tUS-XX\tCalifornia\n"),
            ("us-divisions.tsv", 1, "073\tSan Diego County\n"), ("us-divisions.tsv", 1, "= US-ZZ 06 county direct\n"),
            ("us-divisions.tsv", 1, "= US-CA 6 county direct\n"),
            ("us-divisions.tsv", 2, "= US-CA 06 county direct\n73\tX County\n"),
            ("us-divisions.tsv", 2, "= US-CA 06 county direct\n073\n"),
            ("us-divisions.tsv", 3, "= US-CA 06 county direct\n073\tA County\n071\tB County\n"),
            ("us-divisions.tsv", 2, "= US-CA 06 county direct\n66000\tSan Diego city\t73\n"),
            ("us-divisions.tsv", 2, "= US-CA 06 county direct\n073.66000\tSan Diego town\n"),
            ("us-divisions.tsv", 2, "= US-CA 06 county direct\n= US-CA 06 county direct\n"),
            ("us-zip.tsv", 1, "34228\tLongboat Key\t115\n"), ("us-zip.tsv", 2, "= FL\n3422\tLongboat Key\t115\n"),
            ("us-zip.tsv", 2, "= FL\n34228\t\t115\n"), ("us-zip.tsv", 2, "= FL\n34228\tLongboat Key\n"),
            ("us-zip.tsv", 2, "= FL\n34228\tLongboat Key\t115:573\n"),
            ("us-zip.tsv", 2, "= FL\n34228\tLongboat Key\t115\tx\n"),
            ("us-zip.tsv", 3, "= FL\n34228\tLongboat Key\t115\n34228\tLongboat Key\t115\n"),
            ("aliases.tsv", 1, "Nowhere\tUS-ZZ\n"), ("aliases.tsv", 1, "Nowhere\n"), ("aliases.tsv", 1, "!\tUS\n"),
            ("aliases.tsv", 1, "X\tUS\tperhaps\n"), ("relations.tsv", 1, "US\t~\tCA\n"),
            ("relations.tsv", 1, "US\t=\tZZ\n"),
            ("relations.tsv", 1, "US\t<\tUS\n"), ("relations.tsv", 1, "12081\tin\t9999999\n"),
            ("relations.tsv", 1, "12081\t=\n"),
        ])
    func malformed(file: String, line: Int, text: String) throws {
        let error = #expect(throws: GazetteerError.self) {
            switch file {
            case "countries.tsv": _ = try Self.gazetteer(countries: text)
            case "subdivisions.tsv": _ = try Self.gazetteer(subdivisions: text)
            case "us-divisions.tsv": _ = try Self.gazetteer(divisions: text)
            case "us-zip.tsv": _ = try Self.gazetteer(zipCodes: text)
            case "aliases.tsv": _ = try Self.gazetteer(aliases: text)
            default: _ = try Self.gazetteer(relations: text)
            }
        }
        #expect(error?.file == file)
        #expect(error?.line == line)
        #expect(error?.message.isEmpty == false)
    }

    @Test("Any bytes are read or refused, never a crash")
    func noise() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let sources = [Self.countries, Self.subdivisions, Self.divisions, Self.zipCodes].map { Array($0.utf8) }
        for _ in 0..<2000 {
            var texts = sources
            for _ in 0...random(3) {
                let file = random(4)
                guard !texts[file].isEmpty else { continue }
                let place = random(texts[file].count)
                switch random(4) {
                case 0: texts[file][place] = UInt8(random(256))
                case 1: texts[file].remove(at: place)
                case 2: texts[file].insert(UInt8(ascii: "\t"), at: place)
                default: texts[file].removeSubrange(place...)
                }
            }
            let files = Gazetteer.Files(
                countries: texts[0], subdivisions: texts[1], divisions: texts[2], zipCodes: texts[3])
            guard let gazetteer = try? Gazetteer(files: files) else { continue }
            let table = Self.table(gazetteer)
            for input in [
                "34228", "Longboat Key, FL", "San Diego", "US-CA/place:san_diego", "geoid:0666000", "Floridda",
            ] {
                _ = try? table.resolve(input)
            }
        }
    }

    @Test("Every county, place and ZIP code can be walked through")
    func listing() throws {
        let gazetteer = try Self.gazetteer()
        let divisions = (0..<gazetteer.divisionCount).map { gazetteer.division(at: $0) }
        #expect(divisions.map(\.geoid) == ["06073", "0666000", "12081", "12115", "1241150"])
        #expect(divisions.map(\.id).last == "US-FL/place:longboat_key")
        #expect(divisions.map(\.state) == ["US-CA", "US-CA", "US-FL", "US-FL", "US-FL"])
        #expect(divisions.map(\.kind) == [.county, .place, .county, .county, .place])
        let zips = (0..<gazetteer.zipCodeCount).map { gazetteer.zipCode(at: $0) }
        #expect(zips.map(\.code) == ["34228", "34229"])
        #expect(zips.map(\.city) == ["Longboat Key", "Osprey"])
        #expect(zips[0].timeZone == "America/New_York")
        let table = Self.table(gazetteer)
        #expect(
            table.candidates(forDivisionAt: 4).map { $0.chain[1].id } == [
                "US-FL/county:sarasota", "US-FL/county:manatee",
            ])
        #expect(table.candidates(forZIPCodeAt: 1).map(\.place.id) == ["US-FL/county:sarasota"])
        #expect(gazetteer.geoid(ofID: "US-FL") == "12")
        #expect(gazetteer.geoid(ofID: "US-FL/county:manatee") == "12081")
        #expect(gazetteer.geoid(ofID: "CA") == nil)
    }
}
