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
}
