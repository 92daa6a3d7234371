import Glibc

/// A point of the monotonic clock: it never jumps, stands still while the machine sleeps, and starts at boot.
public struct MonotonicTime: Hashable, Comparable, Sendable {
    /// Microseconds since the clock's start.
    public let microseconds: UInt64

    public init(microseconds: UInt64) {
        self.microseconds = microseconds
    }

    public static var now: MonotonicTime {
        MonotonicTime(microseconds: UInt64(max(0, clockMicroseconds(CLOCK_MONOTONIC))))
    }

    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.microseconds < right.microseconds
    }

    public static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, overflow) = time.microseconds.addingReportingOverflow(duration.timerMicroseconds)
        return MonotonicTime(microseconds: overflow ? .max - 1 : sum)
    }
}

/// A point of the wall clock, which people and time servers may set forwards and backwards.
public struct WallTime: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The point that many seconds after 1970-01-01T00:00:00Z.
    public init(secondsSince1970 seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    public static var now: WallTime {
        WallTime(microseconds: clockMicroseconds(CLOCK_REALTIME))
    }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        left.microseconds < right.microseconds
    }
}

private func clockMicroseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}

extension Duration {
    /// Whole microseconds, rounded up, for a timer: nothing below zero, and never the value that means "infinite".
    var timerMicroseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds > 0 || (seconds == 0 && attoseconds > 0) else { return 0 }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000)
        let fraction = UInt64((attoseconds + 999_999_999_999) / 1_000_000_000_000)
        let (sum, overflowed) = whole.addingReportingOverflow(fraction)
        return overflow || overflowed ? .max - 1 : min(sum, .max - 1)
    }
}
