import Foundation
import Testing

@testable import Legality

@Suite struct HardCaseTests {
    /// The gazetteer with a few jurisdictions that it lacks: tribal land, communities without a government, unions.
    static let table = Result {
        func jurisdiction(
            _ id: String, _ name: String, _ kind: Jurisdiction.Kind, in parent: String?, inherits: Bool = true
        ) -> Jurisdiction {
            Jurisdiction(id: id, name: name, kind: kind, parentID: parent, inherits: inherits)
        }
        return try ShippedGazetteer.table([
            jurisdiction("US", "United States (federal)", .country, in: nil),
            jurisdiction("US-FL", "Florida", .state, in: "US"),
            jurisdiction("US-FL/county:sarasota", "Sarasota County", .county, in: "US-FL"),
            jurisdiction("US-FL/place:laurel", "Laurel", .place, in: "US-FL/county:sarasota"),
            jurisdiction("US-FL/place:englewood", "Englewood", .place, in: "US-FL"),
            jurisdiction("US-MI", "Michigan", .state, in: "US"),
            jurisdiction(
                "US-MI/county:macomb/place:clinton_charter", "Clinton Township (Macomb County)", .place, in: "US-MI"),
            jurisdiction("US-MT", "Montana", .state, in: "US"),
            jurisdiction("US-MT/reservation:blackfeet", "Blackfeet Indian Reservation", .reservation, in: "US-MT"),
            jurisdiction("US-MT/place:babb", "Babb", .place, in: "US-MT/reservation:blackfeet"),
            jurisdiction("US-MT/place:browning", "Browning", .place, in: "US-MT/reservation:blackfeet"),
            jurisdiction("US-ND", "North Dakota", .state, in: "US"),
            jurisdiction(
                "US-ND/reservation:fort_berthold", "Fort Berthold Indian Reservation (MHA Nation)", .reservation,
                in: "US-ND"),
            jurisdiction("US-WY", "Wyoming", .state, in: "US"),
            jurisdiction("US-WY/reservation:sovereign", "Sovereign Land", .reservation, in: "US-WY", inherits: false),
            jurisdiction("US-WY/place:camp", "Camp", .place, in: "US-WY/reservation:sovereign"),
            jurisdiction("CN", "China", .country, in: nil),
            jurisdiction("HK", "Hong Kong", .territory, in: "CN", inherits: false),
            jurisdiction("EU", "European Union", .union, in: nil),
            jurisdiction("AU", "Australia", .country, in: nil),
            jurisdiction("AU-NSW", "New South Wales", .state, in: "AU"),
        ])
    }

    static func chain(_ input: String) throws -> [String] {
        let resolution = try table.get().resolve(input)
        return resolution.candidates.first?.chain.map(\.id) ?? []
    }

    /// What came of an input, in the words of the table of hard cases.
    static func outcome(_ input: String) throws -> String {
        do {
            let candidates = try table.get().resolve(input).candidates
            var texts = candidates.prefix(2).map { candidate in
                let ids = candidate.chain.map(\.id)
                let locals = ids.dropFirst().compactMap { id in
                    id.split(separator: "/", maxSplits: 1).dropFirst().first.map(String.init)
                }
                return "\(candidate.certainty) \(([ids[0]] + locals).joined(separator: " < "))"
            }
            if candidates.count > 2 { texts.append("+\(candidates.count - 2)") }
            return texts.joined(separator: "; ")
        } catch ResolutionError.ambiguous(_, let matches) {
            return "ambiguous \(matches.count): \(matches.prefix(2).map(\.id).joined(separator: " "))"
        } catch ResolutionError.unknown {
            return "unknown"
        }
    }

    @Test("Hard cases come out as the table says")
    func hardCases() throws {
        let lines = HardCases.table.split(separator: "\n")
        #expect(lines.count >= 150)
        for line in lines {
            guard let arrow = line.firstRange(of: " -> ") else {
                Issue.record("no arrow: \(line)")
                continue
            }
            let expected = String(line[arrow.upperBound...])
            var outcome = try Self.outcome(String(line[..<arrow.lowerBound]))
            // Long lines of the table tell of the first candidate alone.
            if expected.contains("; +"), !expected.contains("; possible"), outcome.contains("; possible") {
                let parts = outcome.components(separatedBy: "; ")
                let more = parts.count > 2 ? Int(parts[2].dropFirst()) ?? 0 : 0
                outcome = "\(parts[0]); +\(more + 1)"
            }
            #expect(outcome == expected, "\(line)")
        }
    }

    @Test("Quotes and marks of direction around a name do not count")
    func invisible() throws {
        for input in ["\"San Diego, CA\"", "“San Diego, CA”", "\u{202E}San Diego, CA", "  San\u{A0}Diego ,\tCA \n"] {
            #expect(try Self.chain(input).first == "US-CA/place:san_diego", "\(input)")
        }
    }

    @Test("Composed and decomposed text is the same")
    func normalization() throws {
        for (composed, decomposed) in [
            ("Genève", "Gene\u{300}ve"),
            ("대한민국", "\u{1103}\u{1162}\u{1112}\u{1161}\u{11AB}\u{1106}\u{1175}\u{11AB}\u{1100}\u{116E}\u{11A8}"),
            ("Việt Nam", "Vie\u{302}\u{323}t Nam"), ("ドイツ", "ト\u{3099}イツ"),
        ] {
            #expect(try Self.chain(composed) == Self.chain(decomposed), "\(composed)")
        }
    }

    @Test("Long and hostile input is unknown, at once and without suggestions")
    func hostile() throws {
        for input in [
            "", " ", String(repeating: "a", count: 513), String(repeating: "San Diego, ", count: 40),
            String(repeating: "𓀀", count: 128), String(repeating: "e\u{301}", count: 170),
            String(repeating: ",", count: 512), String(repeating: "st ", count: 170), "\u{0}", "US-CA/place:\u{0}",
            "ocd-division/" + String(repeating: "country:us/", count: 40), "fips:" + String(repeating: "9", count: 400),
        ] {
            do {
                _ = try Self.table.get().resolve(input)
                Issue.record("resolved: \(input.prefix(40))")
            } catch let error as ResolutionError {
                guard case .unknown(let place, let suggestions) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(place == input)
                #expect(suggestions.isEmpty, "\(input.prefix(40)): \(suggestions)")
            }
        }
    }

    @Test("A chain ends above what does not inherit")
    func inheritance() throws {
        #expect(try Self.chain("Hong Kong") == ["HK"])
        #expect(try Self.chain("CN-HK") == ["HK"])
        #expect(try Self.chain("Sovereign Land, WY") == ["US-WY/reservation:sovereign"])
        #expect(try Self.chain("Camp, WY") == ["US-WY/place:camp", "US-WY/reservation:sovereign"])
        #expect(
            try Self.chain("Browning, MT") == [
                "US-MT/place:browning", "US-MT/reservation:blackfeet", "US-MT/county:glacier", "US-MT", "US",
            ])
    }

    @Test("What the table has is linked to it, what it lacks has a name all the same")
    func links() throws {
        let table = try Self.table.get()
        let chain = try table.resolve("Sarasota, FL").candidates[0].chain
        #expect(chain.map { $0.index != nil } == [false, true, true, true])
        #expect(chain.map(\.name) == ["Sarasota", "Sarasota County", "Florida", "United States (federal)"])
        #expect(chain.map(\.kind) == [.place, .county, .state, .country])
        let brazil = try table.resolve("São Paulo").candidates[0].chain
        #expect(brazil.map(\.index) == [nil, nil])
        #expect(brazil.map(\.name) == ["São Paulo", "Brazil"])
    }

    @Test("A place in several counties has a candidate for each, with the share of its people")
    func straddling() throws {
        let candidates = try Self.table.get().resolve("Longboat Key, FL").candidates
        #expect(candidates.map { $0.chain[1].id } == ["US-FL/county:sarasota", "US-FL/county:manatee"])
        #expect(candidates.map(\.share) == [0.6341, 0.3659])
        #expect(candidates.map(\.timeZone) == ["America/New_York", "America/New_York"])
        let zip = try Self.table.get().resolve("34228").candidates
        #expect(zip.map(\.share) == [nil, 0.573, 0.427])
        #expect(zip.allSatisfy { $0.note?.contains("34228") == true })
    }

    @Test(
        "A city that nobody knows at the ZIP code is passed over, and that is said as it was typed; a known one is not doubted"
    )
    func stranger() throws {
        let table = try Self.table.get()
        for (input, name) in [
            ("Nowhere 10036", "Nowhere"), ("Nowhere, NY 10036", "Nowhere"), ("nw York 10036", "nw York"),
            (" NØWHERE-on-Sea  10036-1234", "NØWHERE-on-Sea"), ("Ødland, 10036", "Ødland"),
            // Nothing that a terminal or a list would obey is said again.
            ("No\u{1B}[2Jwhere 10036", "no 2jwhere"), ("Nowhere\nland 10036", "nowhere land"),
            ("\u{202E}Nowhere 10036", "nowhere"), ("No\"where 10036", "no where"),
        ] {
            let doubted = try table.resolve(input)
            #expect(
                doubted.caveat == "No place called \"\(name)\" is known at 10036; the ZIP code alone was judged.",
                "\(input): \(doubted.caveat ?? "no caveat")")
            #expect(doubted.candidates.map(\.place.id) == ["US-NY/place:new_york"])
            #expect(doubted.candidates.map(\.certainty) == [.likely])
            #expect(doubted.candidates[0].note == "all of 10036 is in New York; \"\(name)\" is no known name of 10036")
        }
        for input in [
            "10036", "New York 10036", "New York, NY 10036", "Manhattan 10036", "NY 10036",
            "5 Main St, New York, NY 10036",
            "Holtsville 00501", "Holtsville, NY 00501", "Saint Petersburg 33701", "St. Petersburg, FL 33701",
        ] {
            let resolution = try table.resolve(input)
            #expect(resolution.caveat == nil, "\(input): \(resolution.caveat ?? "")")
        }
    }

    @Test("Military mail says that the law of the post is not known")
    func militaryMail() throws {
        for input in ["09001", "APO 09001", "APO AE 09001", "zip:96201"] {
            let resolution = try Self.table.get().resolve(input)
            #expect(resolution.candidates.map(\.place.id) == ["US"])
            #expect(
                resolution.caveat?.hasSuffix("the law of the host country and of the post holds there too.") == true)
        }
    }

    @Test("A county's time zone is that of most of its ZIP codes")
    func timeZones() throws {
        let gazetteer = try ShippedGazetteer.gazetteer.get()
        #expect(gazetteer.timeZone(forZIP: "32501") == "America/Chicago")
        #expect(gazetteer.timeZone(forZIP: "33101") == "America/New_York")
        #expect(gazetteer.timeZone(forZIP: "09001") == nil)
        let table = try Self.table.get()
        #expect(try table.resolve("Pensacola, FL").candidates[0].timeZone == "America/Chicago")
        #expect(try table.resolve("Escambia County, FL").candidates[0].timeZone == "America/Chicago")
        #expect(try table.resolve("St. Louis, MO").candidates[0].timeZone == "America/Chicago")
    }
}
