import Testing

@testable import Varlink

/// Random conversations: what is right is known from how each frame was made.
@Suite("Random conversations")
struct ConnectionFuzzTests {
    /// A frame and what has to come of it.
    private enum Expectation: Equatable {
        case reply(String)
        case error(String)
        case anyReply
        case nothing
        case stream(Int)
        case end
    }

    private func frame(using random: inout SeededRandom) -> (bytes: [UInt8], expectation: Expectation) {
        func json(_ object: JSONObject) -> [UInt8] { JSONValue.object(object).bytes }
        let text = JSONValue.string(String.random(using: &random))
        let service = "org.varlink.service"
        switch random.below(16) {
        case 0, 1, 2, 3:
            return (
                json(["method": "org.example.Test.Echo", "parameters": ["text": text]]),
                .reply(JSONValue.object(["parameters": ["text": text]]).text)
            )
        case 4:
            return (json(["method": "org.example.Test.Echo", "oneway": true, "parameters": ["text": text]]), .nothing)
        case 5:
            let number = random.below(30) + 1
            return (
                json(["method": "org.example.Test.Count", "more": true, "parameters": ["to": .integer(Int64(number))]]),
                .stream(number)
            )
        case 6: return (json(["method": "org.example.Test.Fail"]), .error("org.example.Test.Failed"))
        case 7: return (json(["method": "org.example.Test.Nope"]), .error("\(service).MethodNotFound"))
        case 8: return (json(["method": "org.nope.Nope"]), .error("\(service).InterfaceNotFound"))
        case 9:
            return (
                json(["method": "org.example.Test.Echo", "parameters": ["text": 5]]),
                .error("\(service).InvalidParameter")
            )
        case 10:
            // Any value that is no proper call: an object without a method is none.
            var value = JSONValue.random(using: &random, depth: 4)
            if case .object(var object) = value {
                object["method"] = nil
                object["oneway"] = nil
                value = .object(object)
            }
            return (value.bytes, .error("\(service).InvalidParameter"))
        case 11: return (json(["method": "org.varlink.service.GetInfo"]), .anyReply)
        case 12:
            var members: JSONObject = ["method": "org.example.Test.Echo", "parameters": ["text": text]]
            members["ext." + String.random(using: &random)] = JSONValue.random(using: &random, depth: 3)
            return (json(members), .reply(JSONValue.object(["parameters": ["text": text]]).text))
        case 13:
            return (
                json(["method": "org.example.Test.Count", "parameters": ["to": 3]]), .error("\(service).ExpectedMore")
            )
        case 14:
            // A proper call with one byte changed: anything but a crash or a reply out of order.
            guard random.chance(20) else { return frame(using: &random) }
            var bytes = json(["method": "org.example.Test.Echo", "parameters": ["text": text]])
            bytes[random.below(bytes.count)] = UInt8(random.below(255) + 1)
            var document = JSONDocument()
            let isJSON = bytes.withUnsafeBytes { (try? document.parse($0)) != nil && !document.duplicateKeyIsAtTop }
            return (bytes, isJSON ? .anyReply : .end)
        default:
            guard random.chance(5) else { return frame(using: &random) }
            return (Array("{\"broken\":".utf8), .end)
        }
    }

    @Test(
        "are answered in order, completely and validly, however their bytes are cut",
        arguments: [1, 2, 3, 4] as [UInt64])
    func conversations(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let service = try makeTestService()
        var limits = ConnectionLimits()
        limits.callsPerTurn = 5
        limits.waitingOutput = 2000
        let knownErrors = Set(
            service.descriptions.flatMap { description in description.errors.map { "\(description.name).\($0.name)" } })
        for round in 0..<300 {
            var bytes: [UInt8] = []
            var expected: [Expectation] = []
            for _ in 0..<(random.below(60) + 1) {
                let (frame, expectation) = frame(using: &random)
                bytes += frame + [0]
                if !expected.contains(.end), expectation != .nothing { expected.append(expectation) }
            }
            var wire = Wire(service, limits: limits)
            var offset = 0
            while offset < bytes.count {
                let size = min(random.below(random.chance(20) ? 1000 : 80) + 1, bytes.count - offset)
                wire.receive(bytes[offset..<(offset + size)])
                offset += size
            }
            let replies = wire.replies
            var next = 0
            func take() throws -> JSONValue {
                let text = try #require(next < replies.count ? replies[next] : nil, "seed \(seed), round \(round)")
                next += 1
                let value = try JSONValue(parsing: text)
                if let error = value["error"]?.stringValue { #expect(knownErrors.contains(error)) }
                return value
            }
            for expectation in expected {
                switch expectation {
                case .reply(let text): #expect(try take().text == text, "seed \(seed), round \(round)")
                case .error(let name): #expect(try take()["error"] == .string(name), "seed \(seed), round \(round)")
                case .anyReply: _ = try take()
                case .nothing: break
                case .stream(let count):
                    for number in 1...count {
                        let reply = try take()
                        #expect(reply["parameters"]?["number"] == .integer(Int64(number)))
                        #expect((reply["continues"] != nil) == (number < count))
                    }
                case .end: #expect(wire.connection.ending == .violation, "seed \(seed), round \(round)")
                }
            }
            #expect(next == replies.count, "seed \(seed), round \(round)")
            if !expected.contains(.end) { #expect(wire.connection.isIdle == true, "seed \(seed), round \(round)") }
        }
    }

    @Test("of arbitrary bytes never break it", arguments: [5, 6] as [UInt64])
    func garbage(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let service = try makeTestService()
        let pieces: [[UInt8]] = [
            Array(#"{"method":"#.utf8), Array(#""org.example.Test.Echo""#.utf8), Array(#","parameters":{"text":"#.utf8),
            Array(#""a"}}"#.utf8), [0], [0xFF], Array("{".utf8), Array("[".utf8), Array("\"".utf8), Array("\\u12".utf8),
            Array("1e5".utf8), Array("}".utf8), Array(":".utf8), Array("true".utf8), Array(" ".utf8),
        ]
        for _ in 0..<5000 {
            var wire = Wire(service)
            for _ in 0..<random.below(20) {
                wire.receive(pieces[random.below(pieces.count)][...])
            }
            for reply in wire.replies { _ = try JSONValue(parsing: reply) }
        }
    }
}
