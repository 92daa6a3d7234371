import Chance
import Legality

/// Tables of any size, made in memory: jurisdictions in three levels with three rules each, as `maketable` writes them.
public enum MadeUpTable {
    public static func table(of count: Int) -> Table {
        var generator = SeededGenerator(seed: UInt64(count))
        let countries = min(count, max(1, min(676, count / 400)))
        let states = min(count - countries, countries * 36)
        var jurisdictions: [Jurisdiction] = []
        jurisdictions.reserveCapacity(count)
        for country in 0..<countries {
            jurisdictions.append(
                jurisdiction(letters(country), kind: .country, parent: nil, timeZone: "Europe/Zurich", &generator))
        }
        for state in 0..<states {
            let country = letters(state % countries)
            jurisdictions.append(
                jurisdiction("\(country)-\(letters(state / countries))", kind: .state, parent: country, &generator))
        }
        for number in 0..<(count - countries - states) {
            let state = jurisdictions[countries + number % max(states, 1)].id
            jurisdictions.append(
                jurisdiction("\(state)/place:town_\(number)", kind: .place, parent: state, &generator))
        }
        return Table(
            version: "2026.11.21", digest: String(repeating: "0", count: 64), vocabulary: vocabulary,
            jurisdictions: jurisdictions, gazetteer: .empty)
    }

    private static func letters(_ number: Int) -> String {
        String(
            decoding: [UInt8(ascii: "A") + UInt8(number / 26 % 26), UInt8(ascii: "A") + UInt8(number % 26)],
            as: UTF8.self)
    }

    private static let vocabulary = Vocabulary(
        substances: [
            ("kratom", nil, .follows, []), ("extract", 0, .follows, []), ("mitragynine", 0, .uncertain, []),
            ("7-hydroxymitragynine", 0, .uncertain, [.max7OHPercent, .max7OHPPM]),
            ("synthetic", 0, .uncertain, [.noSynthetics]),
        ].map { id, broader, inference, barring in
            Substance(
                id: id, name: id, aliases: [], broader: broader, inference: inference, barredBy: barring, note: "")
        },
        follows: [.use: .possess, .buy: .sell],
        summaryActivities: [.possess, .use, .buy, .sell].reduce(into: ActivitySet()) { $0.insert($1) },
        defaultSubstance: 0)

    private static func jurisdiction(
        _ id: String, kind: Jurisdiction.Kind, parent: String?, timeZone: String? = nil,
        _ generator: inout SeededGenerator
    ) -> Jurisdiction {
        let year = Int.random(in: 2012...2020, using: &generator)
        let age = Bool.random(using: &generator) ? 18 : 21
        func source(_ year: Int, _ number: Int, _ gist: String) -> Source {
            Source(
                url: "https://example.org/\(year)/\(number)", publisher: "Example Gazette",
                date: PartialDate("\(year)-05-10"), isPrimary: number > 1, gist: gist)
        }
        let all = SubstanceSet(rawValue: 0b01111)
        let rules = [
            Rule(
                id: "before", substances: all, activities: .all, status: .legal,
                interval: .init(from: nil, until: PartialDate("\(year)-05-10")), confidence: .medium,
                sources: [source(year, 1, "Nothing spoke of the leaf before.")]),
            Rule(
                id: "schedule", substances: all, activities: .all, status: .prohibited,
                interval: .init(from: PartialDate("\(year)-05-10"), until: PartialDate("\(year + 5)-07-01")),
                authority: Authority(kind: .statute, citation: "Example Code § \(year)-2-23", schedule: "I"),
                confidence: .medium, sources: [source(year, 2, "The alkaloids are added to the first schedule.")]),
            Rule(
                id: "consumer-act", substances: SubstanceSet(rawValue: 0b00011), activities: .all, status: .regulated,
                interval: .init(from: PartialDate("\(year + 5)-07-01"), until: nil),
                conditions: [.minimumAge(age), .labelling],
                authority: Authority(kind: .statute, citation: "Example Code § \(year + 5)-7-1", schedule: nil),
                confidence: .medium, sources: [source(year + 5, 3, "Sale to people of \(age) and over, labelled.")]),
        ]
        return Jurisdiction(
            id: id, name: "Place \(id)", kind: kind, parentID: parent, timeZone: timeZone,
            reviewed: PartialDate("2026-06-24"), summary: "Made up.", rules: rules)
    }
}
