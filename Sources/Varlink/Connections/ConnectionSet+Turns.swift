import CLinux
import Glibc

/// Rounds, and whose turn it is in them.
extension ConnectionSet {
    /// All there may be: whoever waits behind the many connections of another user is seen in every round.
    static let eventsPerTurn = 4096
    private static let roundsPerTurn = 8
    /// With fewer sockets ready, others are hardly ready by the time they are served.
    private static let busyRound = 8
    private static let reportsBeforeSilence: UInt32 = 2

    /// Serves what is ready, without waiting: up to 4096 sockets, each and each user for a bounded time, and work that was
    /// put off. Under load it looks again a few times, because the way back through the owner's loop costs more than a
    /// request.
    public func serve() {
        defer { turns.giveBackWhatOthersHad() }
        for _ in 0..<Self.roundsPerTurn where serveRound() < Self.busyRound && queuedCount == 0 {
            return
        }
    }

    /// First whoever has nothing waiting: one who asks now and then waits for nobody's queue. Then the queues, a turn for
    /// each user, and what came for those users; and the newcomers, with several users connected in every other round, so
    /// that those who come first wait for less.
    ///
    /// - Returns: how many sockets were ready.
    func serveRound() -> Int {
        let number = max(0, Int(epoll_wait(epollDescriptor, events.baseAddress, CInt(Self.eventsPerTurn), 0)))
        now = MonotonicClock.now()
        // Who knocks may be another user, and would wait for the long turns of one who is alone.
        turns.beginRound(isExact: accounts.count > 1 || newcomersCame, now: now)
        var timeIsUp = false
        for index in 0..<number {
            let event = events[index]
            let tag = event.data.u64
            if tag & (Tag.wake | Tag.listener) != 0 {
                if tag == Tag.timer { timeIsUp = true }
                if tag & Tag.listener != 0 { readyListeners.append(Int(tag & ~Tag.listener)) }
            } else if let slot = slot(of: tag) {
                let account = slot.pointee.account
                if slot.pointee.putOff != 0 {
                    reportedAgain(slot, event: event.events)
                } else if account.pointee.queue.isEmpty, !turns.isOver(for: account) {
                    handle(slot, event: event.events, now: now)
                    charge(account)
                } else {
                    laterEvents.append(event)
                }
            }
        }
        if queuedCount > 0 || !readyListeners.isEmpty { turns.giveBackWhatOthersHad() }
        newcomersCame = !readyListeners.isEmpty
        let takeTurns = turns.isExact && queuedCount > 0 && !readyListeners.isEmpty
        if takeTurns { isForNewcomers.toggle() }
        let queuesRest = takeTurns && isForNewcomers
        let newcomersRest = takeTurns && !isForNewcomers
        if queuedCount > 0, !queuesRest { serveQueues() }
        if !laterEvents.isEmpty { serveLaterEvents(queuesRest: queuesRest) }
        if !readyListeners.isEmpty {
            if !newcomersRest { for index in readyListeners { accept(index) } }
            readyListeners.removeAll(keepingCapacity: true)
        }
        quietenIfNothingIsQueued()
        if timeIsUp {
            var expirations: UInt64 = 0
            _ = read(timerDescriptor, &expirations, 8)
            timerDeadline = Int.max
            expire(now: now)
        }
        if !emptyAccounts.isEmpty { closeEmptyAccounts() }
        return number
    }

    /// Each user's turn: its connections in the order in which they came to wait.
    private func serveQueues() {
        swap(&waitingAccounts, &servedAccounts)
        for account in servedAccounts {
            account.pointee.isListed = false
            // Those that have more stand behind those that wait now, and have their turn in the next round.
            var remaining = account.pointee.queue.count
            while remaining > 0, !turns.hasHadTurn(account), let index = account.pointee.queue.popFirst() {
                remaining -= 1
                queuedCount -= 1
                guard let slot = slots[Int(index)], slot.pointee.isQueued, slot.pointee.account == account else {
                    continue
                }
                slot.pointee.isQueued = false
                serveQueued(slot)
                charge(account)
            }
            if !account.pointee.queue.isEmpty { list(account) }
        }
        servedAccounts.removeAll(keepingCapacity: true)
    }

    /// - Parameter queuesRest: whether the queues are not served in this round: then nobody overtakes those of his own user.
    private func serveLaterEvents(queuesRest: Bool) {
        for event in laterEvents {
            guard let slot = slot(of: event.data.u64) else { continue }
            let account = slot.pointee.account
            if turns.hasHadTurn(account) || queuesRest && !account.pointee.queue.isEmpty {
                slot.pointee.putOff = event.events
                slot.pointee.reports = 0
                enqueue(slot)
            } else {
                handle(slot, event: event.events, now: now)
                charge(account)
            }
        }
        laterEvents.removeAll(keepingCapacity: true)
    }

    private func serveQueued(_ slot: UnsafeMutablePointer<Slot>) {
        let event = slot.pointee.putOff
        slot.pointee.putOff = 0
        if event & Self.hangUp != 0 { slot.pointee.connection.endReading() }
        if event == 0 || slot.pointee.connection.hasWork || !slot.pointee.laterReplies.isEmpty {
            slot.pointee.lastActivity = now
            let before = slot.pointee.connection.callCount
            if !slot.pointee.laterReplies.isEmpty { writeLaterReplies(slot) }
            if slot.pointee.connection.hasWork {
                prepare(slot)
                slot.pointee.connection.work(service: service)
            }
            statistics.calls &+= slot.pointee.connection.callCount &- before
            settle(slot)
        }
        if event != 0, slot.pointee.descriptor >= 0 { handle(slot, event: event, now: now) }
    }

    /// What was put off is seen to when it is the connection's turn. What is still waiting then, and reported in every round,
    /// would cost everybody's time: the kernel is told to be silent about it. Most are served sooner, and cost no call.
    private func reportedAgain(_ slot: UnsafeMutablePointer<Slot>, event: UInt32) {
        slot.pointee.putOff |= event
        slot.pointee.reports &+= 1
        if slot.pointee.reports == Self.reportsBeforeSilence { change(slot, interest: Self.onceOnly) }
    }

    func enqueue(_ slot: UnsafeMutablePointer<Slot>) {
        guard !slot.pointee.isQueued else { return }
        slot.pointee.isQueued = true
        let account = slot.pointee.account
        account.pointee.queue.append(slot.pointee.connection.id.slot)
        queuedCount += 1
        list(account)
        if !isAwake {
            isAwake = true
            var one: UInt64 = 1
            _ = write(wakeDescriptor, &one, 8)
        }
    }

    private func list(_ account: UnsafeMutablePointer<UserAccount>) {
        guard !account.pointee.isListed else { return }
        account.pointee.isListed = true
        waitingAccounts.append(account)
    }

    private func quietenIfNothingIsQueued() {
        guard queuedCount == 0, isAwake else { return }
        var value: UInt64 = 0
        _ = read(wakeDescriptor, &value, 8)
        isAwake = false
    }

    /// Puts the time since the last one was served down to a user.
    @inline(__always)
    func charge(_ account: UnsafeMutablePointer<UserAccount>) {
        let time = MonotonicClock.now()
        turns.charge(account, now: time)
        now = time
    }
}
