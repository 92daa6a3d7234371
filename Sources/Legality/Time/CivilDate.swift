/// A day of the proleptic Gregorian calendar, without a time of day and without a zone.
///
/// Days from 0001-01-01 to 9999-12-31 can be written; comparison is chronological.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int32

    public init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with these civil fields, or nil where there is none (2023-02-29).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysIn(month: month, of: year)
        else { return nil }
        // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Parses `YYYY-MM-DD` and nothing else.
    public init?(_ text: some StringProtocol) {
        guard case .day(let date) = PartialDate(text) else { return nil }
        self = date
    }

    /// Year, month (1–12) and day (1–31).
    public var fields: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// So many days later, or earlier; never beyond what a day's number can hold.
    public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: Int32(clamping: Int(daysSinceEpoch) + Int(Int32(clamping: days))))
    }

    /// Whole days from `other` to this day; negative where this day comes first.
    public func days(since other: CivilDate) -> Int {
        Int(daysSinceEpoch) - Int(other.daysSinceEpoch)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// The number of days of a month (1–12).
    public static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD` (ISO 8601).
    public var description: String {
        let (year, month, day) = fields
        return TextBuffer.text(capacity: 16) { text in
            text.append(UInt32(clamping: year), digits: 4)
            text.append(UInt8(ascii: "-"))
            text.append(UInt32(clamping: month), digits: 2)
            text.append(UInt8(ascii: "-"))
            text.append(UInt32(clamping: day), digits: 2)
        }
    }
}

/// A number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
