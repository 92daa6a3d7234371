import CLinux

/// Tells work beside a service whether the service does anything.
public final class ServiceActivity: Sendable {
    /// Odd while the service does something.
    nonisolated(unsafe) let counter: UnsafeMutablePointer<UInt>

    public init() {
        counter = .allocate(capacity: 1)
        counter.initialize(to: 0)
    }

    deinit { counter.deallocate() }

    /// The service does what `work` does. Of one thread only; costs next to nothing.
    public func during<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
        count_activity(counter)
        defer { count_activity(counter) }
        return try work()
    }
}
