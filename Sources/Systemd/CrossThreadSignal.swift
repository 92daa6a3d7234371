import CLinux
import Glibc

/// A bell that any thread can ring and one event loop hears: an `eventfd`.
///
/// It says that there is something to look at, not what: put that where both sides may reach it (under a `Mutex`)
/// before ringing. Rings that come before the loop has looked are heard as one.
public final class CrossThreadSignal: Sendable {
    /// Readable when the bell has rung. It stays this object's: keep the object as long as the loop watches it.
    public let descriptor: Int32

    /// Throws if the process has no descriptor left.
    public init() throws(SystemdError) {
        descriptor = try checkErrno("eventfd", eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)))
    }

    deinit {
        close(descriptor)
    }

    /// Wakes the loop. From any thread, and never blocks.
    public func ring() {
        // It fails only when the counter is full, and then the bell rings already.
        _ = eventfd_write(descriptor, 1)
    }

    /// Stills the bell, and says whether it had rung. Look at the work only after this, or a ring may be lost.
    @discardableResult
    public func acknowledge() -> Bool {
        var count: eventfd_t = 0
        return eventfd_read(descriptor, &count) == 0
    }
}

extension EventLoop {
    /// Calls `handler` in the loop after `signal` was rung, once for any number of rings. The loop keeps the signal.
    @discardableResult
    public func add(
        _ signal: CrossThreadSignal, priority: Priority = .normal, handler: @escaping (EventSource) -> Void
    ) throws(SystemdError) -> EventSource {
        try addIO(signal.descriptor, .readable, priority: priority) { source, _ in
            if signal.acknowledge() { handler(source) }
        }
    }
}
