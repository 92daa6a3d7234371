import CSystemd
import Glibc

/// A thread for work that would hold up the event loop. All signals are blocked in it: the loop gets them.
///
/// A thread that is not joined ends by itself when its body returns; dropping this value does not wait for it.
public final class BackgroundThread {
    private var thread: pthread_t?

    /// Starts `body` on a new thread, whose name (at most 15 bytes are shown) appears in `ps -L` and debuggers.
    ///
    /// With a `niceness` above 0 it, and every thread that it starts, gives way to the process's other threads, as far
    /// as the system lets it.
    ///
    /// With `yielding` it offers its processor to others that often, while they would wait for the kernel's next tick
    /// otherwise. What it waits for then may be interrupted (`EINTR`).
    ///
    /// Throws `EAGAIN` if the system has no thread left.
    public init(
        name: String, niceness: CInt = 0, yielding interval: Duration? = nil,
        body: @escaping @Sendable () -> Void
    ) throws(SystemdError) {
        // A new thread inherits the mask of its parent, so nothing can reach it before it blocks signals itself.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let start = Unmanaged.passRetained(Start(name: name, niceness: niceness, interval: interval, body: body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { start in
                guard let start else { return nil }
                let this = Unmanaged<Start>.fromOpaque(start).takeRetainedValue()
                set_thread_name(this.name)
                // On Linux a thread has a niceness of its own.
                if this.niceness > 0 { setpriority(CInt(bitPattern: PRIO_PROCESS.rawValue), 0, this.niceness) }
                guard let interval = this.interval else {
                    this.body()
                    return nil
                }
                var timer: timer_t?
                let isYielding = start_yielding(Int(interval / .nanoseconds(1)), &timer) == 0
                this.body()
                // Nil is a timer too: the process's first.
                if isYielding { timer_delete(timer) }
                return nil
            }, start.toOpaque())
        guard failure == 0 else {
            start.release()
            throw SystemdError(call: "pthread_create", errno: failure)
        }
        self.thread = thread
    }

    deinit {
        if let thread { pthread_detach(thread) }
    }

    /// Waits until the body has returned. A second call returns at once.
    public func join() {
        guard let thread else { return }
        self.thread = nil
        pthread_join(thread, nil)
    }
}

private final class Start {
    let name: String
    let niceness: CInt
    let interval: Duration?
    let body: @Sendable () -> Void

    init(name: String, niceness: CInt, interval: Duration?, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.niceness = niceness
        self.interval = interval
        self.body = body
    }
}
