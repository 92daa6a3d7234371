import CSystemd

/// Something that an ``EventLoop`` waits for, with the handler that it calls then.
///
/// On a source that is cancelled, or whose loop is gone, every operation does nothing.
public class EventSource {
    /// The C source, which the loop owns; nil once it is gone.
    var handle: OpaquePointer?

    init() {}

    /// Whether the source still belongs to a loop.
    public var isInstalled: Bool {
        handle != nil
    }

    /// Removes the source from its loop: its handler is not called again, and is released (after it has returned, if
    /// this is called from inside it).
    public func cancel() {
        guard let handle else { return }
        self.handle = nil
        sd_event_source_set_enabled(handle, Int32(SD_EVENT_OFF))
        // The floating reference is the only one there is: this gives it up.
        sd_event_source_set_floating(handle, 0)
    }

    /// A word for the source in sd-event's own messages.
    public func describe(as text: String) {
        guard let handle else { return }
        sd_event_source_set_description(handle, text)
    }
}

/// A source for a file descriptor.
public final class IOSource: EventSource {
    /// Watches for other events than before. Throws if the kernel refuses.
    public func setEvents(_ events: IOEvents) throws(SystemdError) {
        guard let handle else { return }
        try check("sd_event_source_set_io_events", sd_event_source_set_io_events(handle, events.rawValue))
    }

    /// Stops watching the descriptor (not even for errors), or watches it again. Throws if the kernel refuses.
    public func setEnabled(_ enabled: Bool) throws(SystemdError) {
        guard let handle else { return }
        try check(
            "sd_event_source_set_enabled",
            sd_event_source_set_enabled(handle, Int32(enabled ? SD_EVENT_ON : SD_EVENT_OFF)))
    }
}

/// A timer on the monotonic clock. It fires once for each time that it is armed.
public final class TimerSource: EventSource {
    /// Fires once more, `delay` after now, whether or not it has fired before.
    public func rearm(after delay: Duration) {
        rearm(at: .now + delay)
    }

    /// Fires once more at `time`, whether or not it has fired before.
    public func rearm(at time: MonotonicTime) {
        armTimer(at: time.microseconds)
    }

    /// Does not fire until it is armed again.
    public func disarm() {
        disarmTimer()
    }
}

/// A timer on the wall clock. It fires once for each time that it is armed.
public final class WallTimerSource: EventSource {
    /// Fires once more at `time`, whether or not it has fired before.
    public func rearm(at time: WallTime) {
        armTimer(at: UInt64(max(0, time.microseconds)))
    }

    /// Does not fire until it is armed again.
    public func disarm() {
        disarmTimer()
    }
}

extension EventSource {
    // Neither call fails on a timer of a living loop.
    fileprivate func armTimer(at microseconds: UInt64) {
        guard let handle else { return }
        sd_event_source_set_time(handle, min(microseconds, .max - 1))
        sd_event_source_set_enabled(handle, Int32(SD_EVENT_ONESHOT))
    }

    fileprivate func disarmTimer() {
        guard let handle else { return }
        sd_event_source_set_enabled(handle, Int32(SD_EVENT_OFF))
    }
}
