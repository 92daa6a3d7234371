import Glibc

/// The waits between attempts at what failed for now: each twice as long as the one before, up to five seconds, until
/// the time is up.
struct Backoff {
    private static let longest = 5000
    private var next = 100
    /// In milliseconds.
    private let end: Int

    /// - Parameter seconds: how long it goes on.
    init(seconds: Int) { end = Backoff.now + seconds * 1000 }

    /// Waits; false, at once, where the time is up.
    mutating func wait() -> Bool {
        let left = end - Backoff.now
        guard left > 0 else { return false }
        _ = poll(nil, 0, Int32(min(next, left)))
        next = min(next * 2, Backoff.longest)
        return true
    }

    /// Milliseconds since some moment, whatever happens to the clock on the wall.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
