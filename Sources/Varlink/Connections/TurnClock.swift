import Glibc

/// What users take of a round, in microseconds.
///
/// With several users connected, by the exact clock, so that turns can be short; with one, by the kernel's tick: nobody
/// waits for the others' turn then, and the clock is not worth its price.
struct TurnClock {
    /// Of the kernel's clock: the longest usual one.
    private static let tick = 4000
    /// What one took too much is taken off so many of its next turns at most.
    private static let longestDebt = 100
    /// What one did not take of its turns it may take later, up to so many turns. Whoever asks for less than its share is
    /// not put off because of one long call, or because several of its calls came together.
    private static let longestCredit = 8
    /// From here on it is worth to ask whether the thread had a processor all the time.
    private static let doubtful = 30
    /// How long a turn is; 0: without an end.
    private let length: Int
    /// Whether several users are connected.
    private(set) var isExact = false
    private(set) var round = 0
    /// The moment up to which all time is accounted for, by the clock in use: microseconds or milliseconds.
    private var mark = 0
    /// When it was last asked how long the thread has had a processor, and what the answer was.
    private var (lookedAt, processorTime) = (0, 0)
    /// Which of these questions it was.
    private var look = 0

    init(length: Int) { self.length = length }

    /// - Parameter now: the milliseconds of ``MonotonicClock``.
    mutating func beginRound(isExact: Bool, now: Int) {
        self.isExact = isExact && length > 0
        round &+= 1
        mark = now
        guard self.isExact else { return }
        mark = MonotonicClock.microseconds()
        lookAtProcessorTime()
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
            let time = moment &- mark
            mark = moment
            account.pointee.time &+= time
            if account.pointee.look != look { (account.pointee.look, account.pointee.unproved) = (look, 0) }
            account.pointee.unproved &+= time
            if time > Self.doubtful || account.pointee.time >= length { takeBackWhatOthersHad(from: account) }
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
        return .exact(mark &+ min(length, max(1, length &- account.pointee.time)))
    }

    /// While another program had the processor, nothing was done for the user, and nothing of it is held against it: a
    /// moment without a processor would be many turns. The clock of a thread's processor time is a system call, so it is asked
    /// only where the answer may matter.
    private mutating func takeBackWhatOthersHad(from account: UnsafeMutablePointer<UserAccount>) {
        let (sinceWhen, hadBefore) = (lookedAt, processorTime)
        lookAtProcessorTime()
        let withoutProcessor = (lookedAt &- sinceWhen) &- (processorTime &- hadBefore)
        account.pointee.time &-= max(0, min(withoutProcessor, account.pointee.unproved))
    }

    private mutating func lookAtProcessorTime() {
        look &+= 1
        lookedAt = mark
        processorTime = MonotonicClock.processorMicroseconds()
    }

    /// Begins a round for a user. No call is interrupted, so one may have taken more than its time; that is taken off its
    /// next turns. What it left is added to them.
    private func settle(_ account: UnsafeMutablePointer<UserAccount>) {
        if isExact {
            let rounds = min(round &- account.pointee.round, Self.longestDebt)
            let time = min(account.pointee.time, length &* Self.longestDebt)
            account.pointee.time = max(-Self.longestCredit &* length, time &- rounds &* length)
        } else {
            account.pointee.time = 0
        }
        account.pointee.round = round
    }
}
