/// The rule by which a zone goes on after its last listed transition: the `TZ` string of POSIX (IEEE Std 1003.1,
/// chapter 8.3) with the extension of RFC 9636 that times may lie between -167 and 167 hours.
struct PosixTimeZone: Sendable {
    private let standardOffset: Int32
    private let daylight: Daylight?

    private struct Daylight: Sendable {
        let offset: Int32
        let start: YearlyMoment
        let end: YearlyMoment
    }

    /// Nil where the text is empty or no such string.
    init?(_ text: [UInt8]) {
        var scanner = Scanner(text)
        guard scanner.name(), let offset = scanner.time(hourLimit: 24) else { return nil }
        standardOffset = -offset
        if scanner.isAtEnd {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        var daylightOffset = standardOffset + 3600
        if !scanner.isAt(","), let offset = scanner.time(hourLimit: 24) { daylightOffset = -offset }
        guard scanner.take(","), let start = scanner.yearlyMoment(), scanner.take(","),
            let end = scanner.yearlyMoment(), scanner.isAtEnd
        else { return nil }
        daylight = Daylight(offset: daylightOffset, start: start, end: end)
    }

    func offset(at moment: Int64) -> Int32 {
        guard let daylight else { return standardOffset }
        let days = (moment + Int64(standardOffset)).flooredDivision(by: 86_400)
        let year = CivilDate(daysSinceEpoch: Int32(clamping: days)).fields.year
        let start = daylight.start.seconds(in: year) - Int64(standardOffset)
        let end = daylight.end.seconds(in: year) - Int64(daylight.offset)
        let isDaylight = start < end ? (start..<end).contains(moment) : !(end..<start).contains(moment)
        return isDaylight ? daylight.offset : standardOffset
    }

    /// A day of each year and a time on it, on the clock of the zone.
    struct YearlyMoment: Sendable {
        enum Day: Sendable {
            /// The `week`-th (5: the last) `weekday` (0: Sunday) of a month.
            case weekday(month: Int, week: Int, weekday: Int)
            /// 1–365; February 29th is not counted.
            case julian(Int)
            /// 0–365; February 29th is counted.
            case zeroBased(Int)
        }
        let day: Day
        let time: Int32

        /// Seconds from 1970-01-01 00:00 on the zone's clock.
        func seconds(in year: Int) -> Int64 {
            let newYear = Int64(CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0)
            let days: Int64
            switch day {
            case .julian(let number):
                days = newYear + Int64(number - 1) + (CivilDate.daysIn(month: 2, of: year) == 29 && number > 59 ? 1 : 0)
            case .zeroBased(let number):
                days = newYear + Int64(number)
            case .weekday(let month, let week, let weekday):
                let first = Int64(CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0)
                // 1970-01-01 was a Thursday (4).
                let firstWeekday = Int(((first + 4) % 7 + 7) % 7)
                var dayOfMonth = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
                while dayOfMonth > CivilDate.daysIn(month: month, of: year) { dayOfMonth -= 7 }
                days = first + Int64(dayOfMonth - 1)
            }
            return days * 86_400 + Int64(time)
        }
    }

    private struct Scanner {
        private let text: [UInt8]
        private var position = 0

        init(_ text: [UInt8]) { self.text = text }

        var isAtEnd: Bool { position == text.count }

        func isAt(_ character: Unicode.Scalar) -> Bool {
            position < text.count && text[position] == UInt8(ascii: character)
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard isAt(character) else { return false }
            position += 1
            return true
        }

        /// Letters, or anything between angle brackets.
        mutating func name() -> Bool {
            let start = position
            if take("<") {
                while position < text.count, !isAt(">") { position += 1 }
                return take(">")
            }
            while position < text.count, text[position] | 0x20 >= UInt8(ascii: "a"),
                text[position] | 0x20 <= UInt8(ascii: "z")
            {
                position += 1
            }
            return position - start >= 3
        }

        mutating func number(atMost limit: Int) -> Int? {
            var value = 0
            let start = position
            while position < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) {
                value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
                guard value <= limit else { return nil }
                position += 1
            }
            return position > start ? value : nil
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time(hourLimit: Int) -> Int32? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hours = number(atMost: hourLimit) else { return nil }
            var seconds = hours * 3600
            if take(":") {
                guard let minutes = number(atMost: 59) else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number(atMost: 59) else { return nil }
                    seconds += rest
                }
            }
            return Int32(isNegative ? -seconds : seconds)
        }

        mutating func yearlyMoment() -> YearlyMoment? {
            let day: YearlyMoment.Day
            if take("M") {
                guard let month = number(atMost: 12), month >= 1, take("."), let week = number(atMost: 5), week >= 1,
                    take("."), let weekday = number(atMost: 6)
                else { return nil }
                day = .weekday(month: month, week: week, weekday: weekday)
            } else if take("J") {
                guard let number = number(atMost: 365), number >= 1 else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(atMost: 365) else { return nil }
                day = .zeroBased(number)
            }
            var time: Int32 = 7200
            if take("/") {
                guard let written = self.time(hourLimit: 167) else { return nil }
                time = written
            }
            return YearlyMoment(day: day, time: time)
        }
    }
}
