import CSystemd

/// Tells the service manager how the service is doing, as in `sd_notify(3)`.
///
/// Without a manager that listens (no `$NOTIFY_SOCKET`) every message does nothing and succeeds. The variable stays in
/// the environment, where the event loop's watchdog needs it: a program that starts others has to take it out of theirs.
public struct Notifier: Sendable {
    public init() {}

    /// The service is up, or back from a reload.
    public func ready(status: String? = nil) throws(SystemdError) {
        try send("READY=1", status: status)
    }

    /// The service has begun to reload. ``ready(status:)`` must follow, whatever the outcome.
    ///
    /// Sends the monotonic time too, by which a manager of `Type=notify-reload` tells this reload from an earlier one.
    public func reloading(status: String? = nil, now: MonotonicTime = .now) throws(SystemdError) {
        try send("RELOADING=1\nMONOTONIC_USEC=\(now.microseconds)", status: status)
    }

    /// The service has begun to stop.
    public func stopping(status: String? = nil) throws(SystemdError) {
        try send("STOPPING=1", status: status)
    }

    /// One line for people, shown by `systemctl status`. Control characters become spaces.
    public func status(_ text: String) throws(SystemdError) {
        try send(nil, status: text)
    }

    /// Starting, reloading or stopping takes longer: the manager waits at least `duration` from now. Repeat as needed.
    public func extendTimeout(by duration: Duration) throws(SystemdError) {
        try send("EXTEND_TIMEOUT_USEC=\(duration.timerMicroseconds)", status: nil)
    }

    /// Says with which error number the service fails, for `systemctl status`.
    public func failure(errno: Int32, status: String? = nil) throws(SystemdError) {
        try send("ERRNO=\(errno)", status: status)
    }

    /// Asks the manager to treat the service as one whose watchdog has run out, at once.
    public func triggerWatchdog(status: String? = nil) throws(SystemdError) {
        try send("WATCHDOG=trigger", status: status)
    }

    private func send(_ state: String?, status: String?) throws(SystemdError) {
        let message = [state, status.map { "STATUS=" + oneLine($0) }].compactMap { $0 }.joined(separator: "\n")
        try check("sd_notify", sd_notify(0, message))
    }

    /// A line break would start another assignment, and a NUL would end the message.
    private func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
