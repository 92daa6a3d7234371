import CLinux

/// How work in the background makes room for a service: it works for 50 µs and then rests, as long as the service does
/// anything meanwhile. Where nobody asks, it works without a rest.
///
/// A lower priority would be simpler, but it makes no promise: on a busy machine a thread that has it may wait for a
/// processor for many seconds. Work with a pace has the priority of all others, and rests for ten milliseconds at a time
/// at most; it does so wherever it is, maybe with a lock in hand.
public struct BackgroundPace: Sendable {
    private static let turn: Duration = .microseconds(50)
    /// At full speed, for what is soon done.
    private static let headStart: Duration = .milliseconds(5)
    /// Works for a twentieth of the time at first, and later, as it must end some day, for a quarter.
    private static let (rests, laterRests): (Int64, Int64) = (19, 3)
    private static let patience: Duration = .seconds(5)

    private let activity: ServiceActivity

    /// Makes room for the service whose activity it is.
    public init(beside activity: ServiceActivity) { self.activity = activity }

    /// Calls `body` on the calling thread at that pace, or without one if the kernel has no timer left. While it runs, what
    /// waits may be interrupted (`EINTR`), and `SIGURG` is taken.
    func run(_ body: () -> Void) {
        func nanoseconds(_ duration: Duration) -> Int64 { Int64(duration / .nanoseconds(1)) }
        let pace = UnsafeMutablePointer<pace>.allocate(capacity: 1)
        defer { pace.deallocate() }
        pace.initialize(to: CLinux.pace())
        pace.pointee.activity = UnsafePointer(activity.counter)
        pace.pointee.turn = nanoseconds(Self.turn)
        pace.pointee.rests = Self.rests
        pace.pointee.later_rests = Self.laterRests
        pace.pointee.later = clock_nanoseconds(CLOCK_MONOTONIC) + nanoseconds(Self.patience)
        let hasBegun = begin_pace(pace, nanoseconds(Self.headStart)) == 0
        withExtendedLifetime(activity, body)
        if hasBegun { end_pace(pace) }
    }
}
