import Testing

@testable import TableFiles

/// Ids are held against ISO 3166 and the lists of counties and places, where the table has them.
struct ListedPlacesTests {
    private static let gazetteer = [
        "countries.tsv": "CH\tCHE\tSwitzerland\nPR\tPRI\tPuerto Rico\nUS\tUSA\tUnited States\n",
        "subdivisions.tsv":
            "US-CA\tstate\t\tCalifornia\nUS-PR\tterritory\t\tPuerto Rico\nUS-RI\tstate\t\tRhode Island\n",
        "aliases.tsv": "", "relations.tsv": "PR\t=\tUS-PR\n",
        "us-divisions.tsv": "= US-CA 06 county direct\n073\tSan Diego County\n66000\tSan Diego city\n",
        "us-zip.tsv": "",
    ]

    private func faults(_ edit: (inout SmallTable) -> Void) throws -> [String] {
        var table = SmallTable()
        for (name, text) in Self.gazetteer { table.files["gazetteer/\(name)"] = Array(text.utf8) }
        edit(&table)
        return try table.read().faults.map(\.description)
    }

    @Test func whatTheListsKnowIsAccepted() throws {
        #expect(try faults { _ in } == [])
    }

    @Test func aCountryThatISODoesNotKnowIsRefused() throws {
        let found = try faults {
            $0.files["qq.yaml"] = Array("id: QQ\nname: Nowhere\nkind: country\nsummary: None.\n".utf8)
        }
        #expect(found == ["qq.yaml:1:5: \"QQ\" is not in ISO 3166"])
    }

    @Test func aStateThatISODoesNotKnowIsRefused() throws {
        let found = try faults {
            $0.files["us/rl.yaml"] = Array("id: US-RL\nname: X\nkind: state\nparent: US\nsummary: None.\n".utf8)
        }
        #expect(found == ["us/rl.yaml:1:5: \"US-RL\" is not in ISO 3166; did you mean \"US-RI\"?"])
    }

    @Test func aCodeThatMeansAnotherIsRefused() throws {
        let found = try faults {
            $0.files["pr.yaml"] = Array("id: PR\nname: X\nkind: country\nsummary: None.\n".utf8)
        }
        #expect(found == ["pr.yaml:1:5: \"PR\" is no id of its own; write US-PR"])
    }

    @Test func aPlaceThatTheListsDoNotKnowIsRefused() throws {
        #expect(
            try faults { $0.replace("id: US-CA/place:san_diego", with: "id: US-CA/place:san_deigo", in: "us/ca.yaml") }
                == [
                    "us/ca.yaml:19:9: the gazetteer knows no \"US-CA/place:san_deigo\"; did you mean \"US-CA/place:san_diego\"?"
                ])
        #expect(
            try faults { $0.replace("id: US-CA/place:san_diego", with: "id: US-CA/place:el_nido", in: "us/ca.yaml") }
                == [
                    "us/ca.yaml:19:9: the gazetteer knows no \"US-CA/place:el_nido\"; a place that has no government of its own says unlisted: true"
                ])
    }

    @Test func aPlaceThatSaysSoMayBeUnlisted() throws {
        let unlisted = "    unlisted: true\n    name: San Diego\n"
        #expect(
            try faults {
                $0.replace("id: US-CA/place:san_diego", with: "id: US-CA/place:el_nido", in: "us/ca.yaml")
                $0.replace("    name: San Diego\n", with: unlisted, in: "us/ca.yaml")
            } == [])
        #expect(
            try faults { $0.replace("    name: San Diego\n", with: unlisted, in: "us/ca.yaml") } == [
                "us/ca.yaml:20:15: \"unlisted\", but the gazetteer knows \"US-CA/place:san_diego\"; take it out"
            ])
    }

    @Test func tribalLandAndPlacesElsewhereAreInNoList() throws {
        let found = try faults {
            $0.replace(
                "localities:\n",
                with: """
                    localities:
                      - {id: "US-CA/reservation:x", name: X, kind: reservation, parent: US-CA, summary: None.}

                    """, in: "us/ca.yaml")
            $0.replace(
                "summary: A listed",
                with: """
                    localities:
                      - {id: "CH/place:bern", name: Bern, kind: place, parent: CH, summary: None.}
                    summary: A listed
                    """, in: "ch.yaml")
        }
        #expect(found == [])
    }

    @Test func aGazetteerWithAGapIsRefused() throws {
        let found = try faults { $0.files["gazetteer/us-zip.tsv"] = nil }
        #expect(found == ["gazetteer/us-zip.tsv:1:1: the file is missing"])
    }

    @Test func coverageNamesTheCountriesWithoutAFile() throws {
        var table = SmallTable()
        for (name, text) in Self.gazetteer { table.files["gazetteer/\(name)"] = Array(text.utf8) }
        table.files["ch.yaml"] = nil
        let report = ValidationReport(try table.read(), withCoverage: true)
        #expect(report.coverage?.countriesWithoutFile == ["CH"])
        #expect(report.text.contains("\n1 countries without a file: CH\n"))
    }
}
