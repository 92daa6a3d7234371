/// Tells the civil date in a time zone. The domain has no clock of its own.
public protocol CivilClock {
    /// Today in the zone with this IANA name; nil, or a name that is not known: in UTC.
    func today(in timeZone: String?) -> CivilDate
}

/// A clock that stands still, in all zones.
public struct FixedClock: CivilClock, Sendable {
    public let day: CivilDate
    public init(_ day: CivilDate) { self.day = day }
    public func today(in timeZone: String?) -> CivilDate { day }
}
