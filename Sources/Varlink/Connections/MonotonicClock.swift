import Glibc

/// The clock of idle times and deadlines: milliseconds that never go backwards, whatever happens to the wall clock.
public enum MonotonicClock {
    /// Milliseconds since some moment before the process; exact to the kernel's tick (at most ten).
    @inline(__always)
    public static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return time.tv_sec &* 1000 &+ time.tv_nsec / 1_000_000
    }

    /// Microseconds since the same moment, exact; three times as expensive to ask for.
    @inline(__always)
    public static func microseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec &* 1_000_000 &+ time.tv_nsec / 1000
    }

    /// Microseconds for which the calling thread has had a processor; thirty times as expensive to ask for.
    static func processorMicroseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec &* 1_000_000 &+ time.tv_nsec / 1000
    }
}
