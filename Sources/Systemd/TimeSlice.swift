import CLinux

/// How long a thread's turns on a processor are.
public enum TimeSlice {
    /// Asks for turns of that length (0.1 to 100 ms) for the calling thread, and for those that it starts from then on. Short
    /// ones come sooner, and its share of the time stays what it is.
    ///
    /// - Returns: whether the kernel took it; those before 6.12 take it and do as before.
    @discardableResult
    public static func request(_ length: Duration) -> Bool {
        request_time_slice(UInt64(max(0, length / .nanoseconds(1)))) == 0
    }
}
