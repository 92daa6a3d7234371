import CLinux
import Glibc

/// All clients of a service: listening sockets and connections in one epoll set.
///
/// Belongs to one thread, on which its handlers run. Whoever owns the loop watches ``epollDescriptor`` for input, as
/// one source among its others, and calls ``serve()`` when it is readable; time-outs and work that was put off are
/// announced on the same descriptor. Nothing here blocks.
///
/// On the usual path (a call arrives whole, its reply fits the socket) a request costs one read and one write, and
/// allocates nothing.
public final class ConnectionSet {
    /// What a client over a limit is told, instead of an answer to its first call. Errors belong to interfaces, so the
    /// service declares it; its parameters are filled in here.
    public struct Refusal: Sendable {
        /// With its interface; its parameters are `limit: string` and `maximum: int`.
        public let errorName: String

        public init(errorName: String) { self.errorName = errorName }
    }

    /// One connection and what belongs to its socket.
    struct Slot: ~Copyable {
        var descriptor: CInt = -1
        var generation: UInt32 = 0
        var connection: Connection
        /// The events that epoll watches.
        var interest: UInt32 = 0
        /// Whether it stands in the queue of those with work left.
        var isQueued = false
        /// Events that came when its user had had its time: they are seen to when the queue comes to it, and until then the
        /// kernel does not report them again.
        var putOff: UInt32 = 0
        /// When bytes last went in either direction.
        var lastActivity = 0
        /// When the call that is not complete began to arrive; 0 if there is none.
        var partialSince = 0
        /// The handler of a call that waits, to be told if the client goes.
        var waitingHandler: (any InterfaceHandler)?
        /// Replies to that call, to be written when it is the connection's turn.
        var laterReplies: [(inout ReplyWriter) throws(VarlinkError) -> HandlerResult] = []
        /// Whether that call takes several replies, and counts among the monitors.
        var isMonitor = false
    }

    private struct Listener {
        let descriptor: CInt
        var isPaused = false
    }

    /// Readable when ``serve()`` has something to do.
    public let epollDescriptor: CInt
    /// Wakes the set for work that was put off.
    private let wakeDescriptor: CInt
    /// Wakes the set for time-outs.
    private let timerDescriptor: CInt
    /// A descriptor in reserve: without it, a process at its limit could not even refuse.
    private var spareDescriptor: CInt

    private let service: Service
    private let refusal: Refusal?
    public let limits: ConnectionLimits

    private var slots: UnsafeMutableBufferPointer<UnsafeMutablePointer<Slot>?>
    /// Slots that were used and are not; those behind `usedSlots` never were.
    private var freeSlots: [UInt32] = []
    private var usedSlots = 0
    private var generation: UInt32 = 0
    /// Whoever waits for its turn, in the order of coming; each user's first is served first, so that no connection waits
    /// for later ones of the same user.
    private var queue: [UInt32] = []
    private var nextQueue: [UInt32] = []
    private var passedOver: [UInt32] = []
    private var isAwake = false
    private var connectionsOfUser: [uid_t: Int] = [:]
    private var listeners: [Listener] = []
    /// Calls with `more` that wait.
    private var monitorCount = 0
    /// By the coarse clock, brought up to date after each connection that was served.
    private var now = MonotonicClock.now()
    /// What users have taken of the current turn.
    private var turn = TurnAccounts()
    private var timerDeadline = Int.max
    private var isDraining = false
    private let events: UnsafeMutableBufferPointer<epoll_event>
    private let readBuffer: UnsafeMutableRawBufferPointer
    /// Storage for replies, lent to whichever connection is being served.
    private var lentOutput = ByteBuffer()

    /// The connections at the moment.
    public private(set) var count = 0
    public private(set) var statistics = ConnectionStatistics()

    /// All there may be: whoever waits behind the many connections of another user is seen in every round.
    private static let eventsPerTurn = 4096
    private static let roundsPerTurn = 8
    /// With fewer sockets ready, others are hardly ready by the time they are served.
    private static let busyRound = 8
    private static let acceptsPerLook = 8
    /// Microseconds.
    private static let acceptTime = 300
    private static let readSize = 64 * 1024
    /// Storage for replies beyond this is given back when it is empty.
    private static let keptOutput = 256 * 1024
    private enum Tag {
        static let wake: UInt64 = 1 << 63
        static let timer: UInt64 = 1 << 63 | 1
        static let listener: UInt64 = 1 << 62
    }

    /// - Parameter refusal: what clients over a limit are told; without it they are only disconnected.
    /// - Throws: ``SystemError`` if the kernel gives no descriptors.
    public init(
        service: Service, limits: ConnectionLimits = ConnectionLimits(), refusal: Refusal? = nil
    ) throws(SystemError) {
        self.service = service
        self.limits = limits
        self.refusal = refusal
        epollDescriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        let epollError = errno
        wakeDescriptor = eventfd(0, CInt(EFD_NONBLOCK) | CInt(EFD_CLOEXEC))
        timerDescriptor = timerfd_create(CLOCK_MONOTONIC, CInt(TFD_NONBLOCK) | CInt(TFD_CLOEXEC))
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        slots = .allocate(capacity: 64)
        slots.initialize(repeating: nil)
        events = .allocate(capacity: Self.eventsPerTurn)
        events.initialize(repeating: epoll_event())
        readBuffer = .allocate(byteCount: Self.readSize, alignment: 64)
        guard epollDescriptor >= 0 else { throw SystemError("epoll_create1", errorNumber: epollError) }
        guard wakeDescriptor >= 0 else { throw SystemError("eventfd") }
        guard timerDescriptor >= 0 else { throw SystemError("timerfd_create") }
        service.callsInHandRefusal = refusalError(limit: "requests_in_flight", maximum: limits.callsInHand)
        service.waitingRefusal = refusalError(limit: "waiting_calls", maximum: limits.waitingCalls)
        if refusal != nil {
            service.frameRefusal = refusalError(limit: "request_size", maximum: limits.frameSize)
        }
        try watch(wakeDescriptor, for: Self.input, tag: Tag.wake)
        try watch(timerDescriptor, for: Self.input, tag: Tag.timer)
    }

    deinit {
        for slot in slots {
            guard let slot else { continue }
            if slot.pointee.descriptor >= 0 { close(slot.pointee.descriptor) }
            slot.deinitialize(count: 1)
            slot.deallocate()
        }
        slots.deallocate()
        events.deallocate()
        readBuffer.deallocate()
        for descriptor in [epollDescriptor, wakeDescriptor, timerDescriptor, spareDescriptor] where descriptor >= 0 {
            close(descriptor)
        }
    }

    // MARK: Sockets

    /// Accepts clients from a listening socket, which has to be non-blocking and stays the caller's.
    public func listen(on descriptor: CInt) throws(SystemError) {
        try watch(descriptor, for: Self.input, tag: Tag.listener | UInt64(listeners.count))
        listeners.append(Listener(descriptor: descriptor))
    }

    /// Stops accepting; the connections stay.
    public func stopListening() {
        for listener in listeners where !listener.isPaused { unwatch(listener.descriptor) }
        listeners = []
    }

    /// Serves a socket that is connected already. The set owns it from here on.
    ///
    /// - Returns: its name, or nil if a limit refuses it (it is then closed).
    @discardableResult
    public func adopt(_ descriptor: CInt) -> ConnectionID? {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        return admit(descriptor)
    }

    /// Goes down in order: accepts no one, answers the calls that have arrived, ends streams and monitors, and closes
    /// each connection when its replies are sent. Calls that wait for one reply keep their connection until it came,
    /// and who was accepted and has not asked yet keeps it until the first reply, so that a restart costs nobody an
    /// answer. Go on with ``serve()`` until ``count`` is 0, or call ``closeAll()`` when it takes too long.
    public func drain() {
        isDraining = true
        stopListening()
        for index in slots.indices {
            guard let slot = slots[index], slot.pointee.descriptor >= 0 else { continue }
            if slot.pointee.connection.wantsInput { readOnce(slot) }
            settle(slot)
        }
    }

    /// Closes all connections at once.
    public func closeAll() {
        for index in slots.indices {
            if let slot = slots[index], slot.pointee.descriptor >= 0 { remove(slot) }
        }
    }

    // MARK: Replies from outside

    /// Replies to a call that a handler left ``HandlerResult/waiting``. `body` writes one or more replies and says how
    /// the call goes on, as a handler does. They are sent by the next ``serve()``, so this may be called from handlers.
    ///
    /// - Returns: false if there is no such call any more, or if its client was dropped just now because it does not
    ///   read what it gets.
    @discardableResult
    public func reply(
        to id: ConnectionID, _ body: (inout ReplyWriter) throws(VarlinkError) -> HandlerResult
    ) -> Bool {
        guard let slot = slot(of: id), slot.pointee.waitingHandler != nil else { return false }
        let wasTaken = slot.pointee.connection.continueCall(body)
        if wasTaken, !slot.pointee.connection.isWaiting {
            stopWaiting(slot)
        }
        enqueue(slot)
        return wasTaken
    }

    /// As ``reply(to:_:)``, but `body` runs when it is the connection's turn: of many that are told something, each
    /// takes of its user's time. Bodies for one connection run in the order in which they were given.
    public func replyInTurn(
        to id: ConnectionID, _ body: @escaping (inout ReplyWriter) throws(VarlinkError) -> HandlerResult
    ) {
        guard let slot = slot(of: id), slot.pointee.waitingHandler != nil else { return }
        slot.pointee.laterReplies.append(body)
        enqueue(slot)
    }

    private func writeLaterReplies(_ slot: UnsafeMutablePointer<Slot>) {
        let bodies = slot.pointee.laterReplies
        slot.pointee.laterReplies = []
        for body in bodies where slot.pointee.waitingHandler != nil {
            let wasTaken = slot.pointee.connection.continueCall(body)
            if wasTaken, !slot.pointee.connection.isWaiting { stopWaiting(slot) }
        }
    }

    // MARK: Serving

    /// Serves what is ready, without waiting: up to 4096 sockets, each and each user for a bounded time, and work that was put off.
    /// Under load it looks again a few times, because the way back through the owner's loop costs more than a request.
    public func serve() {
        for _ in 0..<Self.roundsPerTurn where serveRound() < Self.busyRound && queue.isEmpty {
            return
        }
    }

    /// - Returns: how many sockets were ready.
    private func serveRound() -> Int {
        let number = max(0, Int(epoll_wait(epollDescriptor, events.baseAddress, CInt(Self.eventsPerTurn), 0)))
        now = MonotonicClock.now()
        turn.begin(isExact: connectionsOfUser.count > 1, now: now)
        var timeIsUp = false
        // What was put off came before what comes now.
        if !queue.isEmpty { serveQueue() }
        for index in 0..<number {
            let event = events[index]
            let tag = event.data.u64
            if tag & Tag.wake != 0 {
                if tag == Tag.timer { timeIsUp = true }
            } else if tag & Tag.listener != 0 {
                accept(Int(tag & ~Tag.listener))
            } else if let slot = slot(of: tag) {
                let user = slot.pointee.connection.peer.userID
                if slot.pointee.putOff != 0 {
                    slot.pointee.putOff |= event.events
                } else if hasHadItsTime(user) {
                    putOff(slot, event: event.events)
                } else {
                    handle(slot, event: event.events, now: now)
                    charge(user)
                }
            }
        }
        quietenIfNothingIsQueued()
        if timeIsUp {
            var expirations: UInt64 = 0
            _ = read(timerDescriptor, &expirations, 8)
            timerDeadline = Int.max
            expire(now: now)
        }
        return number
    }

    /// Ends connections whose time is up. Called by ``serve()`` in time; of use in tests.
    ///
    /// - Parameter now: in the milliseconds of ``MonotonicClock``.
    public func expire(now: Int) {
        resumeListeners()
        var earliest = Int.max
        for index in slots.indices {
            guard let slot = slots[index], slot.pointee.descriptor >= 0 else { continue }
            guard let deadline = deadline(of: slot) else { continue }
            if deadline <= now {
                statistics.expired += 1
                if slot.pointee.partialSince != 0, !slot.pointee.connection.hasOutput, refusal != nil {
                    tell(slot.pointee.descriptor, limit: "request_time", maximum: limits.frameTime)
                }
                remove(slot)
            } else {
                earliest = min(earliest, deadline)
            }
        }
        if earliest < Int.max { schedule(earliest) }
    }

    private func deadline(of slot: UnsafeMutablePointer<Slot>) -> Int? {
        let time: (since: Int, limit: Int)
        if slot.pointee.connection.hasOutput {
            time = (slot.pointee.lastActivity, limits.stallTime)
        } else if slot.pointee.partialSince != 0 {
            time = (slot.pointee.partialSince, limits.frameTime)
        } else if slot.pointee.connection.isIdle {
            time = (slot.pointee.lastActivity, limits.idleTime)
        } else {
            return nil
        }
        return time.limit == 0 ? nil : time.since + time.limit
    }

    private func handle(_ slot: UnsafeMutablePointer<Slot>, event: UInt32, now: Int) {
        slot.pointee.lastActivity = now
        if event & Self.output != 0 {
            flush(slot)
            guard slot.pointee.descriptor >= 0 else { return }
        }
        if event & Self.input != 0, slot.pointee.connection.wantsInput {
            readOnce(slot)
        } else if event & (Self.hangUp | Self.error) != 0,
            !slot.pointee.isQueued || slot.pointee.connection.isStreaming
        {
            // No one reads any more, and nothing is left to be read, or only replies are left to be made.
            return remove(slot)
        }
        settle(slot)
    }

    /// Reads what one system call gives, and answers it.
    @inline(__always)
    private func readOnce(_ slot: UnsafeMutablePointer<Slot>) {
        let received = recv(slot.pointee.descriptor, readBuffer.baseAddress, Self.readSize, Self.dontWait)
        if received > 0 {
            let before = slot.pointee.connection.callCount
            prepare(slot)
            slot.pointee.connection.receive(
                UnsafeRawBufferPointer(start: readBuffer.baseAddress, count: received), service: service)
            statistics.calls &+= slot.pointee.connection.callCount &- before
        } else if received == 0 {
            slot.pointee.connection.endInput()
        } else if errno != EAGAIN, errno != EINTR {
            remove(slot)
        }
    }

    /// Brings a connection into order after something was done with it: sends, queues, watches, closes.
    private func settle(_ slot: UnsafeMutablePointer<Slot>) {
        guard slot.pointee.descriptor >= 0 else { return }
        if slot.pointee.connection.hasOutput { flush(slot) }
        guard slot.pointee.descriptor >= 0 else { return }
        reclaimOutput(slot)
        noteWaiting(slot)
        if isDraining { finishForDrain(slot) }
        if slot.pointee.connection.isFinished { return remove(slot) }
        if slot.pointee.connection.hasWork { enqueue(slot) }
        noteTimes(slot)
        let wanted =
            (slot.pointee.connection.wantsInput ? Self.input : 0)
            | (slot.pointee.connection.hasOutput ? Self.output : 0)
        if wanted != slot.pointee.interest { change(slot, interest: wanted) }
    }

    private func finishForDrain(_ slot: UnsafeMutablePointer<Slot>) {
        if slot.pointee.connection.holdsCalls || slot.pointee.connection.callCount == 0 { return }
        if slot.pointee.connection.isMakingOneReply { return }
        if slot.pointee.connection.isWaiting, !slot.pointee.connection.isWaitingForSeveral { return }
        forgetWaiting(slot)
        slot.pointee.connection.end(.drained)
    }

    private func flush(_ slot: UnsafeMutablePointer<Slot>) {
        while slot.pointee.connection.hasOutput {
            let output = slot.pointee.connection.output
            let sent = send(slot.pointee.descriptor, output.baseAddress, output.count, Self.noSignal | Self.dontWait)
            if sent >= 0 {
                slot.pointee.connection.outputSent(sent)
                if sent < output.count { return }
            } else if errno == EINTR {
                continue
            } else if errno == EAGAIN {
                return
            } else {
                return remove(slot)
            }
        }
    }

    private func serveQueue() {
        swap(&queue, &nextQueue)
        for index in nextQueue {
            guard let slot = slots[Int(index)], slot.pointee.isQueued else { continue }
            let user = slot.pointee.connection.peer.userID
            if slot.pointee.descriptor >= 0, hasHadItsTime(user) {
                passedOver.append(index)
                continue
            }
            slot.pointee.isQueued = false
            guard slot.pointee.descriptor >= 0 else { continue }
            serveQueued(slot)
            charge(user)
        }
        nextQueue.removeAll(keepingCapacity: true)
        guard !passedOver.isEmpty else { return }
        // Before those that were served and have more.
        passedOver += queue
        swap(&queue, &passedOver)
        passedOver.removeAll(keepingCapacity: true)
    }

    private func serveQueued(_ slot: UnsafeMutablePointer<Slot>) {
        let event = slot.pointee.putOff
        slot.pointee.putOff = 0
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

    /// Sees to an event when it is the connection's turn. Until then the kernel is silent about it: what it reported again
    /// in every round would cost everybody's time.
    private func putOff(_ slot: UnsafeMutablePointer<Slot>, event: UInt32) {
        slot.pointee.putOff = event
        enqueue(slot)
        change(slot, interest: Self.onceOnly)
    }

    private func quietenIfNothingIsQueued() {
        guard queue.isEmpty, isAwake else { return }
        var value: UInt64 = 0
        _ = read(wakeDescriptor, &value, 8)
        isAwake = false
    }

    /// Whether a user has taken its time of this round; what it has left waits for the next, so that the others' turn
    /// comes soon whatever one of them asks for on however many connections.
    @inline(__always)
    private func hasHadItsTime(_ user: uid_t) -> Bool {
        limits.turnTime > 0 && turn.isOver(for: user, after: limits.turnTime)
    }

    /// Puts the time since the last one was served down to a user.
    @inline(__always)
    private func charge(_ user: uid_t) {
        let time = MonotonicClock.now()
        turn.charge(user, now: time)
        now = time
    }

    private func enqueue(_ slot: UnsafeMutablePointer<Slot>) {
        guard !slot.pointee.isQueued else { return }
        slot.pointee.isQueued = true
        queue.append(slot.pointee.connection.id.slot)
        if !isAwake {
            isAwake = true
            var one: UInt64 = 1
            _ = write(wakeDescriptor, &one, 8)
        }
    }

    // MARK: Times and waiting calls

    private func noteTimes(_ slot: UnsafeMutablePointer<Slot>) {
        if slot.pointee.connection.hasPartialCall {
            if slot.pointee.partialSince == 0 { slot.pointee.partialSince = slot.pointee.lastActivity }
        } else {
            slot.pointee.partialSince = 0
        }
        // Deadlines mostly move further away; then the timer that is set is early enough.
        if let deadline = deadline(of: slot) { schedule(deadline) }
    }

    private func schedule(_ deadline: Int) {
        guard deadline < timerDeadline else { return }
        timerDeadline = deadline
        // The coarse clock may lag behind by a tick or two: better late than twice.
        let milliseconds = deadline + 10
        var time = itimerspec()
        time.it_value.tv_sec = milliseconds / 1000
        time.it_value.tv_nsec = milliseconds % 1000 * 1_000_000
        timerfd_settime(timerDescriptor, CInt(TFD_TIMER_ABSTIME), &time, nil)
    }

    private func noteWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        guard case .waiting(let handler) = slot.pointee.connection.phase, slot.pointee.waitingHandler == nil else {
            return
        }
        slot.pointee.waitingHandler = handler
        if slot.pointee.connection.isWaitingForSeveral {
            slot.pointee.isMonitor = true
            monitorCount += 1
        }
    }

    /// The call that waits gets no reply any more; its handler is told.
    private func forgetWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        guard let handler = slot.pointee.waitingHandler else { return }
        stopWaiting(slot)
        handler.callEnded(on: slot.pointee.connection.id)
    }

    private func stopWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        slot.pointee.waitingHandler = nil
        slot.pointee.laterReplies = []
        if slot.pointee.isMonitor { monitorCount -= 1 }
        slot.pointee.isMonitor = false
    }

    // MARK: Storage for replies

    /// Before calls are answered: lends storage for the replies, and says whether calls may wait.
    @inline(__always)
    private func prepare(_ slot: UnsafeMutablePointer<Slot>) {
        slot.pointee.connection.mayWait = monitorCount < limits.waitingCalls
        slot.pointee.connection.turnEnd = limits.turnTime > 0 ? turn.end(of: limits.turnTime, now: now) : .never
        if slot.pointee.connection.reply.json.buffer.capacity == 0 {
            swap(&slot.pointee.connection.reply.json.buffer, &lentOutput)
        }
    }

    @inline(__always)
    private func reclaimOutput(_ slot: UnsafeMutablePointer<Slot>) {
        guard !slot.pointee.connection.hasOutput, slot.pointee.connection.reply.json.buffer.capacity > 0 else { return }
        if lentOutput.capacity == 0, slot.pointee.connection.reply.json.buffer.capacity <= Self.keptOutput {
            swap(&slot.pointee.connection.reply.json.buffer, &lentOutput)
        } else {
            slot.pointee.connection.reply.json.buffer.releaseIfEmpty()
        }
    }

    // MARK: Coming and going

    private func accept(_ index: Int) {
        guard listeners.indices.contains(index) else { return }
        let listener = listeners[index].descriptor
        // The queue of a socket is everybody's: it is emptied faster than one user can fill it, for a bounded time.
        let start = MonotonicClock.microseconds()
        defer { turn.skip() }
        for number in 1... {
            if number % Self.acceptsPerLook == 0, MonotonicClock.microseconds() - start >= Self.acceptTime { return }
            let descriptor = accept4(listener, nil, nil, Self.acceptFlags)
            if descriptor >= 0 {
                if let id = admit(descriptor), let slot = slot(of: id) { greet(slot) }
                continue
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                refuseOne(from: listener)
                pause(index)
                return
            default: return
            }
        }
    }

    /// Serves a new connection at once: mostly its first call is there, or its client has gone.
    private func greet(_ slot: UnsafeMutablePointer<Slot>) {
        let user = slot.pointee.connection.peer.userID
        guard !hasHadItsTime(user) else { return }
        turn.skip()
        readOnce(slot)
        settle(slot)
        charge(user)
    }

    /// At the limit of descriptors: gives up the reserve for a moment to tell one client.
    private func refuseOne(from listener: CInt) {
        guard spareDescriptor >= 0 else { return }
        close(spareDescriptor)
        let descriptor = accept4(listener, nil, nil, Self.acceptFlags)
        if descriptor >= 0 { refuse(descriptor, limit: "descriptors", maximum: count) }
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    /// Leaves clients in the queue of the socket until a descriptor may be free again.
    private func pause(_ index: Int) {
        guard !listeners[index].isPaused else { return }
        listeners[index].isPaused = true
        unwatch(listeners[index].descriptor)
        schedule(MonotonicClock.now() + 100)
    }

    private func resumeListeners() {
        for index in listeners.indices where listeners[index].isPaused {
            listeners[index].isPaused = false
            if spareDescriptor < 0 { spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
            do throws(SystemError) {
                try watch(listeners[index].descriptor, for: Self.input, tag: Tag.listener | UInt64(index))
            } catch {
                pause(index)
            }
        }
    }

    @discardableResult
    private func admit(_ descriptor: CInt) -> ConnectionID? {
        let peer =
            PeerCredentials(socket: descriptor)
            ?? PeerCredentials(processID: 0, userID: uid_t.max, groupID: gid_t.max)
        if count >= limits.connections {
            refuse(descriptor, limit: "connections", maximum: limits.connections)
            return nil
        }
        if connectionsOfUser[peer.userID, default: 0] >= limits.connectionsPerUser {
            refuse(descriptor, limit: "connections_per_user", maximum: limits.connectionsPerUser)
            return nil
        }
        let index = freeSlots.popLast() ?? newSlot()
        generation &+= 1
        let id = ConnectionID(slot: index, generation: generation & 0x3FFF_FFFF)
        let slot: UnsafeMutablePointer<Slot>
        if let used = slots[Int(index)] {
            slot = used
            slot.deinitialize(count: 1)
        } else {
            slot = .allocate(capacity: 1)
            slots[Int(index)] = slot
        }
        slot.initialize(
            to: Slot(
                descriptor: descriptor, generation: id.generation,
                connection: Connection(id: id, peer: peer, limits: limits)))
        slot.pointee.lastActivity = MonotonicClock.now()
        do throws(SystemError) {
            slot.pointee.interest = Self.input
            try watch(descriptor, for: Self.input, tag: Self.tag(id))
        } catch {
            close(descriptor)
            release(slot)
            return nil
        }
        count += 1
        connectionsOfUser[peer.userID, default: 0] += 1
        statistics.accepted += 1
        if let deadline = deadline(of: slot) { schedule(deadline) }
        return id
    }

    private func refusalError(limit: String, maximum: Int) -> VarlinkError {
        guard let refusal else { return .permissionDenied }
        return VarlinkError(refusal.errorName, ["limit": .string(limit), "maximum": .integer(Int64(maximum))])
    }

    private func refuse(_ descriptor: CInt, limit: String, maximum: Int) {
        statistics.refused += 1
        if refusal != nil { tell(descriptor, limit: limit, maximum: maximum) }
        close(descriptor)
    }

    private func tell(_ descriptor: CInt, limit: String, maximum: Int) {
        var reply = ReplyWriter()
        reply.error(refusalError(limit: limit, maximum: maximum))
        let bytes = reply.json.bytes
        _ = send(descriptor, bytes.baseAddress, bytes.count, Self.noSignal | Self.dontWait)
    }

    private func newSlot() -> UInt32 {
        if usedSlots == slots.count {
            let larger = UnsafeMutableBufferPointer<UnsafeMutablePointer<Slot>?>.allocate(capacity: slots.count * 2)
            larger.initialize(repeating: nil)
            for index in slots.indices { larger[index] = slots[index] }
            slots.deallocate()
            slots = larger
        }
        usedSlots += 1
        return UInt32(usedSlots - 1)
    }

    private func remove(_ slot: UnsafeMutablePointer<Slot>) {
        guard slot.pointee.descriptor >= 0 else { return }
        switch slot.pointee.connection.ending {
        case .violation: statistics.violations += 1
        case .oversizedFrame: statistics.oversizedFrames += 1
        case .slowReader: statistics.slowReaders += 1
        case .drained, nil: break
        }
        let user = slot.pointee.connection.peer.userID
        let remaining = connectionsOfUser[user, default: 1] - 1
        connectionsOfUser[user] = remaining > 0 ? remaining : nil
        count -= 1
        // Closing takes it out of the epoll set too.
        close(slot.pointee.descriptor)
        slot.pointee.descriptor = -1
        forgetWaiting(slot)
        release(slot)
        if !listeners.isEmpty { resumeListeners() }
    }

    /// Frees what the connection held; the slot itself is kept for the next one.
    private func release(_ slot: UnsafeMutablePointer<Slot>) {
        let id = slot.pointee.connection.id
        slot.deinitialize(count: 1)
        let nobody = PeerCredentials(processID: 0, userID: uid_t.max, groupID: gid_t.max)
        slot.initialize(to: Slot(connection: Connection(id: id, peer: nobody, limits: limits)))
        freeSlots.append(id.slot)
    }

    // MARK: epoll

    private static let input = EPOLLIN.rawValue
    private static let output = EPOLLOUT.rawValue
    private static let hangUp = EPOLLHUP.rawValue
    private static let error = EPOLLERR.rawValue
    /// Nothing but the end of a connection, and that once.
    private static let onceOnly = EPOLLET.rawValue
    private static let dontWait = CInt(MSG_DONTWAIT)
    private static let noSignal = CInt(MSG_NOSIGNAL)
    private static let acceptFlags = CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

    private static func tag(_ id: ConnectionID) -> UInt64 {
        UInt64(id.generation) << 32 | UInt64(id.slot)
    }

    @inline(__always)
    private func slot(of tag: UInt64) -> UnsafeMutablePointer<Slot>? {
        let index = Int(tag & 0xFFFF_FFFF)
        guard index < slots.count, let slot = slots[index], slot.pointee.descriptor >= 0,
            slot.pointee.generation == UInt32(truncatingIfNeeded: tag >> 32)
        else { return nil }
        return slot
    }

    private func slot(of id: ConnectionID) -> UnsafeMutablePointer<Slot>? { slot(of: Self.tag(id)) }

    private func watch(_ descriptor: CInt, for interest: UInt32, tag: UInt64) throws(SystemError) {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = tag
        guard epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_ADD), descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    private func unwatch(_ descriptor: CInt) {
        var event = epoll_event()
        epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_DEL), descriptor, &event)
    }

    private func change(_ slot: UnsafeMutablePointer<Slot>, interest: UInt32) {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = Self.tag(slot.pointee.connection.id)
        guard epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_MOD), slot.pointee.descriptor, &event) == 0 else {
            return remove(slot)
        }
        slot.pointee.interest = interest
    }
}
