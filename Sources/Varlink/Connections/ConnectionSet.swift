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

    /// Readable when ``serve()`` has something to do.
    public let epollDescriptor: CInt
    /// Wakes the set for work that was put off.
    let wakeDescriptor: CInt
    /// Wakes the set for time-outs.
    let timerDescriptor: CInt
    /// A descriptor in reserve: without it, a process at its limit could not even refuse.
    var spareDescriptor: CInt

    let service: Service
    let refusal: Refusal?
    public let limits: ConnectionLimits

    var slots: UnsafeMutableBufferPointer<UnsafeMutablePointer<Slot>?>
    /// Slots that were used and are not; those behind `usedSlots` never were.
    var freeSlots: [UInt32] = []
    var usedSlots = 0
    var generation: UInt32 = 0
    /// The users who have connections, and those who have gone with time to be taken off.
    var accounts: [uid_t: UnsafeMutablePointer<UserAccount>] = [:]
    /// Whose slots nobody uses.
    let nobody: UnsafeMutablePointer<UserAccount>
    /// Those with a queue, and how many stand in all queues.
    var waitingAccounts: [UnsafeMutablePointer<UserAccount>] = []
    var queuedCount = 0
    /// Those whose last connection may have gone.
    var emptyAccounts: [UnsafeMutablePointer<UserAccount>] = []
    /// Of one round; kept for their storage.
    var servedAccounts: [UnsafeMutablePointer<UserAccount>] = []
    var laterEvents: [epoll_event] = []
    var readyListeners: [Int] = []
    var isAwake = false
    var listeners: [Listener] = []
    /// Calls with `more` that wait.
    var monitorCount = 0
    /// By the coarse clock, brought up to date after each connection that was served.
    var now = MonotonicClock.now()
    var turns: TurnClock
    /// Whether the newcomers had the last round in which the queues waited too.
    var isForNewcomers = false
    /// Whether somebody wanted to connect in the last round.
    var newcomersCame = false
    var timerDeadline = Int.max
    var isDraining = false
    let events: UnsafeMutableBufferPointer<epoll_event>
    let readBuffer: UnsafeMutableRawBufferPointer
    /// Storage for replies, lent to whichever connection is being served.
    var lentOutput = ByteBuffer()

    /// The connections at the moment.
    public internal(set) var count = 0
    public internal(set) var statistics = ConnectionStatistics()

    /// - Parameter refusal: what clients over a limit are told; without it they are only disconnected.
    /// - Throws: ``SystemError`` if the kernel gives no descriptors.
    public init(
        service: Service, limits: ConnectionLimits = ConnectionLimits(), refusal: Refusal? = nil
    ) throws(SystemError) {
        self.service = service
        self.limits = limits
        self.refusal = refusal
        turns = TurnClock(length: limits.turnTime)
        nobody = .allocate(capacity: 1)
        nobody.initialize(to: UserAccount(user: uid_t.max, round: 0))
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
        for account in accounts.values {
            account.deinitialize(count: 1)
            account.deallocate()
        }
        nobody.deinitialize(count: 1)
        nobody.deallocate()
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
}
