/// A table that uses every word of the format, so that every field of the wire has something to carry.
enum RichTable {
    private static let source =
        "{url: \"https://example.org/law\", publisher: Gazette, date: 2025-12-31, primary: true, gist: The law itself.}"

    static let federal = """
        id: US
        name: United States
        kind: country
        timezone: America/New_York
        reviewed: 2026-01-01
        summary: Made up.
        rules:
          - id: federal
            substances: [kratom]
            activities: [possess]
            status: legal
            confidence: medium
            sources: [\(source)]

        """

    static let state = """
        id: US-CA
        name: California
        kind: state
        parent: US
        timezone: America/Los_Angeles
        reviewed: 2026-01-01
        summary: Made up.
        rules:
          - id: act
            substances: [kratom]
            activities: [sell]
            status: regulated
            from: 2020
            conditions:
              minimum_age: 21
              max_7oh_percent: 2
              max_7oh_ppm: 400
              forms: [leaf, powder]
              excluded_forms: [vape]
              no_synthetics: true
              licence: true
              registration: true
              prescription: true
              labelling: true
              testing: true
              behind_counter: true
              other: ["Sold only by day."]
            authority: {kind: statute, citation: Made-up Act, schedule: II}
            preempts: true
            penalty: A fine.
            note: Made up.
            conflict: The sources differ on the fine.
            confidence: high
            sources: [\(source)]
          - id: ban
            substances: [extract]
            activities: all
            status: prohibited
            from: 2025-06-01
            until: 2099-01-01
            exceptions: {prescription: true}
            authority: {kind: emergency_rule, citation: Made-up Order}
            overrides: [act]
            confidence: medium
            sources: [\(source)]
        advisories:
          - {text: Mind the made-up., issuer: Somebody, date: 2025-01, url: "https://example.org/advice"}
        pending:
          - {what: A bill, state: In committee, date: 2025-02-01, url: "https://example.org/bill"}
        open_questions:
          - Whether any of it is so.
        localities:
          - id: US-CA/place:san_diego
            name: San Diego
            kind: place
            parent: US-CA
            reviewed: 2026-01-01
            summary: Made up.
            rules:
              - id: ordinance
                substances: [kratom]
                activities: [sell]
                status: prohibited
                from: 2024-03
                confidence: medium
                sources: [\(source)]

        """

    static func write(to directory: TemporaryDirectory) throws {
        let substances = SmallTable.substances.replacing(
            "activities:\n",
            with: """
                  - {id: extract, name: Extract, broader: kratom, inference: follows}
                activities:

                """, maxReplacements: 1)
        try directory.write(substances, to: "data/substances.yaml")
        try directory.write(SmallTable.information(version: 1), to: "data/table.yaml")
        try directory.write(federal, to: "data/us.yaml")
        try directory.write(state, to: "data/us/ca.yaml")
    }
}
