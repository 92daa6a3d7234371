import Foundation

@testable import TableFiles

/// A small table without fault, that tests copy, break and read.
struct SmallTable {
    /// Path to content.
    var files: [String: [UInt8]]

    /// A table with two countries, two states, three localities and a union.
    init() {
        files = [
            "table.yaml": SmallTable.tableInformation, "substances.yaml": SmallTable.substances,
            "us.yaml": SmallTable.federal, "us/ca.yaml": SmallTable.california, "us/ri.yaml": SmallTable.rhodeIsland,
            "ch.yaml": SmallTable.switzerland, "eu.yaml": SmallTable.union,
        ].mapValues { Array($0.utf8) }
    }

    func text(_ file: String) -> String { String(decoding: files[file] ?? [], as: UTF8.self) }

    /// Replaces a text that stands in a file once.
    mutating func replace(_ old: String, with new: String, in file: String) {
        let parts = text(file).components(separatedBy: old)
        precondition(parts.count == 2, "\(old) stands \(parts.count - 1) times in \(file)")
        files[file] = Array(parts.joined(separator: new).utf8)
    }

    /// Writes the files into a directory of their own and removes it afterwards.
    func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "legalityd-table-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for (path, bytes) in files {
            let file = directory.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        return try body(directory.path)
    }

    func read(limits: TableLimits = .default) throws -> TableReading {
        try withDirectory { TableReader(directory: $0, limits: limits).read() }
    }

    static let tableInformation = """
        version: 2026.11.21
        date: 2026-11-21
        title: A small table
        licence: CC0-1.0

        """

    static let substances = """
        default: kratom
        substances:
          - id: kratom
            name: Kratom leaf
            aliases: [leaf, ketum]
          - id: extract
            name: Kratom extract
            broader: kratom
            inference: follows
          - id: 7-hydroxymitragynine
            name: 7-Hydroxymitragynine
            aliases: [7-oh]
            broader: kratom
            inference: uncertain
            barred_by: [max_7oh_percent]
        activities:
          - {id: possess}
          - {id: use, follows: possess}
          - {id: buy, follows: sell}
          - {id: sell}
          - {id: manufacture}
          - {id: cultivate}
          - {id: import}
          - {id: export}
        summary_activities: [possess, use, buy, sell]

        """

    static let federal = """
        id: US
        name: United States
        kind: country
        timezone: America/New_York
        reviewed: 2026-11-01
        summary: No federal law names the leaf.
        rules:
          - id: not-scheduled
            substances: [kratom, extract]
            activities: all
            status: legal
            confidence: medium
            sources:
              - url: https://www.example.gov/kratom
                publisher: Example Administration
                date: 2026-10
                primary: true
                gist: It is no scheduled substance.
        advisories:
          - text: May not be marketed as food.
            issuer: Food and Drug Administration
            date: 2024-07-01
            url: https://www.example.gov/food
        pending:
          - {what: A bill on 7-OH, state: in committee, date: 2026-03, url: "https://www.example.gov/bill"}
        open_questions:
          - Is an order on 7-OH in force?

        """

    static let california = """
        id: US-CA
        name: California
        kind: state
        parent: US
        timezone: America/Los_Angeles
        reviewed: 2026-10-15
        summary: The health department bars all sale.
        rules:
          - id: health-department
            substances: [kratom]
            activities: [sell, manufacture]
            status: prohibited
            from: 2025-10
            authority: {kind: agency_position, citation: Notice of October 2025}
            confidence: high
            sources:
              - {url: "https://cdph.example.gov/notice", publisher: CDPH, date: 2025-10-24, primary: true, gist: No sale.}
        localities:
          - id: US-CA/place:san_diego
            name: San Diego
            kind: place
            parent: US-CA
            reviewed: 2026-09
            summary: Prohibited since 2016.
            rules:
              - id: ordinance
                substances: [kratom]
                activities: all
                status: prohibited
                from: 2016-07-28
                authority: {kind: ordinance, citation: Mun. Code § 1, schedule: novel}
                penalty: A misdemeanour.
                confidence: medium
                sources:
                  - {url: "https://sandiego.example.gov/code", publisher: City, primary: true, gist: Bans it.}
          - id: US-CA/county:san_diego
            name: San Diego County
            kind: county
            parent: US-CA
            reviewed: 2026-09-01
            summary: Nothing found.

        """

    static let rhodeIsland = """
        id: US-RI
        name: Rhode Island
        kind: state
        parent: US
        reviewed: 2026-06-07
        summary: Lawful for adults since April 2026.
        rules:
          - id: schedule-i
            substances: [kratom, extract]
            activities: all
            status: prohibited
            from: 2017
            until: 2026-04-01
            exceptions: {prescription: true}
            authority: {kind: regulation, citation: 216-RICR-20, schedule: I}
            confidence: medium
            sources:
              - {url: "https://a.example.org/ri", publisher: A, date: 2017-06-01, primary: false, gist: It was listed.}
          - id: kratom-act
            substances: [kratom, extract]
            activities: all
            status: regulated
            from: 2026-04-01
            conditions:
              minimum_age: 21
              max_7oh_percent: 2.5
              max_7oh_ppm: 400
              forms: [leaf, powder]
              excluded_forms: [vape]
              no_synthetics: true
              licence: true
              labelling: true
              other: ["Sold apart from sweets."]
            authority: {kind: statute, citation: R.I. Gen. Laws § 21-28.11}
            overrides: [schedule-i]
            preempts: true
            note: Licences since January 2026.
            conflict: One list still calls it banned.
            confidence: high
            sources:
              - {url: "https://b.example.org/ri", publisher: B, primary: false, gist: The act is in force.}
              - {url: "https://c.example.org/ri", publisher: C, primary: false, gist: The same.}

        """

    static let switzerland = """
        id: CH
        name: Switzerland
        kind: country
        member_of: [EU]
        timezone: Europe/Zurich
        reviewed: 2026
        summary: A listed narcotic since October 2017.
        rules:
          - id: narcotics-list
            substances: [kratom, extract]
            activities: [possess, use, buy, sell, manufacture, cultivate, import, export]
            status: prohibited
            from: 2017-10
            authority: {kind: regulation, citation: BetmVV-EDI, schedule: e}
            confidence: high
            sources:
              - {url: "https://ch.example.org/list", publisher: EDI, date: 2017, primary: true, gist: Listed.}

        """

    static let union = """
        id: EU
        name: European Union
        kind: union
        summary: A novel food that is not authorised.
        advisories:
          - {text: Not authorised as a novel food., issuer: European Commission}

        """
}
