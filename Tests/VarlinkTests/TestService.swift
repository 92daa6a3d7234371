import Glibc
import Synchronization

@testable import Varlink

/// A service with a method for each way to answer.
final class TestHandler: InterfaceHandler {
    static let interface = "org.example.Test"
    static let text = """
        # For tests.
        interface org.example.Test

        # A pair.
        type Pair (left: int, right: ?string)

        # What to do.
        type Mode (fast, slow)

        # Gives back the text.
        method Echo(text: string, count: ?int) -> (text: string)
        # Takes everything.
        method Types(
          flag: bool, number: int, ratio: float, text: string, mode: Mode, pair: Pair,
          list: []Pair, map: [string]int, any: object, maybe: ?[]?Mode
        ) -> ()
        # Gives back the text when the time of a user's turn is over.
        method Linger(text: string) -> (text: string)
        # Counts to a number, one reply each.
        method Count(to: int, size: ?int) -> (number: int, filler: ?string)
        # One reply, made in as many pieces.
        method Pieces(count: int) -> (made: int)
        # Answers later.
        method Wait() -> (token: string)
        # Reports as long as it is called with more.
        method Watch() -> (event: int)
        # Fails after it has begun to write.
        method Fail() -> ()
        # Who calls.
        method Who() -> (user: int, process: int)
        # Answers from the cache from the second time on.
        method Remember(text: string) -> (text: string, made: int)

        error Failed(reason: string, partial: bool)
        error Refused(limit: string, maximum: int)
        """

    var waiting: [ConnectionID] = []
    var ended: [ConnectionID] = []
    var executed = 0

    func handle(_ call: borrowing Call, reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        executed += 1
        switch call.method {
        case "Echo":
            let text = call.parameters["text"]?.stringValue ?? ""
            reply.parameters { $0.member("text", text) }
            return .done
        case "Linger":
            // Of the processor, as what others have of it is no part of a turn.
            let begin = MonotonicClock.processorMicroseconds()
            while MonotonicClock.processorMicroseconds() - begin < 9000 {}
            let text = call.parameters["text"]?.stringValue ?? ""
            reply.parameters { $0.member("text", text) }
            return .done
        case "Types": return .done
        case "Count":
            let last = Int(call.parameters["to"]?.integerValue ?? 0)
            let size = Int(call.parameters["size"]?.integerValue ?? 0)
            guard call.wantsMore else { throw .expectedMore }
            return .stream(Counter(last: last, size: size))
        case "Pieces":
            return .stream(Pieces(count: Int(call.parameters["count"]?.integerValue ?? 0)))
        case "Wait":
            waiting.append(call.connection)
            return .waiting
        case "Watch":
            guard call.wantsMore else { throw .expectedMore }
            reply.continuing { $0.member("event", 0) }
            waiting.append(call.connection)
            return .waiting
        case "Fail":
            reply.parameters { $0.member("half", "done") }
            throw VarlinkError("org.example.Test.Failed", ["reason": "on purpose", "partial": true])
        case "Who":
            let peer = call.peer
            reply.parameters { json in
                json.member("user", Int(peer.userID))
                json.member("process", Int(peer.processID))
            }
            return .done
        case "Remember":
            let text = call.parameters["text"]?.stringValue ?? ""
            let made = executed
            reply.parameters { json in
                json.member("text", text)
                json.member("made", made)
            }
            return .cacheable
        default: throw .methodNotImplemented("\(Self.interface).\(call.method)")
        }
    }

    func callEnded(on connection: ConnectionID) {
        waiting.removeAll { $0 == connection }
        ended.append(connection)
    }

    private final class Pieces: ReplyStream {
        var made = 0
        let count: Int

        init(count: Int) { self.count = count }

        func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
            made += 1
            guard made >= count else { return true }
            let made = made
            reply.parameters { $0.member("made", made) }
            return false
        }
    }

    private final class Counter: ReplyStream {
        var number = 0
        let last: Int
        let filler: String?

        init(last: Int, size: Int) {
            self.last = last
            filler = size > 0 ? String(repeating: "x", count: size) : nil
        }

        func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
            number += 1
            let number = number
            let filler = filler
            let body = { (json: inout JSONWriter) in
                json.member("number", number)
                json.member("filler", ifPresent: filler)
            }
            if number < last {
                reply.continuing(body)
                return true
            }
            reply.parameters(body)
            return false
        }
    }
}

/// Keeps the replies of whole frames.
final class TestCache: ReplyCache {
    private var replies: [[UInt8]: [UInt8]] = [:]
    var hits = 0

    func append(replyTo frame: UnsafeRawBufferPointer, to output: inout ByteBuffer) -> Bool {
        guard let reply = replies[[UInt8](frame)] else { return false }
        hits += 1
        reply.withUnsafeBytes { output.append($0) }
        return true
    }

    func remember(_ reply: UnsafeRawBufferPointer, for frame: UnsafeRawBufferPointer) {
        replies[[UInt8](frame)] = [UInt8](reply)
    }
}

func makeTestService(handler: TestHandler = TestHandler(), cache: TestCache? = nil) throws -> Service {
    let service = Service(
        ServiceInformation(vendor: "Example", product: "Test", version: "1", url: "https://example.org"), cache: cache)
    service.register(try InterfaceDescription(parsing: TestHandler.text), handler: handler)
    return service
}
