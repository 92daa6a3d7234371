import Foundation
import Testing

@testable import Legality

/// Nothing that the gazetteer has is beyond reach: every country, state, county, place and ZIP code resolves.
@Suite struct EveryPlaceTests {
    static let table = Result { try ShippedGazetteer.table() }

    /// The most local jurisdictions that an input resolves to, or the ids that it is said to be ambiguous between.
    static func ids(_ input: String) throws -> (places: [String], isAmbiguous: Bool) {
        do {
            return (try table.get().resolve(input).candidates.map(\.place.id), false)
        } catch let error as ResolutionError {
            guard case .ambiguous(_, let matches) = error else { return ([], false) }
            return (matches.map(\.id), true)
        }
    }

    @Test(
        "Every country of ISO 3166-1 resolves by both codes and by its name in six languages",
        .enabled(if: ISOCodes.isInstalled))
    func countries() throws {
        let countries = try ISOCodes.countries()
        #expect(countries.count == 249)
        let territories = ["PR", "GU", "AS", "VI", "MP", "UM"]
        for language in [nil, "de", "fr", "es", "ko", "ja"] {
            let translation = try language.map { try ISOCodes.Catalogue(language: $0, domain: "iso_3166-1") }
            for country in countries {
                let expected = territories.contains(country.alpha2) ? "US-" + country.alpha2 : country.alpha2
                var inputs = country.names.map { translation?[$0] ?? $0 }
                if language == nil { inputs += [country.alpha2, country.alpha3, country.alpha2.lowercased()] }
                for input in inputs {
                    let found = try Self.ids(input)
                    if input == "Georgia" {
                        #expect(found.isAmbiguous && found.places == ["US-GA", "GE"])
                    } else {
                        #expect(!found.isAmbiguous && found.places.contains(expected), "\(input) is \(expected)")
                    }
                }
            }
        }
    }

    @Test("Every state resolves by name, abbreviation, ISO code, OCD-ID and FIPS code")
    func states() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        let states = gazetteer.areas.areas.indices.filter {
            let code = gazetteer.areas.areas[$0].code
            return !code.isCountry && code.country.description == "US"
        }
        #expect(states.count == 57)
        for index in states {
            let code = gazetteer.areas.areas[index].code
            let name = gazetteer.areas.name(of: index)
            let level = gazetteer.areas.areas[index].kind == .state ? "state" : "territory"
            for input in [
                code.suffix, code.suffix.lowercased(), code.description, code.description.lowercased(),
                "ocd-division/country:us/\(level):\(code.suffix.lowercased())", "\(name), USA", "\(code.suffix), US",
            ] {
                #expect(try Self.ids(input).places.first == code.description, "\(input)")
            }
            if name == "Georgia" {
                #expect(try Self.ids(name).isAmbiguous)
            } else {
                #expect(try Self.ids(name).places.first == code.description, "\(name)")
            }
        }
        for state in gazetteer.divisions.states {
            let fips = state.fips < 10 ? "0\(state.fips)" : "\(state.fips)"
            #expect(try Self.ids("fips:\(fips)").places == ["US-\(state.abbreviation)"])
        }
    }

    @Test("Every county and place resolves by id, OCD-ID and GEOID, to itself alone")
    func divisionsByCode() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        var wrong: [String] = []
        for position in 0..<gazetteer.divisionCount {
            let division = gazetteer.division(at: position)
            let state = division.state.dropFirst(3).lowercased()
            let level = state == "pr" ? "territory" : "state"
            let path = division.id.dropFirst(division.state.utf8.count + 1)
            for input in [
                division.id, "geoid:\(division.geoid)", "ocd-division/country:us/\(level):\(state)/\(path)",
            ] {
                let found = try Self.ids(input)
                if found.isAmbiguous || found.places.isEmpty || found.places.contains(where: { $0 != division.id }) {
                    wrong.append("\(input): \(found.places)")
                }
            }
        }
        #expect(wrong.prefix(20) == [])
    }

    @Test("Every county and place resolves by name and state, or is one of several of that name and kind in the state")
    func divisionsByName() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        var wrong: [String] = []
        var ambiguous: [Jurisdiction.Kind: Int] = [:]
        for position in 0..<gazetteer.divisionCount {
            let division = gazetteer.division(at: position)
            let input = "\(gazetteer.divisions.fullName(of: position)), \(division.state.dropFirst(3))"
            do {
                // A city that is one with its county stands for both.
                let candidates = try Self.table.get().resolve(input).candidates
                if !candidates.contains(where: { $0.chain.contains { $0.id == division.id } }) { wrong.append(input) }
            } catch ResolutionError.ambiguous(_, let matches) {
                if !matches.contains(where: { $0.id == division.id }) { wrong.append(input) }
                let isTownship = gazetteer.divisions.records[position].rank != .municipality
                ambiguous[division.kind == .place && isTownship ? .reservation : division.kind, default: 0] += 1
            }
        }
        // The city of Rockwell and Rockwell City: the name goes before the word for the kind.
        #expect(
            wrong == [
                "Rockwell city, IA", "Webster city, IA", "Park city, KS", "Clay city, KY", "Benton city, MO",
                "Union city, OH", "Clarksville city, TX",
            ])
        #expect(ambiguous[.county, default: 0] == 0)
        // Cities of one name in a state: Reno and Lakeside in Texas, eight boroughs of Pennsylvania, ...
        #expect(ambiguous[.place, default: 0] < 30)
    }

    @Test("Every ZIP code resolves, its state certain")
    func zipCodes() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        var wrong: [String] = []
        for position in 0..<gazetteer.zipCodeCount {
            let zip = gazetteer.zipCode(at: position)
            let resolution = try Self.table.get().resolve(zip.code)
            let military = ["AA", "AE", "AP"].contains(zip.state)
            let free = ["FM", "MH", "PW"].contains(zip.state)
            let expected = military ? "US" : free ? zip.state : "US-\(zip.state)"
            let fits =
                resolution.method == .zipCode
                && resolution.candidates.contains { $0.chain.contains { $0.id == expected } }
                && resolution.candidates.allSatisfy { $0.chain.last?.id == (free ? zip.state : "US") }
            if !fits { wrong.append(zip.code) }
        }
        #expect(wrong.prefix(20) == [])
    }
}

/// Debian's iso-codes, as installed.
enum ISOCodes {
    struct Country {
        let alpha2: String
        let alpha3: String
        let names: [String]
    }

    private static let file = "/usr/share/iso-codes/json/iso_3166-1.json"
    static var isInstalled: Bool { FileManager.default.fileExists(atPath: file) }

    static func countries() throws -> [Country] {
        let data = try Data(contentsOf: URL(filePath: file))
        let list = try JSONDecoder().decode([String: [[String: String]]].self, from: data)["3166-1"] ?? []
        return list.map { entry in
            Country(
                alpha2: entry["alpha_2"] ?? "", alpha3: entry["alpha_3"] ?? "",
                names: ["name", "common_name", "official_name"].compactMap { entry[$0] })
        }
    }

    /// A catalogue of translations in the format of GNU gettext.
    struct Catalogue {
        private var texts: [String: String] = [:]

        init(language: String, domain: String) throws {
            let path = "/usr/share/locale/\(language)/LC_MESSAGES/\(domain).mo"
            let data = [UInt8](try Data(contentsOf: URL(filePath: path)))
            func word(_ offset: Int) -> Int {
                (0..<4).reduce(0) { $0 | Int(data[offset + $1]) << ($1 * 8) }
            }
            func text(_ table: Int, _ entry: Int) -> String {
                let (length, start) = (word(table + entry * 8), word(table + entry * 8 + 4))
                return String(decoding: data[start..<start + length], as: UTF8.self)
            }
            for entry in 0..<word(8) { texts[text(word(12), entry)] = text(word(16), entry) }
        }

        subscript(text: String) -> String? { texts[text] }
    }
}
