import Glibc

/// What users take of a round, in microseconds.
///
/// With several users connected, by the exact clock, so that turns can be short; with one, by the kernel's tick: nobody
/// waits for the others' turn then, and the clock is not worth its price.
struct TurnClock {
    /// The longest usual one, in microseconds.
    private static let tick = 4000
    /// What one took too much is taken off so many of its next turns at most.
    private static let longestDebt = 100
    /// How long a turn is, in microseconds; 0: without an end.
    private let length: Int
    private var isExact = false
    private var round = 0
    /// The moment up to which all time is accounted for, by the clock in use: microseconds or milliseconds.
    private var mark = 0

    init(length: Int) { self.length = length }

    /// - Parameter now: the milliseconds of ``MonotonicClock``.
    mutating func beginRound(isExact: Bool, now: Int) {
        self.isExact = isExact
        round &+= 1
        mark = isExact ? MonotonicClock.microseconds() : now
    }

    /// Whether a user has had its time of the round; what it has left waits for the next, so that the others' turn comes
    /// soon whatever one of them asks for on however many connections. Of a single user a tick more is not held
    /// against it: the clock may have ticked a moment after the round began.
    @inline(__always)
    func isOver(for account: UnsafeMutablePointer<UserAccount>) -> Bool {
        guard length > 0 else { return false }
        if account.pointee.round != round { settle(account) }
        return account.pointee.time >= (isExact ? length : max(length, Self.tick + 1))
    }

    /// Puts the time since the last charge down to a user.
    @inline(__always)
    mutating func charge(_ account: UnsafeMutablePointer<UserAccount>, now: Int) {
        if account.pointee.round != round { settle(account) }
        if isExact {
            let moment = MonotonicClock.microseconds()
            account.pointee.time &+= moment &- mark
            mark = moment
        } else {
            account.pointee.time &+= (now &- mark) &* 1000
            mark = now
        }
    }

    /// The time since the last charge is nobody's.
    mutating func skip() {
        if isExact { mark = MonotonicClock.microseconds() }
    }

    /// When the turn that a user has now is to end.
    @inline(__always)
    func end(for account: UnsafeMutablePointer<UserAccount>, now: Int) -> Connection.TurnEnd {
        guard length > 0 else { return .never }
        guard isExact else { return .tick(now &+ max(1, length / 1000)) }
        if account.pointee.round != round { settle(account) }
        return .exact(mark &+ max(1, length &- account.pointee.time))
    }

    /// Begins a round for a user. No call is interrupted, so one may have taken more than its time; that is taken off its
    /// next turns.
    private func settle(_ account: UnsafeMutablePointer<UserAccount>) {
        if isExact {
            let rounds = min(round &- account.pointee.round, Self.longestDebt)
            let time = min(account.pointee.time, length &* Self.longestDebt)
            account.pointee.time = max(0, time &- rounds &* length)
        } else {
            account.pointee.time = 0
        }
        account.pointee.round = round
    }
}
