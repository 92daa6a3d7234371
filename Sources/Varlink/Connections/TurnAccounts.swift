import Glibc

/// What users have taken of a turn, in microseconds.
///
/// With several users connected, by the exact clock, so that turns can be short; with one, by the kernel's tick: nobody
/// waits for the others' turn then, and the clock is not worth its price.
struct TurnAccounts {
    /// The longest usual one, in microseconds.
    private static let tick = 4000
    private var isExact = false
    /// The moment up to which all time is accounted for, by the clock in use: microseconds or milliseconds.
    private var mark = 0
    /// Whoever was served last; mostly it is served next.
    private var user = uid_t.max
    private var time = 0
    /// The others.
    private var times: [uid_t: Int] = [:]

    /// - Parameter now: the milliseconds of ``MonotonicClock``.
    mutating func begin(isExact: Bool, now: Int) {
        self.isExact = isExact
        user = uid_t.max
        time = 0
        if !times.isEmpty { times.removeAll(keepingCapacity: true) }
        mark = isExact ? MonotonicClock.microseconds() : now
    }

    @inline(__always)
    func time(of user: uid_t) -> Int {
        if user == self.user { return time }
        return times.isEmpty ? 0 : times[user, default: 0]
    }

    /// Whether a user has had its time of a turn. Of a single user a tick more is not held against it: the clock may have
    /// ticked a moment after the turn began.
    @inline(__always)
    func isOver(for user: uid_t, after length: Int) -> Bool {
        time(of: user) >= (isExact ? length : max(length, Self.tick + 1))
    }

    /// Puts the time since the last charge down to a user.
    @inline(__always)
    mutating func charge(_ user: uid_t, now: Int) {
        let passed: Int
        if isExact {
            let moment = MonotonicClock.microseconds()
            passed = moment &- mark
            mark = moment
        } else {
            passed = (now &- mark) &* 1000
            mark = now
        }
        if user != self.user { change(to: user) }
        time &+= passed
    }

    /// The time since the last charge is nobody's.
    mutating func skip() {
        if isExact { mark = MonotonicClock.microseconds() }
    }

    /// When a turn of that many microseconds ends.
    @inline(__always)
    func end(of length: Int, now: Int) -> Connection.TurnEnd {
        isExact ? .exact(mark &+ length) : .tick(now &+ max(1, length / 1000))
    }

    private mutating func change(to user: uid_t) {
        if time > 0 { times[self.user] = time }
        time = times[user, default: 0]
        self.user = user
    }
}
