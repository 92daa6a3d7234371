import Glibc
import Legality
import Logging
import LookupService
import Systemd
import TableFiles
import Varlink

/// The running daemon: one thread, one event loop, and what hangs on it.
final class Daemon {
    private let configuration: DaemonConfiguration
    private let log: DaemonLog
    private let loop: EventLoop
    private let notifier = Notifier()
    private let connections: ConnectionSet
    private let service: LookupService
    private let listeners: ListeningSockets
    private let loading: TableLoading
    private let activity = ServiceActivity()
    private let loadWatch: LoadWatch
    private var idleTimer: TimerSource?
    private var calendarTimer: TimerSource?
    private var clockWatch: ClockChangeWatch?
    private var state: State = .serving
    private var reportedZones: Set<String> = []
    private var reportedRefusals = 0
    private var nextRefusalReport = 0

    private enum State {
        case serving
        case reloading
        /// Answers what has arrived and then ends.
        case draining
    }

    /// What `Reload`, signals and the end of a reading do to a daemon that is made only after them.
    private final class Relay {
        weak var daemon: Daemon?
        /// How the first reading ended.
        var first: TableLoading.Outcome?
        /// Whether the daemon was asked to end before there was one.
        var isStopped = false

        func finish(_ outcome: TableLoading.Outcome) {
            if let daemon { daemon.finishReload(outcome) } else { first = outcome }
        }

        func stop(because reason: String) {
            if let daemon { daemon.drain(because: reason) } else { isStopped = true }
        }
    }

    /// Ends a start that was overtaken by the request to stop.
    private struct StoppedBeforeStart: Error {}

    // MARK: Start

    /// Runs a daemon to its end and gives the exit status: 0 ended by request, 70 internal, 78 not usable as configured.
    static func run(_ configuration: DaemonConfiguration) -> Int32 {
        let log = DaemonLog(level: configuration.logLevel)
        do {
            let daemon = try Daemon(configuration, log: log)
            return try daemon.serve()
        } catch is StoppedBeforeStart {
            log.stoppedBeforeStart()
            return 0
        } catch let error as ConfigurationError {
            log.cannotStart(error.description)
            // For "systemctl status"; without a manager it goes nowhere.
            try? Notifier().status("Cannot start: \(error)")
            return 78
        } catch {
            log.failed("\(error)")
            return 70
        }
    }

    private init(_ configuration: DaemonConfiguration, log: DaemonLog) throws {
        self.configuration = configuration
        self.log = log
        Daemon.occupyStandardDescriptors()
        // Before any other thread: they inherit it.
        try EventLoop.blockSignals([SIGHUP, SIGTERM, SIGINT])
        signal(SIGPIPE, SIG_IGN)
        loop = try EventLoop()

        let relay = Relay()
        for (number, name) in [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")] {
            try loop.addSignal(number) { _, _ in relay.stop(because: "of \(name)") }
        }
        let reader = TableReader(
            directory: configuration.directory, limits: configuration.limits.table,
            signatureCheck: configuration.allowedSigners.map { SignatureCheck(allowedSigners: $0) })
        loading = try TableLoading(reader: reader, activity: activity, loop: loop) { relay.finish($0) }
        loadWatch = LoadWatch(loop: loop, log: log, limit: .seconds(configuration.limits.maxLoadTime))
        try loadWatch.begin()
        try loading.begin(comparingWith: nil, rehearsal: nil, givingWay: false)
        while relay.first == nil, !relay.isStopped { try loop.runOnce() }
        // Taken out: the first table must not outlive its replacement.
        guard let first = relay.first.take() else { throw StoppedBeforeStart() }
        try loadWatch.end()
        let table = try Daemon.firstTable(first, directory: configuration.directory, log: log)
        service = try LookupService(
            table: table, directory: configuration.directory, clock: Daemon.clock(), daemonVersion: daemonVersion,
            userID: geteuid(), placesPerCall: configuration.limits.maxPlaces,
            requests: .init(
                reload: { relay.daemon?.beginReload(because: "it was asked for on the socket") },
                setLogLevel: { log.setSyslogLevel($0) }))
        connections = try ConnectionSet(
            service: service.varlink, limits: configuration.limits.connections,
            refusal: .init(errorName: LookupService.busyError))
        listeners = try ListeningSockets(option: configuration.socket)
        relay.daemon = self
        if relay.isStopped { throw StoppedBeforeStart() }
    }

    private static func firstTable(
        _ outcome: TableLoading.Outcome, directory: String, log: DaemonLog
    ) throws -> Table {
        switch outcome {
        case .accepted(let rehearsed, let warnings, _):
            log.tableWarnings(warnings)
            return rehearsed.table
        case .refused(let faults):
            let real = faults.filter { $0.severity == .fault }
            // What is wrong with the directory itself has no place in a file.
            let first = real.first.map { $0.file == "." ? $0.message : $0.description }
            throw ConfigurationError.unusableTable(
                directory: directory, fault: first ?? "no reason given", count: real.count)
        }
    }

    /// Without it a connection could become the standard error, and a line of the log be sent to a client.
    private static func occupyStandardDescriptors() {
        var descriptor: CInt = -1
        repeat { descriptor = open("/dev/null", O_RDWR) } while (0...STDERR_FILENO).contains(descriptor)
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    private static func clock() -> ZoneClock {
        #if DEBUG
            if let clock = TestClock.fromEnvironment() { return ZoneClock(reading: clock.read) }
        #endif
        return ZoneClock()
    }

    private func serve() throws -> Int32 {
        for descriptor in listeners.descriptors { try connections.listen(on: descriptor) }
        try loop.addIO(connections.epollDescriptor, .readable) { [unowned self] _, _ in
            activity.during { connections.serve() }
            if connections.statistics.refused != reportedRefusals { reportRefusals() }
            if connections.count == 0 { noteIdle() }
        }
        try loop.addSignal(SIGHUP) { [unowned self] _, _ in beginReload(because: "of SIGHUP") }
        try watchCalendar()
        try watchIdleness()
        #if DEBUG
            try installTestHook()
        #endif
        try loop.startWatchdog()
        // Whoever waits for an answer waits for this thread: on a busy machine its turn is to come soon rather than be long.
        TimeSlice.request(.microseconds(100))
        try notifier.ready(status: statusText())
        log.started(service.state, socket: listeners.description)
        reportMissingZones()
        let code = try loop.run()
        listeners.close()
        return code
    }

    // MARK: Reload

    private func beginReload(because reason: String) {
        if case .draining = state { return }
        restoreSocket()
        do {
            if case .serving = state {
                state = .reloading
                log.reloading(reason)
                try notifier.reloading(status: "Reading the table anew. " + statusText())
            }
            try beginReading()
        } catch {
            // Not at once: whoever asks on the socket waits only when this returns.
            let fault = Fault(file: ".", message: "\(error)")
            do {
                try loop.addDefer { [unowned self] _ in finishReload(.refused([fault])) }
            } catch {
                log.failed("\(error)")
            }
        }
    }

    private func beginReading() throws {
        if !loading.isReading {
            service.readingBegins()
            try loadWatch.begin()
        }
        try loading.begin(
            comparingWith: service.isMonitored ? service.state.table : nil, rehearsal: service.rehearsal)
    }

    private func finishReload(_ outcome: TableLoading.Outcome) {
        do {
            try loadWatch.end()
        } catch {
            log.failed("\(error)")
        }
        switch outcome {
        case .accepted(let rehearsed, let warnings, let changes):
            var old: Table? = service.state.table
            service.replaceTable(with: rehearsed, changes: changes, on: connections)
            log.tableWarnings(warnings)
            if let old { log.reloaded(from: old, to: service.state) }
            reportMissingZones()
            loading.discard(&old, replacedBy: rehearsed)
        case .refused(let faults):
            let real = faults.filter { $0.severity == .fault }
            service.refuseTable(
                fault: real.first?.description ?? "no reason given", count: real.count, on: connections)
            log.reloadRefused(real, keeping: service.state.table)
        }
        if case .reloading = state { state = .serving }
        if case .draining = state { return }
        do {
            try notifier.ready(status: statusText())
        } catch {
            log.failed("\(error)")
        }
        // What was asked for in the middle of a reading may have changed what was read already.
        if loading.takeAskedAgain() { beginReload(because: "it was asked for while it was being read") }
    }

    /// One line for `systemctl status`: the table, its size, how the last reload went.
    private func statusText() -> String {
        let table = service.state.table
        let content =
            "Table \(table.version) (\(table.digest.prefix(12))), \(table.jurisdictions.count) jurisdictions, \(table.ruleCount) rules."
        switch service.state.lastReload {
        case .none: return content
        case .loaded: return content + " Last reload: loaded."
        case .refused(_, let fault, let count):
            return content
                + " LAST RELOAD REFUSED, the old table goes on (\(count) fault\(count == 1 ? "" : "s")): \(fault)"
        }
    }

    // MARK: Time

    /// Midnights are on whole quarters of an hour everywhere; a clock that is set is a reason to look too.
    private func watchCalendar() throws {
        #if DEBUG
            try TestClock.fromEnvironment()?.watch(in: loop) { [unowned self] in passTime() }
        #endif
        calendarTimer = try loop.addTimer(after: untilNextQuarter(), accuracy: .seconds(1)) { [unowned self] timer in
            passTime()
            timer.rearm(after: untilNextQuarter())
        }
        clockWatch = try loop.addClockChangeWatch { [unowned self] _ in
            passTime()
            calendarTimer?.rearm(after: untilNextQuarter())
        }
    }

    private func passTime() {
        for line in service.passTime(on: connections) { log.lawChanged(line) }
        reportMissingZones()
        restoreSocket()
    }

    private func untilNextQuarter() -> Duration {
        .seconds(max(1, service.clock.validity.upperBound - service.clock.now))
    }

    // MARK: What somebody should know

    private func reportMissingZones() {
        let zones = service.clock.missingZones.subtracting(reportedZones)
        guard !zones.isEmpty else { return }
        reportedZones.formUnion(zones)
        log.missingTimeZones(zones.sorted())
    }

    /// Once a minute at most: whoever is refused must not fill the log as well.
    private func reportRefusals() {
        let now = MonotonicClock.now()
        guard now >= nextRefusalReport else { return }
        nextRefusalReport = now + 60_000
        log.refused(connections.statistics.refused - reportedRefusals)
        reportedRefusals = connections.statistics.refused
    }

    /// A socket whose file somebody removed is made again; looked after at each reload and each quarter of an hour.
    private func restoreSocket() {
        if case .draining = state { return }
        do {
            guard try listeners.restoreIfGone() else { return }
            connections.stopListening()
            listeners.closeReplaced()
            for descriptor in listeners.descriptors { try connections.listen(on: descriptor) }
            log.socketRestored(listeners.description)
        } catch {
            log.socketLost("\(error)")
        }
    }

    // MARK: End

    /// The last client has gone.
    private func noteIdle() {
        if case .draining = state {
            loop.exit(0)
        } else if let idleTimer, let seconds = configuration.idleExit {
            idleTimer.rearm(after: .seconds(seconds))
        }
    }

    /// Only where the manager starts the daemon again: else nobody would be there for the next client.
    private func watchIdleness() throws {
        guard let seconds = configuration.idleExit, listeners.arePassed else { return }
        idleTimer = try loop.addTimer(after: .seconds(seconds), accuracy: .seconds(1)) { [unowned self] timer in
            // With a client there, its going is waited for; a reading that goes on is not broken off.
            guard connections.count == 0 else { return }
            if case .reloading = state { return timer.rearm(after: .seconds(seconds)) }
            drain(because: "nobody has asked for \(seconds) seconds")
        }
    }

    private func drain(because reason: String) {
        if case .draining = state { return }
        state = .draining
        log.stopping(service.state.table, because: reason)
        do {
            try notifier.stopping(status: "Answering what was asked, then stopping.")
            // A client that does not read its replies must not hold up the end.
            try loop.addTimer(after: .milliseconds(700)) { [unowned self] _ in
                connections.closeAll()
                loop.exit(0)
            }
        } catch {
            log.failed("\(error)")
        }
        connections.stopListening()
        listeners.close()
        connections.drain()
        if connections.count == 0 { loop.exit(0) }
    }

    #if DEBUG
        private func installTestHook() throws {
            guard let hook = TestHook.current else { return }
            try loop.addSignal(SIGUSR1) { [unowned self] _, _ in
                switch hook {
                case .hangLoop: while true { pause() }
                case .slowTable: break
                case .hangTable:
                    TestHook.sticksReading()
                    beginReload(because: "of SIGUSR1")
                }
            }
        }
    #endif
}
