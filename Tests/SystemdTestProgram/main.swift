import Glibc
import Logging
import Systemd

// Does on a process of its own what one argument says, for SystemdTests to look at from outside.

func exec(_ arguments: [String]) -> Never {
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    execv(arguments[0], &pointers)
    print("cannot start \(arguments[0])")
    exit(127)
}

let program = "/proc/self/exe"
let arguments = CommandLine.arguments
do {
    switch arguments.dropFirst().first {
    case "notify":
        let notifier = Notifier()
        try notifier.ready(status: "serving\nREADY=0")
        try notifier.reloading(now: MonotonicTime(microseconds: 42))
        try notifier.extendTimeout(by: .milliseconds(2500))
        try notifier.status("half way")
        try notifier.failure(errno: ENOENT)
        try notifier.triggerWatchdog()
        try notifier.stopping(status: "bye")

    case "descriptors":
        var limit = rlimit(rlim_cur: 32, rlim_max: 32)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        for _ in 0..<1000 {
            let loop = try EventLoop()
            try loop.addClockChangeWatch { _ in }
            try loop.addClockChangeWatch { _ in }.cancel()
            try loop.add(try CrossThreadSignal()) { _ in }
            try loop.addSignal(SIGUSR1) { _, _ in }
            try loop.addTimer(after: .zero) { timer in timer.cancel() }
            try loop.runOnce(timeout: .zero)
        }
        print("1000 loops")

    case "watchdog":
        // Pings until SIGUSR1, then withholds them.
        let loop = try EventLoop()
        print("asked for: \(try loop.startWatchdog()), running: \(loop.isWatchdogRunning)")
        try loop.addSignal(SIGUSR1) { _, _ in
            try? loop.withholdWatchdog()
            try? Notifier().status("withheld: \(!loop.isWatchdogRunning)")
        }
        try loop.addSignal(SIGTERM) { _, _ in loop.exit(0) }
        try Notifier().ready()
        exit(try loop.run())

    case "sockets":
        // Stands in for the service manager: descriptors from 3 on are what this process was started with.
        setenv("LISTEN_PID", "\(getpid())", 1)
        exec([program, "take-sockets"])

    case "take-sockets":
        for socket in try PassedSockets.take() {
            let descriptor = socket.descriptor
            let closesOnExec = fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0
            let nonBlocking = fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0
            print("\(descriptor) \(socket.name) closes-on-exec=\(closesOnExec) non-blocking=\(nonBlocking)")
        }
        print("again: \(try PassedSockets.take().count), announced: \(getenv("LISTEN_FDS") != nil)")

    case "log":
        LoggingSystem.bootstrap { label in JournalLogHandler(identifier: label) }
        let logger = Logger(label: "legalityd")
        logger.info("loaded", metadata: ["table-version": "2026.11.21", "message-id": "\(MessageID.reloaded)"])
        logger.warning("two\nlines", metadata: ["file": "us/al.yaml"])
        logger.debug("not shown")

    case "log-to-journal":
        // Makes standard error look like the journal's stream, by which the handler decides.
        var status = stat()
        fstat(STDERR_FILENO, &status)
        setenv("JOURNAL_STREAM", "\(status.st_dev):\(status.st_ino)", 1)
        exec([program, "log"])

    default:
        print("unknown: \(arguments)")
        exit(64)
    }
} catch {
    print("\(error)")
    exit(1)
}
