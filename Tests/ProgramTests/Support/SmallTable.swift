import Foundation

/// A small table without fault, each of whose answers tells the version that it was made from.
enum SmallTable {
    static let substances = """
        default: kratom
        substances:
          - id: kratom
            name: Kratom leaf
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

    static func information(version: Int) -> String {
        """
        version: 2026.01.01.\(version)
        date: 2026-01-01
        title: A small table
        licence: CC0-1.0

        """
    }

    /// Even versions prohibit, odd ones do not; the name and the rule carry the version.
    static func country(_ id: String, version: Int) -> String {
        """
        id: \(id)
        name: Land \(version)
        kind: country
        timezone: Europe/Zurich
        reviewed: 2026-01-01
        summary: A country of a test.
        rules:
          - id: rule-\(version)
            substances: [kratom]
            activities: all
            status: \(version % 2 == 0 ? "prohibited" : "legal")
            confidence: high
            sources:
              - url: https://example.org/law
                publisher: Gazette
                date: 2025-12-31
                primary: true
                gist: The law itself.

        """
    }

    static let countries = ["CH", "KR", "DE", "FR", "JP"]

    /// Writes all of it into a directory.
    static func write(version: Int, to directory: TemporaryDirectory) throws {
        try directory.write(substances, to: "data/substances.yaml")
        for id in countries { try directory.write(country(id, version: version), to: "data/\(id.lowercased()).yaml") }
        try directory.write(information(version: version), to: "data/table.yaml")
    }

    /// Puts it behind the link `current`, at once: whoever is reading has all of the table before or all of this one.
    static func publish(version: Int, in directory: TemporaryDirectory) throws {
        try write(version: version, to: directory)
        rename(directory.file("data"), directory.file("v\(version)"))
        symlink("v\(version)", directory.file("new"))
        rename(directory.file("new"), directory.file("current"))
    }
}
