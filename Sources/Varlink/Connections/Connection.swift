import Glibc

/// One client's connection as a value: bytes of calls go in, bytes of replies come out. No socket in it.
///
/// Calls are answered in their order. While a call streams or waits, later calls wait with it. Whoever owns the
/// connection
/// - passes on what arrives with ``receive(_:service:)`` as long as it ``wantsInput``,
/// - sends ``output`` and tells how much of it went with ``outputSent(_:)``,
/// - calls ``work(service:)`` for as long as it ``hasWork``,
/// - closes it when it is ``isFinished``.
public struct Connection: ~Copyable {
    /// Why a connection ends before its client closes it.
    public enum Ending: Sendable, Equatable {
        /// A frame that is not JSON or breaks the protocol.
        case violation
        /// A frame beyond the limit.
        case oversizedFrame
        /// A client that does not read what is pushed to it.
        case slowReader
        /// The server is going down.
        case drained
    }

    /// When a turn ends, by one of the two clocks of ``MonotonicClock``.
    enum TurnEnd {
        case never
        /// Milliseconds.
        case tick(Int)
        /// Microseconds.
        case exact(Int)
    }

    enum Phase {
        /// The next call can be answered.
        case ready
        /// A call has more replies to come, as fast as the client takes them.
        case streaming(any ReplyStream)
        /// A call is answered from outside.
        case waiting(any InterfaceHandler)
        /// What is written is still sent, then the connection is closed.
        case ending(Ending)
    }

    public let id: ConnectionID
    public let peer: PeerCredentials
    private let limits: ConnectionLimits
    private(set) var phase = Phase.ready
    /// A call that has not arrived completely, and calls that wait for their turn.
    var input = ByteBuffer()
    /// How much of `input` is known to have no NUL byte.
    private var scannedCount = 0
    /// Whether `input` may hold a complete call.
    private var mayHoldFrame = false
    private var inputHasEnded = false
    var reply = ReplyWriter()
    /// Whether a call with `more` may wait for replies from outside; else it is refused.
    var mayWait = true
    /// Whether nobody reads replies any more.
    private var isUnread = false
    /// When the turn is over, however few calls it had.
    var turnEnd = TurnEnd.never
    /// Calls of those that arrived together which had their turn.
    private var callsFromInput = 0
    /// Calls that were answered or are being answered.
    public private(set) var callCount = 0

    public init(id: ConnectionID, peer: PeerCredentials, limits: ConnectionLimits) {
        self.id = id
        self.peer = peer
        self.limits = limits
    }

    // MARK: What the owner sees

    /// What has to be sent. Valid until the connection is changed.
    public var output: UnsafeRawBufferPointer { reply.json.buffer.bytes }

    public var hasOutput: Bool { !reply.json.buffer.isEmpty }

    /// Whether more replies could be made at once: calls have arrived or a stream goes on, and there is room.
    public var hasWork: Bool {
        guard reply.waitingCount < limits.waitingOutput else { return false }
        switch phase {
        case .ready: return mayHoldFrame
        case .streaming: return true
        case .waiting, .ending: return false
        }
    }

    /// Whether calls have arrived that can be answered as soon as there is room.
    public var holdsCalls: Bool {
        if case .ready = phase { return mayHoldFrame }
        return false
    }

    /// Whether bytes should be read from the client now.
    public var wantsInput: Bool {
        guard case .ready = phase else { return false }
        return !inputHasEnded && !mayHoldFrame && reply.waitingCount < limits.waitingOutput
    }

    /// Whether the connection is to be closed: it ends, or its client has sent all, and everything is sent.
    public var isFinished: Bool {
        guard !hasOutput else { return false }
        switch phase {
        case .ready: return inputHasEnded && !mayHoldFrame
        case .ending: return true
        case .streaming, .waiting: return false
        }
    }

    /// Why the connection ends, if it does so of the server's will.
    public var ending: Ending? {
        if case .ending(let ending) = phase { return ending }
        return nil
    }

    /// A call has begun to arrive and is not complete.
    public var hasPartialCall: Bool { !input.isEmpty && !mayHoldFrame }

    /// Nothing is under way: no call, no reply.
    public var isIdle: Bool {
        guard case .ready = phase else { return false }
        return input.isEmpty && !hasOutput
    }

    /// A call waits for replies from outside.
    public var isWaiting: Bool {
        if case .waiting = phase { return true }
        return false
    }

    /// A call has more replies to come, as fast as the client takes them.
    public var isStreaming: Bool {
        if case .streaming = phase { return true }
        return false
    }

    /// The one reply of a call is being made.
    public var isMakingOneReply: Bool { isStreaming && !reply.wantsMore }

    /// A call waits for replies from outside, and takes several of them.
    public var isWaitingForSeveral: Bool { isWaiting && reply.wantsMore }

    // MARK: Events

    /// Takes bytes from the client and answers the calls that are complete, up to the limit of a turn.
    public mutating func receive(_ bytes: UnsafeRawBufferPointer, service: Service) {
        if case .ending = phase { return }
        if !mayHoldFrame { callsFromInput = 0 }
        if input.isEmpty, case .ready = phase {
            // The usual case: whole calls, answered where they lie.
            let consumed = answer(bytes, scanned: 0, service: service)
            if case .ending = phase { return }
            if consumed < bytes.count {
                input.append(UnsafeRawBufferPointer(rebasing: bytes[consumed...]))
                noteRemainder()
            }
            return
        }
        input.append(bytes)
        if case .ready = phase { answerBuffered(service: service) } else { mayHoldFrame = true }
    }

    /// The client will send nothing more.
    public mutating func endInput() {
        inputHasEnded = true
        // What is left of a call will never be complete.
        if !mayHoldFrame { input.removeAll() }
    }

    /// The client has closed its end altogether. What it called is still carried out, and not answered.
    mutating func endReading() {
        isUnread = true
        reply.json.buffer.removeAll()
        if case .streaming = phase { phase = .ready }
    }

    /// Goes on with calls that have arrived, or with a stream, up to the limit of a turn.
    public mutating func work(service: Service) {
        if case .streaming(let stream) = phase { pump(stream) }
        if case .ready = phase, mayHoldFrame { answerBuffered(service: service) }
    }

    /// So many bytes of ``output`` were sent.
    public mutating func outputSent(_ count: Int) {
        reply.json.buffer.consume(count)
    }

    /// Replies to the call that waits.
    ///
    /// - Returns: whether there was one; false also when the client is dropped because it does not read.
    mutating func continueCall(
        _ body: (inout ReplyWriter) throws(VarlinkError) -> HandlerResult
    ) -> Bool {
        guard case .waiting = phase else { return false }
        if reply.waitingCount > limits.waitingOutput {
            end(.slowReader)
            return false
        }
        let start = reply.waitingCount
        do throws(VarlinkError) {
            switch try body(&reply) {
            case .waiting where !reply.isFinal: break
            case .stream(let stream) where !reply.isFinal: phase = .streaming(stream)
            default:
                if !reply.isFinal { reply.empty() }
                phase = .ready
            }
        } catch {
            reply.withdraw(to: start)
            reply.error(error)
            phase = .ready
        }
        return true
    }

    /// Ends the connection after what is written is sent; what is not answered stays unanswered.
    mutating func end(_ ending: Ending) {
        if case .ending = phase { return }
        phase = .ending(ending)
        input.removeAll()
        mayHoldFrame = false
        // A reader that is too slow would not take it anyway, and memory is what was to be saved.
        if ending == .slowReader { reply.json.buffer.removeAll() }
    }

    // MARK: Frames

    private mutating func answerBuffered(service: Service) {
        // The bytes are taken out for the time being, so that nothing moves them while handlers run.
        var bytes = ByteBuffer()
        swap(&bytes, &input)
        let consumed = answer(bytes.bytes, scanned: scannedCount, service: service)
        if case .ending = phase { return }
        bytes.consume(consumed)
        swap(&bytes, &input)
        noteRemainder()
        if inputHasEnded, !mayHoldFrame { input.removeAll() }
        input.releaseIfEmpty()
    }

    /// Finds out whether what is left may hold a complete call.
    private mutating func noteRemainder() {
        if case .ready = phase, !stoppedEarly {
            mayHoldFrame = false
            scannedCount = input.count
        } else {
            mayHoldFrame = !input.isEmpty
            scannedCount = 0
        }
    }

    /// Whether the last turn left calls behind that had arrived.
    private var stoppedEarly = false

    /// Answers complete calls, until the turn is over.
    ///
    /// - Returns: the number of bytes that were consumed.
    private mutating func answer(
        _ bytes: UnsafeRawBufferPointer, scanned: Int, service: Service
    ) -> Int {
        stoppedEarly = false
        guard let base = bytes.baseAddress else { return 0 }
        var position = 0
        var scanned = scanned
        var calls = 0
        while position < bytes.count {
            guard calls < limits.callsPerTurn, reply.waitingCount < limits.waitingOutput, calls == 0 || !turnIsOver
            else {
                stoppedEarly = true
                break
            }
            let from = position &+ scanned
            scanned = 0
            guard from < bytes.count, let end = memchr(base + from, 0, bytes.count &- from) else {
                if bytes.count &- position > limits.frameSize { refuseFrame(service) }
                break
            }
            let length = UnsafeRawPointer(end) - (base + position)
            guard length <= limits.frameSize else {
                refuseFrame(service)
                break
            }
            let frame = UnsafeRawBufferPointer(start: base + position, count: length)
            position &+= length &+ 1
            calls &+= 1
            callCount &+= 1
            callsFromInput &+= 1
            let start = reply.waitingCount
            let outcome =
                callsFromInput > limits.callsInHand && limits.callsInHand > 0
                ? service.refuse(frame, from: peer, on: id, reply: &reply)
                : service.answer(frame, from: peer, on: id, isUnread: isUnread, reply: &reply)
            switch outcome {
            case .done: continue
            case .stream(let stream):
                phase = .streaming(stream)
                pump(stream)
                if case .ready = phase { continue }
            case .waiting(let handler):
                if !mayWait, reply.wantsMore {
                    reply.withdraw(to: start)
                    reply.error(service.waitingRefusal)
                    handler.callEnded(on: id)
                    continue
                }
                phase = .waiting(handler)
            case .violation: self.end(.violation)
            }
            break
        }
        return position
    }

    private var turnIsOver: Bool {
        switch turnEnd {
        case .never: false
        case .tick(let time): MonotonicClock.now() >= time
        case .exact(let time): MonotonicClock.microseconds() >= time
        }
    }

    /// Ends the connection because of a frame over the limit; the client is told why.
    private mutating func refuseFrame(_ service: Service) {
        if let refusal = service.frameRefusal {
            reply.beginCall(wantsMore: false, isOneway: false)
            reply.error(refusal)
        }
        end(.oversizedFrame)
    }

    private mutating func pump(_ stream: any ReplyStream) {
        var replies = 0
        while reply.waitingCount < limits.waitingOutput, replies < limits.callsPerTurn, replies == 0 || !turnIsOver {
            let start = reply.waitingCount
            do throws(VarlinkError) {
                let goesOn = try stream.writeNext(&reply)
                if goesOn, !reply.isFinal {
                    replies += 1
                    continue
                }
                if !reply.isFinal { reply.empty() }
            } catch {
                reply.withdraw(to: start)
                reply.error(error)
            }
            phase = .ready
            return
        }
    }
}
