import Glibc
import Legality

/// The machine's clock, and the civil date by it in every time zone that the machine knows.
///
/// Belongs to one thread. A zone's file is read once; a zone that cannot be read counts as UTC and is remembered in
/// `missingZones`.
public final class ZoneClock: CivilClock {
    /// Offsets of today's zones change only on whole quarters of an hour, so a civil date holds until the next one.
    public static let quarterHour: Int64 = 900

    private let directory: String
    private let reading: () -> Int64
    private var zones: [String: TimeZoneRules?] = [:]
    private var dates: [String: CivilDate] = [:]
    private var datesValid: Range<Int64> = 0..<0
    /// Names that stood in the data and that the machine does not know.
    public private(set) var missingZones: Set<String> = []

    /// - Parameters:
    ///   - directory: where compiled time-zone files are.
    ///   - reading: seconds since 1970-01-01T00:00:00Z; the machine's real-time clock where absent.
    public init(
        directory: String = ZoneClock.systemDirectory, reading: @escaping () -> Int64 = ZoneClock.systemReading
    ) {
        self.directory = directory
        self.reading = reading
    }

    /// `$TZDIR`, or the usual place.
    public static var systemDirectory: String {
        getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    }

    /// The real-time clock as of the kernel's last tick, some milliseconds ago at most: every request reads it, and
    /// this one costs a few instructions.
    public static func systemReading() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    public var now: Int64 { reading() }

    /// The span of moments around now in which every zone's civil date stays what it is.
    public var validity: Range<Int64> {
        let quarter = now.flooredQuotient(by: ZoneClock.quarterHour) * ZoneClock.quarterHour
        return quarter..<(quarter + ZoneClock.quarterHour)
    }

    public func today(in timeZone: String?) -> CivilDate {
        let now = self.now
        if !datesValid.contains(now) {
            dates.removeAll(keepingCapacity: true)
            datesValid = validity
        }
        let name = timeZone ?? "UTC"
        if let known = dates[name] { return known }
        let date =
            rules(of: name)?.civilDate(at: now)
            ?? CivilDate(daysSinceEpoch: Int32(clamping: now.flooredQuotient(by: 86_400)))
        dates[name] = date
        return date
    }

    private func rules(of name: String) -> TimeZoneRules? {
        if name == "UTC" { return nil }
        if let known = zones[name] { return known }
        let isPlain = !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        let rules = isPlain ? readFile("\(directory)/\(name)").flatMap { TimeZoneRules(tzif: $0) } : nil
        if rules == nil { missingZones.insert(name) }
        zones[name] = .some(rules)
        return rules
    }

    /// At most 256 KiB; the largest zone has four.
    private func readFile(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= 262_144 {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += chunk[0..<count]
        }
        return nil
    }
}

extension Int64 {
    func flooredQuotient(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
