import Glibc
import Varlink

/// Asks the same about many places over one connection: questions go out while answers come in, and answers are
/// given in the order of the places.
struct Conversation: ~Copyable {
    /// Questions that may wait for their answer at a time.
    private static let window = 4096
    /// Bytes of questions that may wait to be sent.
    private static let outgoingLimit = 128 * 1024
    /// Of a longer name only the beginning is asked about: there is no such place, and the daemon has a limit.
    private static let placeLimit = 4096
    private static let sendFlags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)

    private var daemon: Daemon
    private var reader: PlaceReader
    private var request: PlaceRequest
    private var outgoing = ByteBuffer()
    private var incoming = ByteBuffer()
    /// What one read may take.
    private let chunk: UnsafeMutableRawBufferPointer
    /// How far `incoming` is known to hold no end of a reply.
    private var searched = 0
    /// Questions without an answer yet.
    private var owed = 0

    /// - Parameters:
    ///   - method: a method with a parameter `place`.
    ///   - parameters: writes its other parameters.
    init(
        with daemon: consuming Daemon, about source: PlaceSource, separator: UInt8, method: StaticString,
        parameters: (inout JSONWriter) -> Void = { _ in }
    ) {
        self.daemon = daemon
        reader = PlaceReader(source, separator: separator)
        request = PlaceRequest(method: method, parameters: parameters)
        chunk = .allocate(byteCount: source == .standardInput ? 256 * 1024 : 16 * 1024, alignment: 16)
    }

    deinit { chunk.deallocate() }

    /// Asks about every place and hands each reply, a whole JSON text without its NUL, to the receiver. The receiver
    /// is told before every wait, so that nothing that is known is held back.
    mutating func run(_ receiver: inout some ReplyReceiver & ~Copyable) throws(Failure) {
        var isEnded = false
        var isClosed = false
        var spinner = Spinner()
        defer { spinner.erase() }
        var waited = 0
        while true {
            var hasMoved = false
            var isStarved = false
            while !isEnded, !isStarved, owed < Self.window, outgoing.count < Self.outgoingLimit {
                reader.take { next in
                    switch next {
                    case .place(let place):
                        let length = min(place.count, Self.placeLimit)
                        request.append(place: UnsafeRawBufferPointer(rebasing: place[..<length]), to: &outgoing)
                        owed += 1
                        hasMoved = true
                    case .pause: isStarved = true
                    case .end: isEnded = true
                    }
                }
            }
            if !isClosed, send(isClosed: &isClosed) { hasMoved = true }
            if owed > 0, try receive(&receiver) { hasMoved = true }
            if isEnded, owed == 0 { break }
            if hasMoved, !isStarved {
                waited = 0
                continue
            }
            if try waitForAny(isStarved: isStarved, milliseconds: 0) { continue }
            try receiver.pause()
            let limit = owed == 0 ? -1 : (waited == 0 ? Daemon.quietWait : Spinner.interval)
            if try waitForAny(isStarved: isStarved, milliseconds: limit) {
                waited = 0
                continue
            }
            waited += limit
            if waited >= Daemon.patience { throw daemon.silence }
            spinner.turn()
        }
        try receiver.pause()
    }

    /// Sends what can be sent now. A daemon that hung up may have said something before.
    private mutating func send(isClosed: inout Bool) -> Bool {
        var hasMoved = false
        while !outgoing.isEmpty {
            let bytes = outgoing.bytes
            let count = Glibc.send(daemon.descriptor, bytes.baseAddress, bytes.count, Self.sendFlags)
            if count > 0 {
                outgoing.consume(count)
                hasMoved = true
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                isClosed = true
                break
            }
        }
        return hasMoved
    }

    /// Takes what has come in.
    private mutating func receive(_ receiver: inout some ReplyReceiver & ~Copyable) throws(Failure) -> Bool {
        guard try readWhatCame() else { return false }
        var consumed = 0
        let bytes = incoming.bytes
        while let end = Self.endOfFrame(in: bytes, from: max(consumed, searched)) {
            try receiver.receive(UnsafeRawBufferPointer(rebasing: bytes[consumed..<end]))
            owed -= 1
            consumed = end + 1
        }
        incoming.consume(consumed)
        searched = incoming.count
        return true
    }

    /// Reads what there is; false where there is nothing yet.
    private mutating func readWhatCame() throws(Failure) -> Bool {
        while true {
            let count = recv(daemon.descriptor, chunk.baseAddress, chunk.count, Int32(MSG_DONTWAIT))
            if count > 0 { incoming.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(chunk)[..<count])) }
            let number = errno
            switch (count, number) {
            case (1..., _): return true
            case (0, _), (_, ECONNRESET), (_, EPIPE): throw daemon.hangUp
            case (_, EAGAIN): return false
            case (_, EINTR): continue
            default:
                let reason = ErrorNumber.text(number)
                throw Failure(.internalFault, "the connection to the daemon at \(daemon.path) broke: \(reason)")
            }
        }
    }

    private static func endOfFrame(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let end = memchr(base + start, 0, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(end) - base
    }

    /// Waits for input, where that is what is missing, and for the daemon. Takes the input.
    private mutating func waitForAny(isStarved: Bool, milliseconds: Int) throws(Failure) -> Bool {
        let events = (owed > 0 ? POLLIN : 0) | (outgoing.isEmpty ? 0 : POLLOUT)
        var polls = [pollfd(fd: events == 0 ? -1 : daemon.descriptor, events: Int16(events), revents: 0)]
        if isStarved, let input = reader.descriptor {
            polls.append(pollfd(fd: input, events: Int16(POLLIN), revents: 0))
        }
        guard poll(&polls, nfds_t(polls.count), Int32(milliseconds)) > 0 else { return false }
        if polls.count > 1, polls[1].revents != 0 { try reader.fill() }
        return true
    }
}

/// Takes the replies of a conversation.
protocol ReplyReceiver: ~Copyable {
    /// A whole reply; the bytes are not valid afterwards.
    mutating func receive(_ frame: UnsafeRawBufferPointer) throws(Failure)
    /// The conversation is about to wait.
    mutating func pause() throws(Failure)
}
