import CLinux
import Glibc

/// A thread for work that would hold up the event loop. All signals are blocked in it: the loop gets them.
///
/// A thread that is not joined ends by itself when its body returns; dropping this value does not wait for it.
public final class BackgroundThread {
    private var thread: pthread_t?

    /// Starts `body` on a new thread, whose name (at most 15 bytes are shown) appears in `ps -L` and debuggers.
    ///
    /// With a `pace` it makes room for a service; what it waits for then may be interrupted (`EINTR`).
    ///
    /// Throws `EAGAIN` if the system has no thread left.
    public init(
        name: String, pace: BackgroundPace? = nil, body: @escaping @Sendable () -> Void
    ) throws(SystemdError) {
        // A new thread inherits the mask of its parent, so nothing can reach it before it blocks signals itself.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let start = Unmanaged.passRetained(Start(name: name, pace: pace, body: body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { start in
                guard let start else { return nil }
                let this = Unmanaged<Start>.fromOpaque(start).takeRetainedValue()
                set_thread_name(this.name)
                if let pace = this.pace { pace.run(this.body) } else { this.body() }
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
    let pace: BackgroundPace?
    let body: @Sendable () -> Void

    init(name: String, pace: BackgroundPace?, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.pace = pace
        self.body = body
    }
}
