import Testing

@testable import Varlink

/// A connection without a socket: bytes in, bytes out.
struct Wire: ~Copyable {
    let service: Service
    var connection: Connection
    private(set) var sent: [UInt8] = []

    init(_ service: Service, limits: ConnectionLimits = ConnectionLimits()) {
        self.service = service
        connection = Connection(
            id: ConnectionID(slot: 0, generation: 1), peer: PeerCredentials(processID: 1, userID: 2, groupID: 3),
            limits: limits)
    }

    /// Lets bytes arrive and takes all replies, as an owner does whose client reads at once.
    mutating func receive(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { connection.receive($0, service: service) }
        settle()
    }

    mutating func receive(_ text: String) { receive(Array(text.utf8)[...]) }

    mutating func settle() {
        take()
        while connection.hasWork {
            connection.work(service: service)
            take()
        }
    }

    private mutating func take() {
        sent += connection.output
        connection.outputSent(connection.output.count)
    }

    /// The replies so far, as text without the NUL bytes.
    var replies: [String] {
        #expect(sent.isEmpty || sent.last == 0, "a reply is not complete")
        return sent.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}

@Suite("A connection")
struct ConnectionTests {
    private static let test = "org.example.Test"

    private func replies(to frames: String..., limits: ConnectionLimits = ConnectionLimits()) throws -> [String] {
        var wire = Wire(try makeTestService(), limits: limits)
        for frame in frames { wire.receive(frame + "\0") }
        return wire.replies
    }

    private static func error(_ name: String, _ parameters: String) -> String {
        #"{"error":"org.varlink.service.\#(name)","parameters":\#(parameters)}"#
    }

    @Test("answers calls in their order")
    func order() throws {
        var wire = Wire(try makeTestService())
        wire.receive(
            (0..<500).map { #"{"method":"\#(Self.test).Echo","parameters":{"text":"\#($0)"}}"# + "\0" }.joined())
        #expect(wire.replies == (0..<500).map { #"{"parameters":{"text":"\#($0)"}}"# })
    }

    @Test("answers the same, wherever the bytes are split")
    func splits() throws {
        let conversation =
            [
                #"{"method":"\#(Self.test).Echo","parameters":{"text":"é\uD83D\uDE00"}}"#,
                #"{"method":"\#(Self.test).Count","parameters":{"to":3},"more":true}"#,
                #"{"method":"\#(Self.test).Echo","oneway":true,"parameters":{"text":"silent"}}"#,
                #"{"method":"\#(Self.test).Missing"}"#, #"[1]"#,
                #"{"method":"\#(Self.test).Echo","parameters":{"text":"last"}}"#,
            ].joined(separator: "\0") + "\0"
        let bytes = Array(conversation.utf8)
        let service = try makeTestService()
        var whole = Wire(service)
        whole.receive(bytes[...])
        let expected = whole.replies
        #expect(expected.count == 7)
        for split in 0...bytes.count {
            var wire = Wire(service)
            wire.receive(bytes[..<split])
            wire.receive(bytes[split...])
            #expect(wire.replies == expected, "split at \(split)")
        }
        var bytewise = Wire(service)
        for index in bytes.indices { bytewise.receive(bytes[index...index]) }
        #expect(bytewise.replies == expected)
        #expect(bytewise.connection.isIdle == true)
    }

    @Test("describes the service")
    func introspection() throws {
        #expect(
            try replies(to: #"{"method":"org.varlink.service.GetInfo"}"#) == [
                #"{"parameters":{"vendor":"Example","product":"Test","version":"1","url":"https://example.org","#
                    + #""interfaces":["org.varlink.service","org.example.Test"]}}"#
            ])
        let described = try replies(
            to:
                #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"org.example.Test"}}"#
        )
        #expect(
            try JSONValue(parsing: described[0])["parameters"]?["description"]?.stringValue == TestHandler.text)
        #expect(
            try replies(
                to: #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"org.none"}}"#)
                == [Self.error("InterfaceNotFound", #"{"interface":"org.none"}"#)])
        #expect(
            try replies(to: #"{"method":"org.varlink.service.GetInterfaceDescription"}"#)
                == [Self.error("InvalidParameter", #"{"parameter":"interface"}"#)])
    }

    private static let badCalls: [(String, String, String)] = [
        ("[]", "InvalidParameter", #"{"parameter":"method"}"#), ("1", "InvalidParameter", #"{"parameter":"method"}"#),
        ("null", "InvalidParameter", #"{"parameter":"method"}"#),
        ("{}", "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":null}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":5}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":""}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":"Echo"}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":"."}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":"org.example.Test."}"#, "InvalidParameter", #"{"parameter":"method"}"#),
        (#"{"method":"org.none.Echo"}"#, "InterfaceNotFound", #"{"interface":"org.none"}"#),
        (#"{"method":"org.example.Tes.Echo"}"#, "InterfaceNotFound", #"{"interface":"org.example.Tes"}"#),
        (#"{"method":"org.example.Test.Ech"}"#, "MethodNotFound", #"{"method":"org.example.Test.Ech"}"#),
        (#"{"method":"org.example.Test.Echo\u0000"}"#, "MethodNotFound", #"{"method":"org.example.Test.Echo\u0000"}"#),
        (#"{"method":"org.example.Test.Echo"}"#, "InvalidParameter", #"{"parameter":"text"}"#),
        (#"{"method":"org.example.Test.Echo","parameters":null}"#, "InvalidParameter", #"{"parameter":"text"}"#),
        (#"{"method":"org.example.Test.Echo","parameters":[]}"#, "InvalidParameter", #"{"parameter":"parameters"}"#),
        (#"{"method":"org.example.Test.Echo","parameters":{"text":5}}"#, "InvalidParameter", #"{"parameter":"text"}"#),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":null}}"#, "InvalidParameter",
            #"{"parameter":"text"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","count":1.5}}"#, "InvalidParameter",
            #"{"parameter":"count"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","count":9223372036854775808}}"#,
            "InvalidParameter", #"{"parameter":"count"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","txet":1}}"#, "InvalidParameter",
            #"{"parameter":"txet"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","text":"b"}}"#, "InvalidParameter",
            #"{"parameter":"text"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","org.x":{"b":1,"b":2}}}"#, "InvalidParameter",
            #"{"parameter":"org.x"}"#
        ),
        (#"{"method":"org.example.Test.Count","parameters":{"to":1}}"#, "ExpectedMore", "{}"),
        (
            #"{"method":"org.example.Test.Echo","more":1,"parameters":{"text":""}}"#, "InvalidParameter",
            #"{"parameter":"more"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","oneway":"no","parameters":{"text":""}}"#, "InvalidParameter",
            #"{"parameter":"oneway"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","upgrade":true,"parameters":{"text":""}}"#, "InvalidParameter",
            #"{"parameter":"upgrade"}"#
        ),
        (
            #"{"method":"org.example.Test.Echo","oneway":true,"more":true,"parameters":{"text":""}}"#,
            "InvalidParameter", #"{"parameter":"more"}"#
        ),
    ]

    @Test("answers what is no proper call with an error and goes on", arguments: badCalls.indices)
    func badCall(index: Int) throws {
        let (call, name, parameters) = Self.badCalls[index]
        #expect(
            try replies(to: call, #"{"method":"org.example.Test.Echo","parameters":{"text":"on"}}"#)
                == [Self.error(name, parameters), #"{"parameters":{"text":"on"}}"#], "\(call)")
    }

    @Test(
        "takes what the specification allows",
        arguments: [
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a"},"org.example.extension":{"x":1}}"#,
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a"},"unknown":[1]}"#,
            #"{"parameters":{"count":null,"text":"a"},"method":"org.example.Test.Echo"}"#,
            #" { "method" : "org.example.Test.Echo" , "parameters" : { "text" : "a" } } "#,
            #"{"m\u0065thod":"org.example.Test.\u0045cho","parameters":{"t\u0065xt":"\u0061"}}"#,
            #"{"method":"org.example.Test.Echo","parameters":{"text":"a","count":1.0,"org.example.x":1}}"#,
            #"{"method":"org.example.Test.Echo","more":null,"oneway":false,"upgrade":false,"parameters":{"text":"a"}}"#,
            #"{"method":"org.example.Test.Echo","more":true,"parameters":{"text":"a"}}"#,
        ])
    func tolerated(call: String) throws {
        #expect(try replies(to: call) == [#"{"parameters":{"text":"a"}}"#])
    }

    @Test(
        "ends when a frame is not JSON, after the replies before it are sent",
        arguments: ["", " ", "x", "{", #"{"method":}"#, "\u{1}", #"{"method":"a.B","method":"a.C"}"#, "{} {}"])
    func violation(frame: String) throws {
        var wire = Wire(try makeTestService())
        let good = #"{"method":"org.example.Test.Echo","parameters":{"text":"a"}}"#
        wire.receive([good, frame, good].joined(separator: "\0") + "\0")
        #expect(wire.replies == [#"{"parameters":{"text":"a"}}"#])
        #expect(wire.connection.isFinished == true)
        #expect(wire.connection.ending == .violation)
        wire.receive(good + "\0")
        #expect(wire.replies.count == 1)
    }

    @Test("ends when a frame is not UTF-8, or nested too deeply")
    func moreViolations() throws {
        for frame in [
            Array(#"{"method":"a.B","x":""#.utf8) + [0xFF] + Array("\"}\0".utf8),
            Array(repeating: UInt8(ascii: "["), count: 1000) + [0],
        ] {
            var wire = Wire(try makeTestService())
            wire.receive(frame[...])
            #expect(wire.connection.ending == .violation)
            #expect(wire.replies.isEmpty)
        }
    }

    @Test("ends when a frame is too large, whole or not")
    func oversized() throws {
        var limits = ConnectionLimits()
        limits.frameSize = 100
        let call = #"{"method":"org.example.Test.Echo","parameters":{"text":"a"}}"#
        func padded(_ size: Int) -> String { call + String(repeating: " ", count: size - call.utf8.count) }
        var exact = Wire(try makeTestService(), limits: limits)
        exact.receive(padded(100) + "\0")
        #expect(exact.replies.count == 1)
        var larger = Wire(try makeTestService(), limits: limits)
        larger.receive(padded(101) + "\0")
        #expect(larger.connection.ending == .oversizedFrame)
        #expect(larger.replies.isEmpty)
        var partial = Wire(try makeTestService(), limits: limits)
        partial.receive(call + "\0" + padded(100))
        #expect(partial.connection.hasPartialCall == true)
        partial.receive(" ")
        #expect(partial.connection.ending == .oversizedFrame)
        #expect(partial.replies.count == 1)
    }

    @Test("sends no reply to oneway calls, whatever comes of them")
    func oneway() throws {
        let handler = TestHandler()
        var wire = Wire(try makeTestService(handler: handler))
        for call in [
            #""method":"org.example.Test.Echo","parameters":{"text":"a"}"#, #""method":"org.example.Test.Fail""#,
            #""method":"org.example.Test.None""#, #""method":"org.none.None""#, #""method":5"#,
            #""method":"org.example.Test.Echo","parameters":{}"#, #""method":"org.varlink.service.GetInfo""#,
        ] {
            wire.receive("{\"oneway\":true,\(call)}\0")
        }
        #expect(wire.replies.isEmpty)
        #expect(handler.executed == 2)
        wire.receive(#"{"method":"org.example.Test.Echo","parameters":{"text":"a"}}"# + "\0")
        #expect(wire.replies.count == 1)
    }

    @Test("withdraws half a reply when its handler fails")
    func failure() throws {
        #expect(
            try replies(to: #"{"method":"org.example.Test.Fail"}"#) == [
                #"{"error":"org.example.Test.Failed","parameters":{"reason":"on purpose","partial":true}}"#
            ])
    }

    @Test("streams, and answers later calls behind the stream")
    func stream() throws {
        let streamed = try replies(
            to: #"{"method":"org.example.Test.Count","more":true,"parameters":{"to":200}}"#,
            #"{"method":"org.example.Test.Echo","parameters":{"text":"after"}}"#)
        #expect(streamed.count == 201)
        #expect(streamed[0] == #"{"parameters":{"number":1},"continues":true}"#)
        #expect(streamed[198] == #"{"parameters":{"number":199},"continues":true}"#)
        #expect(streamed[199] == #"{"parameters":{"number":200}}"#)
        #expect(streamed[200] == #"{"parameters":{"text":"after"}}"#)
    }

    @Test("makes no more of a stream than its reader takes")
    func streamBackPressure() throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = 10_000
        var wire = Wire(try makeTestService(), limits: limits)
        let call = #"{"method":"org.example.Test.Count","more":true,"parameters":{"to":100000,"size":500}}"# + "\0"
        Array(call.utf8).withUnsafeBytes { wire.connection.receive($0, service: wire.service) }
        while wire.connection.hasWork { wire.connection.work(service: wire.service) }
        #expect(wire.connection.output.count < 11_000)
        #expect(wire.connection.wantsInput == false)
        var taken = 0
        while wire.connection.hasOutput {
            let some = min(wire.connection.output.count, 777)
            taken += some
            wire.connection.outputSent(some)
            while wire.connection.hasWork { wire.connection.work(service: wire.service) }
            #expect(wire.connection.output.count < 11_000)
        }
        #expect(taken > 50_000_000)
        #expect(wire.connection.wantsInput == true)
    }

    @Test("stops answering, and reading, while its client does not take the replies")
    func pipeliningBackPressure() throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = 1000
        limits.callsPerTurn = 10
        var wire = Wire(try makeTestService(), limits: limits)
        let calls = (0..<1000).map { #"{"method":"org.example.Test.Echo","parameters":{"text":"\#($0)"}}"# + "\0" }
            .joined()
        Array(calls.utf8).withUnsafeBytes { wire.connection.receive($0, service: wire.service) }
        #expect(wire.connection.callCount == 10)
        while wire.connection.hasWork { wire.connection.work(service: wire.service) }
        #expect(wire.connection.callCount < 50)
        #expect(wire.connection.wantsInput == false)
        wire.settle()
        #expect(wire.replies == (0..<1000).map { #"{"parameters":{"text":"\#($0)"}}"# })
        #expect(wire.connection.wantsInput == true)
        #expect(wire.connection.isIdle == true)
    }

    @Test("refuses the calls of a piece beyond the number that may be in hand, in their order, and goes on")
    func callsInHand() throws {
        var limits = ConnectionLimits()
        limits.callsInHand = 3
        limits.callsPerTurn = 2
        let handler = TestHandler()
        let service = try makeTestService(handler: handler)
        service.callsInHandRefusal = VarlinkError("org.example.Test.Refused")
        var wire = Wire(service, limits: limits)
        func echo(_ number: Int) -> String {
            #"{"method":"org.example.Test.Echo","parameters":{"text":"\#(number)"}}"# + "\0"
        }
        let oneway = #"{"method":"org.example.Test.Echo","parameters":{"text":"x"},"oneway":true}"# + "\0"
        let refused = #"{"error":"org.example.Test.Refused","parameters":{}}"#
        let answered = (1...3).map { #"{"parameters":{"text":"\#($0)"}}"# }
        wire.receive((1...5).map(echo).joined() + oneway + echo(6).dropLast(5))
        #expect(wire.replies == answered + [refused, refused])
        #expect(handler.executed == 3, "what is refused is not done")
        wire.receive(String(echo(6).suffix(5)) + echo(7))
        #expect(
            wire.replies == answered + [refused, refused] + (6...7).map { #"{"parameters":{"text":"\#($0)"}}"# },
            "those before had their replies")
        wire.receive(String(repeating: oneway, count: 3) + "nonsense\0")
        #expect(wire.connection.ending == .violation)
    }

    @Test("keeps later calls waiting while one is answered from outside")
    func waiting() throws {
        let handler = TestHandler()
        var wire = Wire(try makeTestService(handler: handler))
        wire.receive(
            #"{"method":"org.example.Test.Wait"}"# + "\0"
                + #"{"method":"org.example.Test.Echo","parameters":{"text":"1"}}"#)
        wire.receive("\0" + #"{"method":"org.example.Test.Echo","parameters":{"text":"2"}}"# + "\0")
        #expect(wire.replies.isEmpty)
        #expect(wire.connection.isWaiting == true)
        #expect(wire.connection.wantsInput == false)
        let wasTaken = wire.connection.continueCall { (reply) throws(VarlinkError) in
            reply.parameters { $0.member("token", "t") }
            return .done
        }
        #expect(wasTaken)
        wire.settle()
        #expect(
            wire.replies == [
                #"{"parameters":{"token":"t"}}"#, #"{"parameters":{"text":"1"}}"#, #"{"parameters":{"text":"2"}}"#,
            ])
        let again = wire.connection.continueCall { (_) throws(VarlinkError) in .done }
        #expect(!again)
    }

    @Test("pushes replies to a call that goes on, until its reader is too slow")
    func watching() throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = 1000
        var wire = Wire(try makeTestService(), limits: limits)
        wire.receive(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(wire.connection.isWaitingForSeveral == true)
        func push(_ wire: inout Wire, _ number: Int) -> Bool {
            wire.connection.continueCall { (reply) throws(VarlinkError) in
                reply.continuing { $0.member("event", number) }
                return .waiting
            }
        }
        for number in 1...3 { #expect(push(&wire, number)) }
        wire.settle()
        #expect(wire.replies.last == #"{"parameters":{"event":3},"continues":true}"#)
        #expect(wire.replies.count == 4)
        var pushed = 0
        while push(&wire, 4), pushed < 1000 { pushed += 1 }
        #expect(pushed < 100)
        #expect(wire.connection.ending == .slowReader)
        #expect(wire.connection.isFinished == true)
    }

    @Test("finishes what has arrived when its client has sent all")
    func halfClosed() throws {
        var wire = Wire(try makeTestService())
        let call = #"{"method":"org.example.Test.Echo","parameters":{"text":"a"}}"#
        wire.receive(call + "\0" + call)
        wire.connection.endInput()
        #expect(wire.replies.count == 1)
        #expect(wire.connection.isFinished == true)
        #expect(wire.connection.wantsInput == false)
    }

    @Test("answers an identical call from the cache, byte for byte")
    func caching() throws {
        let cache = TestCache()
        var wire = Wire(try makeTestService(cache: cache))
        let call = #"{"method":"org.example.Test.Remember","parameters":{"text":"a"}}"#
        for _ in 0..<3 { wire.receive(call + "\0") }
        // Another spelling is another frame.
        wire.receive(call + " \0")
        // Nothing is remembered of calls whose replies differ by their flags.
        for flags in [#""more":true,"#, #""oneway":true,"#] {
            for _ in 0..<2 { wire.receive("{" + flags + call.dropFirst() + "\0") }
        }
        #expect(cache.hits == 2)
        let replies = wire.replies
        #expect(replies[0] == #"{"parameters":{"text":"a","made":1}}"#)
        #expect(replies[1] == replies[0] && replies[2] == replies[0])
        #expect(replies[3] == #"{"parameters":{"text":"a","made":2}}"#)
        #expect(replies.count == 6)
    }

    @Test("answers with empty parameters where a handler writes nothing")
    func emptyReply() throws {
        #expect(
            try replies(
                to:
                    #"{"method":"org.example.Test.Types","parameters":{"flag":true,"number":1,"ratio":1,"text":"","mode":"#
                    + #""slow","pair":{"left":1},"list":[],"map":{},"any":{}}}"#) == [#"{"parameters":{}}"#])
    }
}
