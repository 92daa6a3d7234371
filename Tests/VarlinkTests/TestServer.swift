import CLinux
import Glibc
import Synchronization

@testable import Varlink

/// A real server on a real socket, in a thread of its own. ``stop()`` has to be called at the end.
final class TestServer: Sendable {
    /// What belongs to the server's thread.
    final class Inside {
        let handler: TestHandler
        let set: ConnectionSet

        init(handler: TestHandler, set: ConnectionSet) {
            self.handler = handler
            self.set = set
        }
    }

    let path: String
    private let directory: String
    private let wake: CInt
    private let orders = Mutex<[@Sendable (Inside) -> Void]>([])
    private let phase = Atomic(0)
    private static let stopping = 1
    private static let stopped = 2

    init(limits: ConnectionLimits = ConnectionLimits()) throws {
        directory = try temporaryDirectory()
        path = directory + "/socket"
        wake = eventfd(0, CInt(EFD_CLOEXEC))
        let listener = try UnixListener(path: path)
        // The listener only carries a descriptor to the thread and stays there.
        nonisolated(unsafe) let passed = listener
        startThread { [self] in run(listener: passed, limits: limits) }
    }

    private func run(listener: UnixListener, limits: ConnectionLimits) {
        let handler = TestHandler()
        guard let service = try? makeTestService(handler: handler),
            let set = try? ConnectionSet(
                service: service, limits: limits, refusal: .init(errorName: "org.example.Test.Refused")),
            (try? set.listen(on: listener.descriptor)) != nil
        else { return phase.store(Self.stopped, ordering: .releasing) }
        let inside = Inside(handler: handler, set: set)
        while phase.load(ordering: .acquiring) != Self.stopping {
            var polled = [
                pollfd(fd: set.epollDescriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            poll(&polled, 2, -1)
            if polled[1].revents != 0 {
                var value: UInt64 = 0
                read(wake, &value, 8)
                for order in orders.withLock({ list in exchange(&list, with: []) }) { order(inside) }
            }
            set.serve()
        }
        set.closeAll()
        listener.close()
        phase.store(Self.stopped, ordering: .releasing)
    }

    private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
        let old = place
        place = value
        return old
    }

    /// Runs something on the server's thread and waits for its result.
    func ask<Result: Sendable>(_ work: @escaping @Sendable (Inside) -> Result) -> Result {
        let answer = Box<Result>()
        orders.withLock { $0.append { inside in answer.value.withLock { $0 = work(inside) } } }
        var one: UInt64 = 1
        write(wake, &one, 8)
        while true {
            if let result = answer.value.withLock({ $0 }) { return result }
            usleep(200)
        }
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// Waits until something is true on the server's thread; false after ten seconds.
    func eventually(_ condition: @escaping @Sendable (Inside) -> Bool) -> Bool {
        VarlinkTests.eventually { ask(condition) }
    }

    func stop() {
        phase.store(Self.stopping, ordering: .releasing)
        var one: UInt64 = 1
        write(wake, &one, 8)
        while phase.load(ordering: .acquiring) != Self.stopped { usleep(200) }
        close(wake)
        rmdir(directory)
    }

    func connect() throws -> RawClient { try RawClient(path: path) }
}

/// Waits until something is true; false after ten seconds.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<10_000 {
        if condition() { return true }
        usleep(1000)
    }
    return condition()
}

/// A thread that has to be joined or left to itself.
struct StartedThread {
    private let thread: pthread_t

    init(_ work: @escaping @Sendable () -> Void) {
        final class Work: Sendable {
            let work: @Sendable () -> Void
            init(_ work: @escaping @Sendable () -> Void) { self.work = work }
        }
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().work() }
                return nil
            }, Unmanaged.passRetained(Work(work)).toOpaque())
        self.thread = thread
    }

    func join() { pthread_join(thread, nil) }
    func detach() { pthread_detach(thread) }
}

func startThread(_ work: @escaping @Sendable () -> Void) { StartedThread(work).detach() }

func temporaryDirectory() throws -> String {
    var template = Array("/tmp/varlink-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// A client that sends whatever it likes.
final class RawClient {
    private(set) var descriptor: CInt

    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let descriptor = descriptor
        guard UnixAddress.withAddress(path, { connect(descriptor, $0, $1) }) == 0 else { throw SystemError("connect") }
        // No test waits forever.
        var time = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Sends all of it, or as much as the server takes before it hangs up.
    func send(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + offset, bytes.count - offset, CInt(MSG_NOSIGNAL))
            }
            if sent <= 0 { return }
            offset += sent
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func endInput() { shutdown(descriptor, CInt(SHUT_WR)) }

    private var received: [UInt8] = []
    private(set) var isClosed = false

    /// The next frame, or nil when the server has closed.
    func receive() -> String? {
        while true {
            if let end = received.firstIndex(of: 0) {
                let frame = String(decoding: received[..<end], as: UTF8.self)
                received.removeFirst(end + 1)
                return frame
            }
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 {
                isClosed = count == 0 || errno == ECONNRESET
                return nil
            }
            received += buffer[..<count]
        }
    }

    /// Whether the server has closed the connection, with nothing more to read.
    func isClosedByServer() -> Bool { receive() == nil && isClosed }
}
