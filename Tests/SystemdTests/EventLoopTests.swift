import Glibc
import Synchronization
import Testing

@testable import Systemd

@Suite struct `The event loop` {
    @Test func `fires timers in the order of their times, not of their making`() throws {
        let loop = try EventLoop()
        var order: [String] = []
        let start = MonotonicTime.now
        try loop.addTimer(at: start + .milliseconds(30), accuracy: .zero) { _ in order.append("third") }
        try loop.addTimer(at: start + .milliseconds(10), accuracy: .zero) { _ in order.append("first") }
        try loop.addTimer(at: start + .milliseconds(20), accuracy: .zero) { _ in order.append("second") }
        try run(loop) { order.count == 3 }
        #expect(order == ["first", "second", "third"])
        #expect(MonotonicTime.now >= start + .milliseconds(30))
    }

    @Test func `fires a timer once for each time that it is armed`() throws {
        let loop = try EventLoop()
        var count = 0
        let timer = try loop.addTimer(after: .zero) { timer in
            count += 1
            if count < 3 { timer.rearm(after: .milliseconds(1)) }
        }
        try run(loop) { count == 3 }
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(count == 3)
        timer.rearm(after: .zero)
        timer.disarm()
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(count == 3)
        timer.rearm(after: .zero)
        try run(loop) { count == 4 }
    }

    @Test func `fires a wall-clock timer whose time has passed, and not one of the far future`() throws {
        let loop = try EventLoop()
        var fired: [String] = []
        try loop.addWallTimer(at: WallTime(secondsSince1970: 0)) { _ in fired.append("past") }
        try loop.addWallTimer(at: WallTime(secondsSince1970: .max)) { _ in fired.append("end of time") }
        let armed = try loop.addWallTimer(at: WallTime(secondsSince1970: .max)) { _ in fired.append("re-armed") }
        armed.rearm(at: .now)
        try run(loop) { fired.count == 2 }
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(fired.sorted() == ["past", "re-armed"])
    }

    @Test func `watches for changes of the wall clock without an event of its own`() throws {
        let loop = try EventLoop()
        var changes = 0
        let watch = try loop.addClockChangeWatch { _ in changes += 1 }
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(changes == 0)
        watch.cancel()
    }

    @Test func `delivers a signal as an event, with its sender`() throws {
        let loop = try EventLoop()
        var received: [Signal] = []
        try loop.addSignal(SIGUSR2) { _, signal in received.append(signal) }
        // To this thread, as other threads of the test process have not blocked it.
        pthread_kill(pthread_self(), SIGUSR2)
        #expect(received.isEmpty, "nothing runs before the loop does")
        try run(loop) { !received.isEmpty }
        #expect(received.map(\.number) == [SIGUSR2])
        #expect(received.first?.sender == getpid())
        #expect(received.first?.senderUser == getuid())
    }

    @Test func `reports a descriptor as long as it is ready, and not while it is disabled`() throws {
        let loop = try EventLoop()
        let pipe = try Pipe()
        var texts: [String] = []
        let source = try loop.addIO(pipe.reading, .readable) { _, events in
            if events.contains(.readable) { texts.append(pipe.receive()) }
        }
        pipe.send("one")
        try run(loop) { texts == ["one"] }
        try source.setEnabled(false)
        pipe.send("two")
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(texts == ["one"])
        try source.setEnabled(true)
        try run(loop) { texts == ["one", "two"] }
    }

    @Test func `reports a hang-up without being asked`() throws {
        let loop = try EventLoop()
        let pipe = try Pipe()
        var seen: IOEvents = []
        try loop.addIO(pipe.reading, .readable) { source, events in
            seen.formUnion(events)
            source.cancel()
        }
        pipe.closeWriting()
        try run(loop) { seen.contains(.hangUp) }
    }

    @Test func `says which call failed, and why`() throws {
        let loop = try EventLoop()
        let error = #expect(throws: SystemdError.self) { try loop.addIO(-1, .readable) { _, _ in } }
        #expect(error == SystemdError(call: "sd_event_add_io", errno: EBADF))
        #expect(error?.description == "sd_event_add_io: Bad file descriptor")
    }

    @Test func `runs the more important of two ready sources first`() throws {
        let loop = try EventLoop()
        var order: [String] = []
        try loop.addDefer(priority: .idle) { _ in order.append("idle") }
        try loop.addDefer(priority: .normal) { _ in order.append("normal") }
        try loop.addDefer(priority: .important) { _ in order.append("important") }
        try run(loop) { order.count == 3 }
        #expect(order == ["important", "normal", "idle"])
    }

    @Test func `runs post handlers after others, exit handlers at the end, and returns the exit code`() throws {
        let loop = try EventLoop()
        var order: [String] = []
        try loop.addExit { _ in order.append("exit") }
        try loop.addPost { _ in
            order.append("post")
            loop.exit(7)
        }
        try loop.addDefer { _ in order.append("defer") }
        #expect(!loop.isExiting)
        #expect(try loop.run() == 7)
        #expect(loop.isExiting)
        #expect(order == ["defer", "post", "exit"])
    }

    @Test func `takes an exit code that would read as an error as 255`() throws {
        let loop = try EventLoop()
        try loop.addDefer { _ in loop.exit(-3) }
        #expect(try loop.run() == 255)
    }

    @Test func `hears any number of rings from other threads as one`() throws {
        let loop = try EventLoop()
        let signal = try CrossThreadSignal()
        let handedOver = Mutex<[Int]>([])
        var heard: [[Int]] = []
        try loop.add(signal) { _ in heard.append(handedOver.withLock { $0 }) }
        let worker = SendableBox(signal: signal)
        let thread = try BackgroundThread(name: "a name that is too long for the kernel") {
            for number in 1...100 {
                worker.numbers.withLock { $0.append(number) }
                worker.signal.ring()
            }
        }
        thread.join()
        thread.join()
        handedOver.withLock { $0 = worker.numbers.withLock { $0 } }
        try run(loop) { !heard.isEmpty }
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(heard == [Array(1...100)])
        #expect(!signal.acknowledge())
    }

    @Test func `leaves signals to the loop's thread while another thread runs`() throws {
        let box = SendableBox(signal: try CrossThreadSignal())
        let thread = try BackgroundThread(name: "masked") {
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            box.numbers.withLock { $0 = [SIGTERM, SIGHUP, SIGINT, SIGCHLD].map { Int(sigismember(&mask, $0)) } }
        }
        thread.join()
        #expect(box.numbers.withLock { $0 } == [1, 1, 1, 1])
    }

    @Test func `asks for short turns on a processor without losing its priority`() throws {
        let box = SendableBox(signal: try CrossThreadSignal())
        let thread = try BackgroundThread(name: "short") {
            setpriority(__priority_which_t(0), 0, 7)
            let wasTaken = TimeSlice.request(.microseconds(100))
            box.numbers.withLock { $0 = [wasTaken ? 1 : 0, Int(getpriority(__priority_which_t(0), 0))] }
        }
        thread.join()
        #expect(box.numbers.withLock { $0 } == [1, 7])
    }
}

/// What a test's other thread fills.
private final class SendableBox: Sendable {
    let signal: CrossThreadSignal
    let numbers = Mutex<[Int]>([])

    init(signal: CrossThreadSignal) {
        self.signal = signal
    }
}
