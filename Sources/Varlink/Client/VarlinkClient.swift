import CLinux
import Glibc

/// A blocking client on one connection.
///
/// Calls are collected with ``send(_:more:oneway:parameters:)`` and go out with the next receive, so that many of them
/// travel together; replies come in the order of the calls. While calls go out, replies are taken in: neither side can
/// wait for the other forever.
public struct VarlinkClient: ~Copyable {
    /// The socket, to wait on it together with other descriptors; what is sent and received goes through the methods.
    public let descriptor: CInt
    /// How long each wait may last, in milliseconds; nil waits as long as it takes.
    public var timeout: Int?
    private var output = JSONWriter()
    private var input = ByteBuffer()
    /// The length of the frame that was received last and is still lent out, with its NUL byte.
    private var lentCount = 0
    private var scannedCount = 0
    private var inputHasEnded = false
    private var document = JSONDocument()

    /// A reply that is larger ends the connection.
    public static let maximumReplySize = 1 << 30

    /// Connects to a server.
    ///
    /// - Parameter timeout: how long each wait may last, in milliseconds.
    public init(path: String, timeout: Int? = nil) throws(ClientError) {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(SystemError("socket")) }
        if let timeout {
            // Bounds the wait for a place in the server's queue.
            var time = timeval(tv_sec: timeout / 1000, tv_usec: timeout % 1000 * 1000)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        var connected: CInt?
        repeat {
            connected = UnixAddress.withAddress(path) { connect(descriptor, $0, $1) }
        } while connected == -1 && errno == EINTR
        guard connected == 0 else {
            let error = SystemError("connect", subject: path)
            close(descriptor)
            if connected == nil { throw .unusablePath(path) }
            if error.errorNumber == EAGAIN { throw .timedOut }
            throw .unreachable(error)
        }
        self.descriptor = descriptor
        self.timeout = timeout
    }

    /// Takes over a connected socket.
    public init(adopting descriptor: CInt, timeout: Int? = nil) {
        self.descriptor = descriptor
        self.timeout = timeout
    }

    deinit { close(descriptor) }

    // MARK: One call

    /// Calls a method and waits for its reply.
    ///
    /// - Throws: ``ClientError/refused(_:)`` if the reply is an error.
    public mutating func call(
        _ method: String, _ parameters: JSONObject = JSONObject()
    ) throws(ClientError) -> JSONObject {
        send(method, parameters: parameters)
        let reply = try receive()
        if let error = reply.error { throw .refused(error) }
        return reply.parameters
    }

    // MARK: Many calls

    /// Adds a call to those that go out next; `parameters` writes the members of its parameters.
    public mutating func send(
        _ method: String, more: Bool = false, oneway: Bool = false, parameters: (inout JSONWriter) -> Void
    ) {
        output.needsComma = false
        output.beginObject()
        output.member("method", method)
        if more { output.member("more", true) }
        if oneway { output.member("oneway", true) }
        output.name("parameters")
        output.object(parameters)
        output.endObject()
        output.buffer.append(UInt8(0))
    }

    /// Adds a call to those that go out next.
    public mutating func send(
        _ method: String, more: Bool = false, oneway: Bool = false, parameters: JSONObject = JSONObject()
    ) {
        send(method, more: more, oneway: oneway) { json in
            for member in parameters {
                json.name(member.key)
                json.write(member.value)
            }
        }
    }

    /// Adds bytes to what goes out next, as they stand.
    public mutating func send(rawBytes bytes: UnsafeRawBufferPointer) {
        output.buffer.append(bytes)
    }

    /// Sends what was added. Needed only where no receive follows.
    public mutating func flush() throws(ClientError) {
        while !output.buffer.isEmpty { try exchange(needsInput: false) }
    }

    /// Waits for the next reply.
    public mutating func receive() throws(ClientError) -> VarlinkReply {
        let reply = try receive { (view, _) in VarlinkReply(view) }
        guard let reply else { throw .malformedReply("not a reply object") }
        return reply
    }

    /// Waits for the next reply and reads it in place: `body` gets it parsed, and as the bytes that came (without the
    /// NUL byte). Both are valid only within `body`.
    public mutating func receive<Result>(
        _ body: (JSONView, UnsafeRawBufferPointer) -> Result
    ) throws(ClientError) -> Result {
        let frame = try receiveFrame()
        do throws(JSONError) {
            try document.parse(frame)
        } catch {
            throw .malformedReply(error.description)
        }
        return body(document.root, frame)
    }

    /// Waits for the next frame: the bytes as they came, without the NUL byte, valid until the next use of the client.
    public mutating func receiveFrame() throws(ClientError) -> UnsafeRawBufferPointer {
        input.consume(lentCount)
        lentCount = 0
        scannedCount = min(scannedCount, input.count)
        while true {
            let bytes = input.bytes
            if let base = bytes.baseAddress, scannedCount < bytes.count,
                let end = memchr(base + scannedCount, 0, bytes.count - scannedCount)
            {
                let length = UnsafeRawPointer(end) - base
                lentCount = length + 1
                scannedCount = 0
                try trySend()
                return UnsafeRawBufferPointer(rebasing: input.bytes[..<length])
            }
            scannedCount = bytes.count
            guard bytes.count <= Self.maximumReplySize else { throw .malformedReply("larger than a gigabyte") }
            if inputHasEnded { throw .disconnected }
            try exchange(needsInput: true)
        }
    }

    /// Sends as much as the socket takes at once.
    private mutating func trySend() throws(ClientError) {
        let bytes = output.buffer.bytes
        guard bytes.count > 0 else { return }
        let sent = Glibc.send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
        if sent > 0 {
            output.buffer.consume(sent)
        } else if errno == EPIPE || errno == ECONNRESET {
            // The server may have said why before it went away.
            output.removeAll()
        } else if errno != EAGAIN, errno != EINTR {
            throw .system(SystemError("send"))
        }
    }

    /// Sends what there is to send, and takes what has come; waits until one of both is possible.
    private mutating func exchange(needsInput: Bool) throws(ClientError) {
        try trySend()
        if !needsInput, output.buffer.isEmpty { return }
        let waitsForBoth = !output.buffer.isEmpty
        if waitsForBoth || timeout != nil {
            var poll = pollfd(
                fd: descriptor, events: Int16(POLLIN) | (waitsForBoth ? Int16(POLLOUT) : 0), revents: 0)
            let ready = Glibc.poll(&poll, 1, CInt(timeout ?? -1))
            if ready == 0 { throw .timedOut }
            if ready < 0 {
                if errno == EINTR { return }
                throw .system(SystemError("poll"))
            }
            if poll.revents & ~Int16(POLLOUT) == 0 { return }
        }
        input.reserve(16 * 1024)
        guard let base = input.base else { return }
        let received = recv(descriptor, base + input.end, input.capacity - input.end, 0)
        if received > 0 {
            input.end += received
        } else if received == 0 || errno == ECONNRESET {
            inputHasEnded = true
            output.removeAll()
        } else if errno != EINTR, errno != EAGAIN {
            throw .system(SystemError("recv"))
        }
    }
}
