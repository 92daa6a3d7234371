import Glibc
import Varlink

/// A connection to the daemon. Calls are answered in the order in which they were sent.
struct Daemon: ~Copyable {
    static let interface = "org.legalityd.Lookup"
    /// How long a daemon may be silent while it owes an answer, in milliseconds.
    static let patience: Int32 = 30_000
    /// After how long the user is told that there is something to wait for, in milliseconds.
    static let quietWait: Int32 = 500

    let descriptor: Int32
    /// Where it listens.
    let path: String
    private var input = ByteBuffer()

    /// Connects to the first of the paths at which a daemon listens.
    init(at candidates: [String]) throws(Failure) {
        var faults: [String] = []
        var isRefusedForNow = false
        for path in candidates {
            switch Self.connect(to: path) {
            case .success(let descriptor):
                self.descriptor = descriptor
                self.path = path
                return
            case .failure(let fault):
                faults.append("\(path) (\(fault.text))")
                isRefusedForNow = isRefusedForNow || fault.isTemporary
            }
        }
        let tried = faults.joined(separator: " and at ")
        if isRefusedForNow { throw Failure(.tryAgain, "the daemon takes no more connections for now at \(tried)") }
        throw Failure(
            .noDaemon,
            "no daemon answers at \(tried); start it with \"systemctl start legalityd\" or \"legalityd --socket PATH\"")
    }

    deinit { close(descriptor) }

    /// That it has been silent for longer than one waits.
    var silence: Failure {
        Failure(.tryAgain, "the daemon at \(path) has not answered for \(Self.patience / 1000) seconds")
    }

    private struct ConnectionFault: Error {
        var text: String
        var isTemporary = false
    }

    private static func connect(to path: String) -> Result<Int32, ConnectionFault> {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else {
            return .failure(
                ConnectionFault(text: "a socket's path has 1 to \(capacity - 1) bytes, this one has \(bytes.count)"))
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return .failure(ConnectionFault(text: SystemError.text(errno))) }
        // Does not wait: a daemon whose queue is full says so at once.
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard outcome == 0 else {
            let number = errno
            close(descriptor)
            return .failure(ConnectionFault(text: SystemError.text(number), isTemporary: number == EAGAIN))
        }
        return .success(descriptor)
    }

    /// Asks once and takes the answer's parameters.
    ///
    /// - Throws: the Varlink error's own message, or that the daemon went away.
    mutating func call(
        _ method: StaticString, _ parameters: (inout JSONWriter) -> Void = { _ in }
    ) throws(Failure) -> JSONValue {
        switch try reply(to: method, parameters) {
        case .success(let value): return value
        case .failure(let error): throw error.failure
        }
    }

    /// Asks once and takes the answer, error or not.
    mutating func reply(
        to method: StaticString, _ parameters: (inout JSONWriter) -> Void = { _ in }
    ) throws(Failure) -> Result<JSONValue, ReplyError> {
        try send(method, parameters: parameters)
        return try receive().outcome
    }

    /// Sends a call without waiting for its answer; `receive` takes the answers in order.
    mutating func send(
        _ method: StaticString, more: Bool = false, parameters: (inout JSONWriter) -> Void = { _ in }
    ) throws(Failure) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("method")
        writer.write(Self.interface + ".\(method)")
        writer.name("parameters")
        writer.object(parameters)
        if more { writer.member("more", true) }
        writer.endObject()
        writer.buffer.append(0)
        var rest = writer.bytes
        while !rest.isEmpty {
            let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno == EAGAIN {
                _ = try wait(for: POLLOUT, milliseconds: Self.patience)
            } else if errno != EINTR {
                // What it said before it closed is worth more than that it closed.
                return
            }
        }
    }

    /// The next answer. A wait that a person would notice is shown on their terminal.
    ///
    /// - Parameter isPatient: whether the daemon may take as long as it likes (a monitor).
    mutating func receive(isPatient: Bool = false) throws(Failure) -> Reply {
        var waited: Int32 = 0
        var spinner: Spinner?
        defer { spinner?.erase() }
        var searched = 0
        while true {
            let bytes = input.bytes
            if let end = Self.endOfFrame(in: bytes, from: searched) {
                let frame = Array(bytes[..<end])
                input.consume(end + 1)
                return try Reply(frame: frame)
            }
            searched = bytes.count
            if try fill() { continue }
            if isPatient {
                _ = try wait(for: POLLIN, milliseconds: -1)
                continue
            }
            let step = spinner == nil ? Self.quietWait : Spinner.interval
            guard try !wait(for: POLLIN, milliseconds: step) else { continue }
            waited += step
            if waited >= Self.patience {
                throw silence
            }
            if spinner == nil { spinner = Spinner() }
            spinner?.turn()
        }
    }

    static func endOfFrame(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let end = memchr(base + start, 0, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(end) - base
    }

    private mutating func fill() throws(Failure) -> Bool {
        var buffer = ByteBuffer()
        swap(&buffer, &input)
        defer { swap(&buffer, &input) }
        return try read(into: &buffer, atMost: 64 * 1024)
    }

    /// Reads what there is; false where there is nothing yet.
    func read(into buffer: inout ByteBuffer, atMost size: Int) throws(Failure) -> Bool {
        while true {
            let (count, number) = withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { chunk in
                let count = recv(descriptor, chunk.baseAddress, size, 0)
                if count > 0 {
                    buffer.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(chunk)[..<count]))
                }
                return (count, errno)
            }
            switch (count, number) {
            case (1..., _): return true
            case (0, _), (_, ECONNRESET), (_, EPIPE):
                throw Failure(.tryAgain, "the daemon at \(path) closed the connection before it answered")
            case (_, EAGAIN): return false
            case (_, EINTR): continue
            default:
                throw Failure(.internalFault, "cannot read from the daemon at \(path): \(SystemError.text(number))")
            }
        }
    }

    /// Whether the socket is ready within that time.
    private func wait(for events: Int32, milliseconds: Int32) throws(Failure) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return Glibc.poll(&poll, 1, milliseconds) > 0
    }
}
