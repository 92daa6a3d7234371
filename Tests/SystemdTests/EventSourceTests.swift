import Glibc
import Testing

@testable import Systemd

@Suite struct `An event source` {
    /// Counted by its captures: alive as long as a handler that holds it is.
    private final class Token {}

    @Test func `outlives the value that stands for it`() throws {
        let loop = try EventLoop()
        var fired = false
        _ = try loop.addTimer(after: .zero) { _ in fired = true }
        try run(loop) { fired }
    }

    @Test func `is gone with its handler after it was cancelled`() throws {
        let loop = try EventLoop()
        weak var captured: Token?
        let source: EventSource
        do {
            let token = Token()
            captured = token
            source = try loop.addDefer { _ in withExtendedLifetime(token) {} }
        }
        #expect(captured != nil && source.isInstalled)
        source.cancel()
        #expect(captured == nil && !source.isInstalled)
        source.cancel()
        #expect(try loop.runOnce(timeout: .zero) == false)
    }

    @Test func `may be cancelled by its own handler, which finishes before it is released`() throws {
        let loop = try EventLoop()
        let pipe = try Pipe()
        weak var captured: Token?
        var calls = 0
        var aliveAfterCancel = false
        do {
            let token = Token()
            captured = token
            try loop.addIO(pipe.reading, .readable) { source, _ in
                calls += 1
                source.cancel()
                aliveAfterCancel = captured != nil
                withExtendedLifetime(token) {}
            }
        }
        pipe.send("x")
        try run(loop) { calls == 1 }
        #expect(aliveAfterCancel)
        #expect(captured == nil)
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(calls == 1)
        // The descriptor is free again.
        try loop.addIO(pipe.reading, .readable) { _, _ in }
    }

    @Test func `may be cancelled by another's handler while it is ready itself`() throws {
        let loop = try EventLoop()
        var order: [String] = []
        let victim = try loop.addDefer(priority: .idle) { _ in order.append("victim") }
        try loop.addDefer(priority: .important) { _ in
            order.append("first")
            victim.cancel()
        }
        while try loop.runOnce(timeout: .milliseconds(20)) {}
        #expect(order == ["first"])
    }

    @Test func `goes with its loop, and does nothing from then on`() throws {
        weak var captured: Token?
        var loop: EventLoop? = try EventLoop()
        let timer: TimerSource
        do {
            let token = Token()
            captured = token
            timer = try #require(try loop?.addTimer(after: .seconds(60)) { _ in withExtendedLifetime(token) {} })
        }
        #expect(captured != nil)
        loop = nil
        #expect(captured == nil && !timer.isInstalled)
        timer.rearm(after: .zero)
        timer.disarm()
        timer.cancel()
    }

    @Test func `leaves no descriptor open when it goes`() throws {
        // On its own process, with room for few descriptors and a thousand loops to make and drop.
        let program = try TestProgram("descriptors")
        #expect(program.readOutput() == "1000 loops\n")
        #expect(program.wait() == 0)
    }
}
