import CLinux

/// Counts what a service does, so that work beside it can tell whether it does anything.
public final class ServiceActivity: Sendable {
    nonisolated(unsafe) let counter: UnsafeMutablePointer<UInt>

    public init() {
        counter = .allocate(capacity: 1)
        counter.initialize(to: 0)
    }

    deinit { counter.deallocate() }

    /// From any thread; costs next to nothing.
    public func note() { count_activity(counter) }
}
