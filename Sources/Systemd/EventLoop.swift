import CSystemd
import Glibc

/// A single-threaded event loop: `sd_event`, the loop of systemd's own services.
///
/// Make it, use it and run it on one thread; it is not `Sendable`, and neither are its sources. Work on another thread
/// reaches it through a ``CrossThreadSignal``.
///
/// A source lives until it is cancelled or the loop goes; the value that an `add…` function returns may be dropped
/// without effect on the source. A handler may cancel its own source and any other. What a handler captures is released
/// once its source is gone. A handler that captures its own source, or the loop, keeps both alive until the source is
/// cancelled: use the source that it is handed instead.
///
/// Of several sources that are ready, the one with the smaller ``Priority`` runs first.
public final class EventLoop {
    let event: OpaquePointer

    /// Throws if the kernel refuses the descriptors that a loop needs.
    public init() throws(SystemdError) {
        var event: OpaquePointer?
        try check("sd_event_new", sd_event_new(&event))
        guard let event else { throw SystemdError(call: "sd_event_new", errno: ENOMEM) }
        self.event = event
    }

    deinit {
        sd_event_unref(event)
    }

    // MARK: Running

    /// Serves events until ``exit(_:)`` is called, and returns its code. A loop runs once: after this it is finished.
    public func run() throws(SystemdError) -> Int32 {
        try check("sd_event_loop", sd_event_loop(event))
    }

    /// Waits for at most `timeout` (nil: for ever), runs at most one handler, and says whether one ran.
    @discardableResult
    public func runOnce(timeout: Duration? = nil) throws(SystemdError) -> Bool {
        let microseconds = timeout?.timerMicroseconds ?? .max
        return try check("sd_event_run", sd_event_run(event, microseconds)) > 0
    }

    /// Ends ``run()`` after the current handler: exit handlers run, then `run` returns `code`.
    ///
    /// `code` lies in 0…255, as a process's exit status does; a negative one would read as an error and is taken as 255.
    public func exit(_ code: Int32) {
        // It fails only on a loop that is finished already, where there is nothing left to end.
        _ = sd_event_exit(event, code < 0 ? 255 : code)
    }

    /// Whether ``exit(_:)`` has been called.
    public var isExiting: Bool {
        var code: Int32 = 0
        return sd_event_get_exit_code(event, &code) >= 0
    }

    // MARK: Sources

    /// Calls `handler` whenever `descriptor` is ready for one of `events`.
    ///
    /// The descriptor stays the caller's: cancel the source before closing it. Throws `EEXIST` if the loop watches it
    /// already, `EPERM` if it cannot be watched (a regular file).
    @discardableResult
    public func addIO(
        _ descriptor: Int32, _ events: IOEvents, priority: Priority = .normal,
        handler: @escaping (IOSource, IOEvents) -> Void
    ) throws(SystemdError) -> IOSource {
        let source = IOSource()
        let box = HandlerBox<IOEvents>(source) { [unowned source] events in handler(source, events) }
        try add("sd_event_add_io", priority, box) { handle, box in
            sd_event_add_io(
                event, &handle, descriptor, events.rawValue,
                { _, _, ready, box in HandlerBox<IOEvents>.call(box, IOEvents(rawValue: ready)) }, box)
        }
        return source
    }

    /// Calls `handler` once, `delay` after now; ``TimerSource/rearm(after:)`` starts the timer again.
    ///
    /// The handler runs at or after the time, up to `accuracy` later, so that wake-ups can be shared: never earlier.
    @discardableResult
    public func addTimer(
        after delay: Duration, accuracy: Duration = .milliseconds(50), priority: Priority = .normal,
        handler: @escaping (TimerSource) -> Void
    ) throws(SystemdError) -> TimerSource {
        try addTimer(at: .now + delay, accuracy: accuracy, priority: priority, handler: handler)
    }

    /// Calls `handler` once, when the monotonic clock has reached `time`; at once if it has already.
    @discardableResult
    public func addTimer(
        at time: MonotonicTime, accuracy: Duration = .milliseconds(50), priority: Priority = .normal,
        handler: @escaping (TimerSource) -> Void
    ) throws(SystemdError) -> TimerSource {
        let source = TimerSource()
        let box = HandlerBox<Void>(source) { [unowned source] in handler(source) }
        try addTime(CLOCK_MONOTONIC, time.microseconds, accuracy, priority, box)
        return source
    }

    /// Calls `handler` once, when the wall clock has reached `time`; at once if it has already.
    ///
    /// A clock that is set past `time` fires the timer at once, and one that is set back defers it: the kernel looks
    /// after both. A clock that is set back after the timer fired is seen by ``addClockChangeWatch(priority:handler:)``.
    @discardableResult
    public func addWallTimer(
        at time: WallTime, accuracy: Duration = .milliseconds(250), priority: Priority = .normal,
        handler: @escaping (WallTimerSource) -> Void
    ) throws(SystemdError) -> WallTimerSource {
        let source = WallTimerSource()
        let box = HandlerBox<Void>(source) { [unowned source] in handler(source) }
        try addTime(CLOCK_REALTIME, UInt64(max(0, time.microseconds)), accuracy, priority, box)
        return source
    }

    /// Calls `handler` with every signal `number` that the process gets, as an event: nothing runs in a signal handler.
    ///
    /// Blocks the signal in the calling thread. Threads started before that must have it blocked too, or the signal
    /// takes its default action in one of them: see ``blockSignals(_:)``. Throws `EBUSY` if the loop has it already.
    @discardableResult
    public func addSignal(
        _ number: Int32, priority: Priority = .normal, handler: @escaping (EventSource, Signal) -> Void
    ) throws(SystemdError) -> EventSource {
        try EventLoop.blockSignals([number])
        let source = EventSource()
        let box = HandlerBox<Signal>(source) { [unowned source] signal in handler(source, signal) }
        try add("sd_event_add_signal", priority, box) { handle, box in
            sd_event_add_signal(
                event, &handle, number,
                { _, info, box in
                    guard let info else { return 0 }
                    return HandlerBox<Signal>.call(box, Signal(info.pointee))
                }, box)
        }
        return source
    }

    /// Calls `handler` once, in the next round of the loop.
    @discardableResult
    public func addDefer(
        priority: Priority = .normal, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) -> EventSource {
        try addPlain("sd_event_add_defer", priority, handler) { handle, box in
            sd_event_add_defer(event, &handle, { _, box in HandlerBox<Void>.call(box, ()) }, box)
        }
    }

    /// Calls `handler` in every round of the loop in which another handler has run, after all of those.
    @discardableResult
    public func addPost(
        priority: Priority = .normal, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) -> EventSource {
        try addPlain("sd_event_add_post", priority, handler) { handle, box in
            sd_event_add_post(event, &handle, { _, box in HandlerBox<Void>.call(box, ()) }, box)
        }
    }

    /// Calls `handler` once, when the loop ends.
    @discardableResult
    public func addExit(
        priority: Priority = .normal, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) -> EventSource {
        try addPlain("sd_event_add_exit", priority, handler) { handle, box in
            sd_event_add_exit(event, &handle, { _, box in HandlerBox<Void>.call(box, ()) }, box)
        }
    }

    // MARK: Watchdog

    /// Starts the watchdog pings from the loop, at about half the interval that the service manager asked for.
    ///
    /// A loop that is stuck in a handler sends none and is killed. Returns false, and does nothing, if the manager
    /// asked for no watchdog.
    @discardableResult
    public func startWatchdog() throws(SystemdError) -> Bool {
        try check("sd_event_set_watchdog", sd_event_set_watchdog(event, 1)) > 0
    }

    /// Stops the watchdog pings though the loop runs, so that the manager kills and restarts the service: for a service
    /// that has found itself stuck where the loop does not see it. ``startWatchdog()`` takes it back.
    public func withholdWatchdog() throws(SystemdError) {
        try check("sd_event_set_watchdog", sd_event_set_watchdog(event, 0))
    }

    /// Whether watchdog pings are being sent.
    public var isWatchdogRunning: Bool {
        sd_event_get_watchdog(event) > 0
    }

    // MARK: Signals

    /// Blocks the signals in the calling thread and in all threads that it starts from now on.
    ///
    /// Call it at the start of the program, before any other thread exists.
    public static func blockSignals(_ numbers: [Int32]) throws(SystemdError) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers {
            try checkErrno("sigaddset", sigaddset(&set, number))
        }
        let failure = pthread_sigmask(SIG_BLOCK, &set, nil)
        guard failure == 0 else { throw SystemdError(call: "pthread_sigmask", errno: failure) }
    }

    // MARK: Adding

    private func addTime(
        _ clock: clockid_t, _ time: UInt64, _ accuracy: Duration, _ priority: Priority, _ box: HandlerBox<Void>
    ) throws(SystemdError) {
        try add("sd_event_add_time", priority, box) { handle, box in
            // An accuracy of zero would mean sd-event's default of a quarter of a second.
            sd_event_add_time(
                event, &handle, clock, min(time, .max - 1), max(1, accuracy.timerMicroseconds),
                { _, _, box in HandlerBox<Void>.call(box, ()) }, box)
        }
    }

    private func addPlain(
        _ call: String, _ priority: Priority, _ handler: @escaping (EventSource) -> Void,
        _ body: (inout OpaquePointer?, UnsafeMutableRawPointer) -> Int32
    ) throws(SystemdError) -> EventSource {
        let source = EventSource()
        try add(call, priority, HandlerBox<Void>(source) { [unowned source] in handler(source) }, body)
        return source
    }

    /// Adds a source with its handler, and leaves both to the loop.
    private func add(
        _ call: String, _ priority: Priority, _ box: AnyHandlerBox,
        _ body: (inout OpaquePointer?, UnsafeMutableRawPointer) -> Int32
    ) throws(SystemdError) {
        let retained = Unmanaged.passRetained(box)
        var handle: OpaquePointer?
        let result = body(&handle, retained.toOpaque())
        guard result >= 0, let handle else {
            retained.release()
            throw SystemdError(call: call, errno: result < 0 ? -result : ENOMEM)
        }
        box.source.handle = handle
        // None of these fails on a source just made. The callback gives back the reference taken above, after the
        // handler has returned if the source is cancelled from inside it.
        sd_event_source_set_destroy_callback(handle) { box in
            guard let box else { return }
            Unmanaged<AnyHandlerBox>.fromOpaque(box).takeRetainedValue().source.handle = nil
        }
        sd_event_source_set_priority(handle, priority.rawValue)
        // A floating source belongs to its loop; the reference that came with the handle is given up.
        sd_event_source_set_floating(handle, 1)
        sd_event_source_unref(handle)
    }
}

/// What the C side holds for a source: the source, and its handler. It lives exactly as long as the C source.
private class AnyHandlerBox {
    let source: EventSource

    init(source: EventSource) {
        self.source = source
    }
}

private final class HandlerBox<Payload>: AnyHandlerBox {
    let handler: (Payload) -> Void

    init(_ source: EventSource, _ handler: @escaping (Payload) -> Void) {
        self.handler = handler
        super.init(source: source)
    }

    static func call(_ box: UnsafeMutableRawPointer?, _ payload: Payload) -> Int32 {
        guard let box else { return 0 }
        Unmanaged<HandlerBox<Payload>>.fromOpaque(box).takeUnretainedValue().handler(payload)
        return 0
    }
}
