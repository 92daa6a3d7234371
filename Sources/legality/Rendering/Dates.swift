/// Days and spans of days in words.
enum Dates {
    /// "since 2017", "until 2026-04-01", "from 2017 until 2026-04-01"; empty where nothing is known.
    static func span(from: String?, until: String?) -> String {
        switch (from, until) {
        case (nil, nil): ""
        case (let from?, nil): "since \(from)"
        case (nil, let until?): "until \(until)"
        case (let from?, let until?): "from \(from) until \(until)"
        }
    }
}

/// Words of the table for people.
enum Words {
    /// `agency_position` as "agency position".
    static func spelledOut(_ word: String) -> String {
        String(word.map { $0 == "_" ? " " : $0 })
    }

    /// In place of a citation: only where something is legal do sources without a law say that there is none.
    static func withoutAuthority(_ status: LegalStatus) -> String {
        status == .legal ? "no specific law, say the sources" : "its sources name no law"
    }

    /// `1 second`, `30 seconds`.
    static func counted(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    /// `a`, `a or b`, `a, b or c`.
    static func alternatives(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// Each in quotes: names may have commas and spaces in them.
    static func quoted(_ words: [String]) -> String { alternatives(words.map { "\"\($0)\"" }) }

    /// The beginning of a word that is longer than anybody would read.
    static func shortened(_ word: String) -> String {
        let limit = 60
        return word.count > limit ? word.prefix(limit) + "…" : word
    }
}
