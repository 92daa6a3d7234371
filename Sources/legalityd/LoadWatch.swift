import Systemd

/// Watches over the reading of a table: asks the service manager for more time while it may go on, and takes it for
/// stuck when it has gone on for too long. Then the watchdog is fed no more, so that the manager starts a new daemon.
final class LoadWatch {
    private let loop: EventLoop
    private let log: DaemonLog
    private let limit: Duration
    private let notifier = Notifier()
    private var timer: TimerSource?
    private var begin = MonotonicTime.now
    private var isStuck = false

    /// More than twice of this is asked for each time, so that one late round does no harm.
    private static let round = Duration.seconds(5)

    /// - Parameter limit: how long a reading may take.
    init(loop: EventLoop, log: DaemonLog, limit: Duration) {
        self.loop = loop
        self.log = log
        self.limit = limit
    }

    /// A reading has begun.
    func begin(now: MonotonicTime = .now) throws(SystemdError) {
        begin = now
        // At once, as a manager with little patience may not wait for the first round.
        try notifier.extendTimeout(by: Self.round * 3)
        let round = min(Self.round, limit)
        timer?.cancel()
        timer = try loop.addTimer(after: round, priority: .important) { [unowned self] timer in
            look()
            if !isStuck { timer.rearm(after: round) }
        }
    }

    /// It has ended.
    func end() throws(SystemdError) {
        timer?.cancel()
        timer = nil
        guard isStuck else { return }
        isStuck = false
        log.loadEndedAfterAll()
        try loop.startWatchdog()
    }

    private func look() {
        do {
            if MonotonicTime.now < begin + limit {
                try notifier.extendTimeout(by: Self.round * 3)
            } else {
                isStuck = true
                log.loadIsStuck(after: limit)
                try notifier.status("STUCK: reading the table does not end; the watchdog will restart the service.")
                try loop.withholdWatchdog()
            }
        } catch {
            log.failed("\(error)")
        }
    }
}
