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
    /// Whose calls wait is served for this part of a turn in each round, and so is one connection at a time: who waits is
    /// mostly who wants all there is, and everybody else's next call waits for the end of it. In many short rounds he has
    /// as much.
    private static let partOfWaiting = 3
    /// From so many microseconds on it is worth to ask whether the thread had a processor all the time.
    private let doubtful: Int
    /// How long a turn is; 0: without an end.
    private let length: Int
    /// Whether several users are connected.
    private(set) var isExact = false
    private(set) var round = 0
    /// The moment up to which all time is accounted for, by the clock in use: microseconds or milliseconds.
    private var mark = 0
    /// When it was last asked how long the thread has had a processor, and what the answer was.
    private var (lookedAt, processorTime) = (0, 0)
    /// Who was charged since.
    private var charged: [UnsafeMutablePointer<UserAccount>] = []

    init(length: Int, doubtful: Int = 30) { (self.length, self.doubtful) = (length, doubtful) }

    /// - Parameter now: the milliseconds of ``MonotonicClock``.
    mutating func beginRound(isExact: Bool, now: Int) {
        giveBackWhatOthersHad()
        round &+= 1
        if !isExact || length <= 0 {
            self.isExact = false
            mark = now
        } else if !self.isExact {
            self.isExact = true
            giveBackWhatOthersHad()
        }
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

    /// The part of a turn that is served at once, in microseconds.
    private var part: Int { max(1, length / Self.partOfWaiting) }

    /// Whether a user whose calls wait has to wait for the next round. What it did not take of earlier ones it takes in
    /// parts of the usual length: several turns at once would be what everybody else waits for.
    @inline(__always)
    func hasHadTurn(_ account: UnsafeMutablePointer<UserAccount>) -> Bool {
        isOver(for: account) || isExact && account.pointee.time &- account.pointee.timeAtStart >= part
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
            if account.pointee.unproved == 0 { charged.append(account) }
            // At least one: it says whether the account is among them.
            account.pointee.unproved &+= max(1, time)
            if time > doubtful || account.pointee.time >= length { giveBack(until: moment) }
        } else {
            account.pointee.time &+= (now &- mark) &* 1000
            mark = now
        }
    }

    /// The time since the last charge is nobody's.
    mutating func skip() {
        if isExact { mark = MonotonicClock.microseconds() }
    }

    /// When what is served of a user's connection now is to end.
    @inline(__always)
    func end(for account: UnsafeMutablePointer<UserAccount>, now: Int) -> Connection.TurnEnd {
        guard length > 0 else { return .never }
        guard isExact else { return .tick(now &+ max(1, length / 1000)) }
        if account.pointee.round != round { settle(account) }
        return .exact(mark &+ min(part, max(1, length &- account.pointee.time)))
    }

    /// The time until now is accounted for: what other programs had of it is taken off those who were charged with it.
    ///
    /// To be called between kinds of work, so that nobody is given back what was had during another's, before the set has
    /// nothing to do, and before an account is closed. Costs a system call.
    mutating func giveBackWhatOthersHad() {
        guard isExact else { return }
        mark = MonotonicClock.microseconds()
        giveBack(until: mark)
    }

    /// While another program had the processor, nothing was done for a user, and nothing of it is held against it: a
    /// moment without a processor would be many turns, and a client that is on the daemon's own processor has it for a
    /// moment after each reply. The clock of a thread's processor time is a system call, so it is not asked after each
    /// call, and what several users were charged with since is given back to each in proportion.
    private mutating func giveBack(until moment: Int) {
        let processorTime = MonotonicClock.processorMicroseconds()
        let withoutProcessor = (moment &- lookedAt) &- (processorTime &- self.processorTime)
        (lookedAt, self.processorTime) = (moment, processorTime)
        guard !charged.isEmpty else { return }
        let total = charged.reduce(0) { $0 &+ $1.pointee.unproved }
        let time = max(0, min(withoutProcessor, total))
        for account in charged {
            account.pointee.time &-= time &* account.pointee.unproved / total
            account.pointee.unproved = 0
        }
        charged.removeAll(keepingCapacity: true)
    }

    /// Begins a round for a user. No call is interrupted, so one may have taken more than its time; that is taken off its
    /// next turns. What it left is added to them, unless its calls wait: then it left nothing, but had only a part.
    private func settle(_ account: UnsafeMutablePointer<UserAccount>) {
        if isExact {
            let rounds = min(round &- account.pointee.round, Self.longestDebt)
            let time = min(account.pointee.time, length &* Self.longestDebt)
            let most = account.pointee.queue.isEmpty ? -Self.longestCredit &* length : min(time, 0)
            account.pointee.time = max(most, time &- rounds &* length)
        } else {
            account.pointee.time = 0
        }
        account.pointee.round = round
        account.pointee.timeAtStart = account.pointee.time
    }
}
