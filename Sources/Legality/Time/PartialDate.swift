/// A date as far as it is known: a day, a month or a year. What is written is what is known.
public enum PartialDate: Hashable, Sendable {
    case day(CivilDate)
    case month(year: Int, month: Int)
    case year(Int)

    /// Parses `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, for days that exist; nothing else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard [4, 7, 10].contains(bytes.count), let year = number(0..<4), year >= 1 else { return nil }
        if bytes.count == 4 {
            self = .year(year)
            return
        }
        guard bytes[4] == UInt8(ascii: "-"), let month = number(5..<7), (1...12).contains(month) else { return nil }
        if bytes.count == 7 {
            self = .month(year: year, month: month)
            return
        }
        guard bytes[7] == UInt8(ascii: "-"), let day = number(8..<10),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self = .day(date)
    }

    /// The first day that this can mean.
    public var earliest: CivilDate {
        switch self {
        case .day(let date): date
        case .month(let year, let month): civil(year, month, 1)
        case .year(let year): civil(year, 1, 1)
        }
    }

    /// The last day that this can mean.
    public var latest: CivilDate {
        switch self {
        case .day(let date): date
        case .month(let year, let month): civil(year, month, CivilDate.daysIn(month: month, of: year))
        case .year(let year): civil(year, 12, 31)
        }
    }

    /// Whether the very day is known.
    public var isExact: Bool {
        if case .day = self { true } else { false }
    }

    // The cases are made by `init?` from fields that exist; a hand-made impossible one clamps to the epoch.
    private func civil(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
    }
}

extension PartialDate: CustomStringConvertible {
    /// As it is written in the data: `2017-05-31`, `2017-05` or `2017`.
    public var description: String {
        switch self {
        case .day(let date): date.description
        case .month(let year, let month): "\(padded(year, to: 4))-\(padded(month, to: 2))"
        case .year(let year): padded(year, to: 4)
        }
    }
}
