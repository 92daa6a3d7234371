import CLinux
import Glibc

extension EventLoop {
    /// Calls `handler` whenever the wall clock is set, forwards or backwards, by more than slewing.
    ///
    /// With ``addWallTimer(at:accuracy:priority:handler:)`` this is what "at midnight" needs: the timer tells when a
    /// moment is reached, and this tells that it may have to be reached again. What today is may have changed with the
    /// clock, so the handler should ask the clock anew and arm its timers by it.
    @discardableResult
    public func addClockChangeWatch(
        priority: Priority = .normal, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) -> ClockChangeWatch {
        try ClockChangeWatch(loop: self, priority: priority, handler: handler)
    }
}

/// A timer that never comes due, and that the kernel cancels when somebody sets the wall clock.
///
/// The watch ends with ``cancel()`` or with its loop; dropping it does not end it.
public final class ClockChangeWatch {
    private let source: IOSource

    fileprivate init(
        loop: EventLoop, priority: Priority, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) {
        let timer = try ClockChangeTimer()
        try timer.arm()
        source = try loop.addIO(timer.descriptor, .readable, priority: priority) { source, _ in
            // Reading fails with ECANCELED when the clock was set. The timer is then armed anew.
            guard timer.acknowledge() else { return }
            try? timer.arm()
            handler(source)
        }
    }

    public func cancel() {
        source.cancel()
    }
}

/// The descriptor behind a watch, which the watch's handler owns.
private final class ClockChangeTimer {
    let descriptor: Int32

    init() throws(SystemdError) {
        descriptor = try checkErrno(
            "timerfd_create",
            timerfd_create(CLOCK_REALTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK)))
    }

    deinit {
        close(descriptor)
    }

    func arm() throws(SystemdError) {
        // The end of time, as far as the kernel's nanoseconds reach.
        var never = itimerspec()
        never.it_value.tv_sec = Int.max / 1_000_000_000
        let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
        try checkErrno("timerfd_settime", timerfd_settime(descriptor, flags, &never, nil))
    }

    /// Takes the event. False if there was none.
    func acknowledge() -> Bool {
        var expirations: UInt64 = 0
        let count = read(descriptor, &expirations, MemoryLayout<UInt64>.size)
        return count > 0 || errno == ECANCELED
    }
}
