import Glibc

/// What one user has here: its connections, which of them wait for their turn, and what it has taken of the round.
struct UserAccount {
    let user: uid_t
    var connectionCount = 0
    /// Slots of connections that wait for their turn, in the order of coming: whichever asked first is served first. A slot
    /// may have been given to somebody else since.
    var queue = SlotQueue()
    /// Whether it stands in the list of accounts with a queue.
    var isListed = false
    /// Whether it stands in the list of accounts that may have no connection left.
    var mayBeEmpty = false
    /// Microseconds that it has taken of the round ``round``, with what it had taken too much before; less what it had left.
    var time = 0
    /// What ``time`` was when the round began.
    var timeAtStart = 0
    /// Microseconds that it was charged with since the thread's processor time was last asked for.
    var unproved = 0
    var round: Int

    /// - Parameter round: the present one. Nothing is left from those before.
    init(user: uid_t, round: Int) { (self.user, self.round) = (user, round) }
}

/// Slots in the order of coming.
struct SlotQueue {
    private var slots: [UInt32] = []
    private var served = 0

    var count: Int { slots.count &- served }
    var isEmpty: Bool { slots.count == served }

    mutating func append(_ slot: UInt32) { slots.append(slot) }

    mutating func popFirst() -> UInt32? {
        guard served < slots.count else { return nil }
        let slot = slots[served]
        served &+= 1
        if served == slots.count {
            slots.removeAll(keepingCapacity: true)
            served = 0
        } else if served >= 1024, served >= slots.count / 2 {
            slots.removeFirst(served)
            served = 0
        }
        return slot
    }
}
