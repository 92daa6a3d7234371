import Legality

/// The reader of compiled time zones.
public final class TimeZoneTarget: FuzzTarget {
    public static let name = "zones"

    public init(data: String) {}

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        guard let rules = TimeZoneRules(tzif: Array(input)) else { return nil }
        for year in -3...80 {
            let moment = Int64(year) * 31_556_952
            let date = rules.civilDate(at: moment)
            // No zone that a table may count with is more than some days away from UTC.
            let days = abs(Int64(date.daysSinceEpoch) - moment / 86_400)
            if days > 30_000 { return "\(days) days from UTC" }
        }
        return nil
    }
}
