import Glibc
import Testing

@testable import Varlink

private func echo(_ text: String) -> String {
    #"{"method":"org.example.Test.Echo","parameters":{"text":"\#(text)"}}"# + "\0"
}

private func echoed(_ text: String) -> String { #"{"parameters":{"text":"\#(text)"}}"# }

@Suite("A set of connections")
struct ConnectionSetTests {
    @Test("answers a call over a socket")
    func oneCall() throws {
        let handler = TestHandler()
        let set = try ConnectionSet(service: try makeTestService(handler: handler))
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
        set.adopt(pair[0])
        var client = VarlinkClient(adopting: pair[1], timeout: 5000)
        client.send("org.example.Test.Echo", parameters: ["text": "hello"])
        try client.flush()
        set.serve()
        #expect(try client.receive().parameters == ["text": "hello"])
        #expect(set.statistics.calls == 1)
    }

    @Test("knows who calls")
    func credentials() throws {
        let server = try TestServer()
        defer { server.stop() }
        var client = try VarlinkClient(path: server.path, timeout: 10_000)
        let reply = try client.call("org.example.Test.Who")
        #expect(reply["user"]?.integerValue == Int64(getuid()))
        #expect(reply["process"]?.integerValue == Int64(getpid()))
    }

    @Test("serves the next client after each kind of bad input, and gives everything back")
    func badInput() throws {
        var limits = ConnectionLimits()
        limits.frameSize = 64 * 1024
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let closing: [(String, [UInt8])] = [
            ("not JSON", Array("hello\0".utf8)), ("NUL bytes alone", [0, 0, 0, 0]),
            (
                "invalid UTF-8",
                Array(#"{"method":"a.B","parameters":{"a":""#.utf8) + [0xC3, 0x28] + Array("\"}}\0".utf8)
            ),
            ("a frame over the limit", [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)),
            ("a whole frame over the limit", Array(echo(String(repeating: "a", count: 70_000)).utf8)),
            (
                "a name of 1 MB, over the limit",
                Array(#"{"method":"\#(String(repeating: "a", count: 1 << 20))"}"#.utf8) + [0]
            ),
            ("deep nesting", [UInt8](repeating: UInt8(ascii: "["), count: 60_000) + [0]),
        ]
        for (what, bytes) in closing {
            let client = try server.connect()
            client.send(bytes)
            if what.contains("over the limit") {
                let refusal = #"{"limit":"request_size","maximum":65536}"#
                #expect(client.receive() == #"{"error":"org.example.Test.Refused","parameters":\#(refusal)}"#)
            }
            #expect(client.isClosedByServer(), "\(what)")
            let next = try server.connect()
            next.send(echo(what))
            #expect(next.receive() == echoed(what), "\(what)")
        }
        let answered: [(String, String)] = [
            ("[1,2]", "InvalidParameter"), (#"{"x":1}"#, "InvalidParameter"),
            (#"{"method":"org.none.Do"}"#, "InterfaceNotFound"),
            (#"{"method":"org.example.Test.Do"}"#, "MethodNotFound"),
            (#"{"method":"org.example.Test.Echo"}"#, "InvalidParameter"),
            (#"{"method":"org.example.Test.Echo","parameters":{"text":1}}"#, "InvalidParameter"),
            (#"{"method":"\#(String(repeating: "a", count: 60_000))"}"#, "InvalidParameter"),
        ]
        let client = try server.connect()
        for (call, error) in answered {
            client.send(call + "\0" + echo("on"))
            #expect(client.receive()?.hasPrefix(#"{"error":"org.varlink.service.\#(error)""#) == true, "\(call)")
            #expect(client.receive() == echoed("on"), "\(call)")
        }
        client.close()
        // Half a frame, then close; half a frame, then nothing.
        let half = try server.connect()
        half.send(#"{"method":"org.ex"#)
        half.close()
        let silent = try server.connect()
        silent.send(#"{"method":"org.ex"#)
        let next = try server.connect()
        next.send(echo("next"))
        #expect(next.receive() == echoed("next"))
        silent.close()
        next.close()
        #expect(server.eventually { $0.set.count == 0 })
        let statistics = server.ask { $0.set.statistics }
        #expect(statistics.violations == 4)
        #expect(statistics.oversizedFrames == 3)
    }

    @Test("answers pipelined calls of many clients in order, with large and small replies")
    func pipelines() throws {
        let server = try TestServer()
        defer { server.stop() }
        let clients = try (0..<20).map { _ in try server.connect() }
        for round in 0..<3 {
            for (index, client) in clients.enumerated() {
                client.send((0..<50).map { echo("\(round)-\(index)-\($0)") }.joined())
            }
            for (index, client) in clients.enumerated() {
                for call in 0..<50 { #expect(client.receive() == echoed("\(round)-\(index)-\(call)")) }
            }
        }
    }

    @Test("takes megabytes of pipelined calls and replies from a client that sends and reads at its own pace")
    func largePipeline() throws {
        let server = try TestServer()
        defer { server.stop() }
        var client = try VarlinkClient(path: server.path, timeout: 20_000)
        let filler = String(repeating: "f", count: 10_000)
        for number in 0..<1000 {
            client.send("org.example.Test.Echo", parameters: ["text": .string("\(number)\(filler)")])
        }
        for number in 0..<1000 {
            #expect(try client.receive().parameters["text"]?.stringValue == "\(number)\(filler)")
        }
    }

    @Test("answers what a client sent before it closed its end")
    func halfClosed() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(
            echo("a") + #"{"method":"org.example.Test.Count","more":true,"parameters":{"to":300,"size":5000}}"# + "\0"
                + echo("b"))
        client.endInput()
        #expect(client.receive() == echoed("a"))
        for _ in 0..<300 { #expect(client.receive() != nil) }
        #expect(client.receive() == echoed("b"))
        #expect(client.isClosedByServer())
    }

    @Test("holds a thousand idle connections and serves one more at once")
    func manyIdle() throws {
        let server = try TestServer()
        defer { server.stop() }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let number = min(1000, (Int(limit.rlim_cur) - 100) / 2)
        let idle = try (0..<number).map { _ in try server.connect() }
        #expect(server.eventually { $0.set.count == number })
        let client = try server.connect()
        client.send(echo("quick"))
        #expect(client.receive() == echoed("quick"))
        for connection in idle { connection.close() }
        client.close()
        #expect(server.eventually { $0.set.count == 0 })
    }

    @Test("does not let one client that floods keep another waiting")
    func fairness() throws {
        let server = try TestServer()
        defer { server.stop() }
        let path = server.path
        let calls = Array((0..<20_000).map { echo("\($0)") }.joined().utf8)
        // It reads nothing, so it is stopped by back-pressure in the middle.
        startThread {
            let flooder = try? RawClient(path: path)
            flooder?.send(calls)
        }
        #expect(server.eventually { $0.set.statistics.calls > 100 })
        let client = try server.connect()
        client.send(echo("me too"))
        #expect(client.receive() == echoed("me too"))
    }

    @Test("keeps a bounded amount for a client that does not read a stream, and serves others meanwhile")
    func slowStreamReader() throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = 100_000
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let slow = try server.connect()
        slow.send(#"{"method":"org.example.Test.Count","more":true,"parameters":{"to":20000,"size":1000}}"# + "\0")
        let other = try server.connect()
        other.send(echo("other"))
        #expect(other.receive() == echoed("other"))
        var count = 0
        while let reply = slow.receive() {
            count += 1
            if !reply.contains("continues") { break }
        }
        #expect(count == 20_000)
    }

    @Test("ends a stream whose reader has vanished")
    func vanishedReader() throws {
        let server = try TestServer()
        defer { server.stop() }
        let stream = try server.connect()
        stream.send(
            #"{"method":"org.example.Test.Count","more":true,"parameters":{"to":100000000,"size":1000}}"# + "\0")
        #expect(stream.receive() != nil)
        stream.close()
        #expect(server.eventually { $0.set.count == 0 })
    }

    @Test("tells a handler when the client of a waiting call has gone")
    func vanishedWatcher() throws {
        let server = try TestServer()
        defer { server.stop() }
        let watcher = try server.connect()
        watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(watcher.receive() == #"{"parameters":{"event":0},"continues":true}"#)
        #expect(server.ask { $0.handler.waiting.count } == 1)
        watcher.close()
        #expect(server.eventually { $0.handler.ended.count == 1 && $0.set.count == 0 })
        #expect(server.ask { $0.handler.waiting.count } == 0)
    }

    @Test("pushes events to those who wait, and later calls are answered behind the last one")
    func pushes() throws {
        let server = try TestServer()
        defer { server.stop() }
        let watcher = try server.connect()
        watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0" + echo("behind"))
        #expect(watcher.receive() != nil)
        let taken = server.ask { inside in
            (1...3).map { number in
                inside.set.reply(to: inside.handler.waiting[0]) { (reply) throws(VarlinkError) in
                    if number < 3 {
                        reply.continuing { $0.member("event", number) }
                        return .waiting
                    }
                    reply.parameters { $0.member("event", number) }
                    return .done
                }
            }
        }
        #expect(taken == [true, true, true])
        #expect(watcher.receive() == #"{"parameters":{"event":1},"continues":true}"#)
        #expect(watcher.receive() == #"{"parameters":{"event":2},"continues":true}"#)
        #expect(watcher.receive() == #"{"parameters":{"event":3}}"#)
        #expect(watcher.receive() == echoed("behind"))
        let late = server.ask { inside in
            inside.set.reply(to: inside.handler.waiting[0]) { (_) throws(VarlinkError) in .done }
        }
        #expect(!late)
    }

    @Test("writes what is left for their turns in its order, and nothing for those who have gone")
    func pushesInTurn() throws {
        let server = try TestServer()
        defer { server.stop() }
        let watchers = try (0..<3).map { _ in try server.connect() }
        for watcher in watchers {
            watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0" + echo("behind"))
            #expect(watcher.receive() != nil)
        }
        server.ask { inside in
            for number in 1...3 {
                for id in inside.handler.waiting {
                    inside.set.replyInTurn(to: id) { (reply) throws(VarlinkError) in
                        if number == 2 {
                            reply.parameters { $0.member("event", number) }
                            return .done
                        }
                        reply.continuing { $0.member("event", number) }
                        return .waiting
                    }
                }
            }
        }
        for watcher in watchers {
            #expect(watcher.receive() == #"{"parameters":{"event":1},"continues":true}"#)
            #expect(watcher.receive() == #"{"parameters":{"event":2}}"#)
            #expect(watcher.receive() == echoed("behind"), "the third was for a call that was over")
        }
    }

    @Test("makes one reply in pieces, serves others between them, and finishes it when it drains")
    func pieces() throws {
        let server = try TestServer()
        defer { server.stop() }
        let patient = try server.connect()
        patient.send(#"{"method":"org.example.Test.Pieces","parameters":{"count":1000000000}}"# + "\0")
        let other = try server.connect()
        other.send(echo("between"))
        #expect(other.receive() == echoed("between"))
        patient.close()

        let caller = try server.connect()
        caller.send(#"{"method":"org.example.Test.Pieces","parameters":{"count":100000}}"# + "\0")
        #expect(server.eventually { $0.set.count == 2 })
        server.ask { $0.set.drain() }
        #expect(caller.receive() == #"{"parameters":{"made":100000}}"#)
        #expect(caller.isClosedByServer())
    }

    @Test("goes round: whichever of a user's connections asked first is answered first, however long each call takes")
    func turnsOfOneUser() throws {
        let set = try ConnectionSet(service: try makeTestService(handler: TestHandler()))
        var sockets: [CInt] = []
        for _ in 0..<12 {
            var pair: [CInt] = [0, 0]
            #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
            set.adopt(pair[0])
            sockets.append(pair[1])
        }
        defer { for socket in sockets { close(socket) } }
        let call = Array(#"{"method":"org.example.Test.Linger","parameters":{"text":"on"}}"#.utf8) + [0]
        var asked = Array(0..<12)
        var answers = 0
        for socket in sockets { send(socket, call, call.count, 0) }
        var buffer = [UInt8](repeating: 0, count: 1000)
        for _ in 0..<1000 where answers < 36 {
            set.serve()
            let answered = sockets.indices.filter { recv(sockets[$0], &buffer, 1000, CInt(MSG_DONTWAIT)) > 0 }
            let waiting = sockets.indices.filter { !answered.contains($0) }.map { asked[$0] }
            #expect(answered.allSatisfy { number in waiting.allSatisfy { asked[number] < $0 } })
            for number in answered {
                asked[number] = 12 + answers
                answers += 1
                send(sockets[number], call, call.count, 0)
            }
        }
        #expect(answers >= 36)
    }

    @Test("executes the call of a client that has gone while it waited for its turn, and forgets the connection")
    func goneBeforeItsTurn() throws {
        let handler = TestHandler()
        let set = try ConnectionSet(service: try makeTestService(handler: handler))
        let call = Array(#"{"method":"org.example.Test.Linger","parameters":{"text":"on"}}"#.utf8) + [0]
        func connect(calls: Int) -> CInt {
            var pair: [CInt] = [0, 0]
            #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
            set.adopt(pair[0])
            for _ in 0..<calls { send(pair[1], call, call.count, 0) }
            return pair[1]
        }
        // One that has more to do than a turn is long stands among them: so the others wait for several rounds, and the
        // kernel has fallen silent about them by the time they are served.
        let busy = connect(calls: 5)
        for _ in 0..<10 { close(connect(calls: 1)) }
        for _ in 0..<1000 where set.count > 1 || handler.executed < 15 { set.serve() }
        #expect(set.count == 1)
        #expect(handler.executed == 15)
        close(busy)
        for _ in 0..<1000 where set.count > 0 { set.serve() }
        #expect(set.count == 0)
    }

    @Test("carries out what clients who have gone had called, and makes no replies that nobody reads")
    func gone() throws {
        try expectAllCarriedOut(servingFirst: false)
    }

    @Test("carries out what clients who do not read had called before they went")
    func goneUnread() throws {
        try expectAllCarriedOut(servingFirst: true)
    }

    private func expectAllCarriedOut(servingFirst: Bool) throws {
        let handler = TestHandler()
        let cache = TestCache()
        let set = try ConnectionSet(service: try makeTestService(handler: handler, cache: cache))
        // Not all of these replies fit into what may wait for being sent, and the last call waits behind them.
        let endless =
            #"{"method":"org.example.Test.Count","parameters":{"to":1000000000,"size":60000},"more":true}"# + "\0"
        let inPieces = #"{"method":"org.example.Test.Pieces","parameters":{"count":1000000000}}"# + "\0"
        let remembered = #"{"method":"org.example.Test.Remember","parameters":{"text":"a"}}"# + "\0"
        let calls = servingFirst ? [endless, inPieces] : [endless, inPieces, remembered, remembered]
        for call in calls {
            var pair: [CInt] = [0, 0]
            #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
            set.adopt(pair[0])
            let bytes = Array((call + echo("last")).utf8)
            #expect(send(pair[1], bytes, bytes.count, 0) == bytes.count)
            if servingFirst { for _ in 0..<10 { set.serve() } }
            close(pair[1])
        }
        for _ in 0..<1000 where set.count > 0 { set.serve() }
        #expect(set.count == 0)
        #expect(handler.executed == 2 * calls.count)
        #expect(cache.hits == 0)
    }

    @Test("drops a watcher that does not read what is pushed to it")
    func slowWatcher() throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = 50_000
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let watcher = try server.connect()
        watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(watcher.receive() != nil)
        let dropped = eventually {
            !server.ask { inside in
                guard let id = inside.handler.waiting.first else { return false }
                return inside.set.reply(to: id) { (reply) throws(VarlinkError) in
                    reply.continuing { $0.member("event", String(repeating: "e", count: 10_000)) }
                    return .waiting
                }
            }
        }
        #expect(dropped)
        #expect(server.eventually { $0.set.count == 0 && $0.set.statistics.slowReaders == 1 })
        #expect(server.ask { $0.handler.ended.count } == 1)
        while watcher.receive() != nil {}
        #expect(watcher.isClosed)
    }

    @Test("refuses connections beyond its limits and says which")
    func connectionLimits() throws {
        var limits = ConnectionLimits()
        limits.connections = 5
        limits.connectionsPerUser = 3
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let first = try (0..<3).map { _ in try server.connect() }
        #expect(server.eventually { $0.set.count == 3 })
        let refused = try server.connect()
        #expect(
            refused.receive()
                == #"{"error":"org.example.Test.Refused","parameters":{"limit":"connections_per_user","maximum":3}}"#)
        #expect(refused.isClosedByServer())
        var client = try VarlinkClient(path: server.path, timeout: 10_000)
        #expect(
            throws: ClientError.refused(
                VarlinkError("org.example.Test.Refused", ["limit": "connections_per_user", "maximum": 3]))
        ) { try client.call("org.example.Test.Who") }
        first[0].close()
        #expect(server.eventually { $0.set.count == 2 })
        let again = try server.connect()
        again.send(echo("again"))
        #expect(again.receive() == echoed("again"))
        #expect(server.ask { $0.set.statistics.refused } == 2)
    }

    @Test("refuses waiting calls beyond the limit and keeps the connection")
    func waitingLimit() throws {
        var limits = ConnectionLimits()
        limits.waitingCalls = 2
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let watchers = try (0..<2).map { _ in try server.connect() }
        for watcher in watchers {
            watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
            #expect(watcher.receive() != nil)
        }
        let third = try server.connect()
        third.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0" + echo("on"))
        #expect(
            third.receive()
                == #"{"error":"org.example.Test.Refused","parameters":{"limit":"waiting_calls","maximum":2}}"#)
        #expect(third.receive() == echoed("on"))
        // A call that waits for one reply is not kept out by monitors.
        third.send(#"{"method":"org.example.Test.Wait"}"# + "\0")
        #expect(server.eventually { $0.handler.waiting.count == 3 })
        let isAnswered = server.ask { inside in
            inside.set.reply(to: inside.handler.waiting[2]) { (_) throws(VarlinkError) in .done }
        }
        #expect(isAnswered)
        #expect(third.receive() == #"{"parameters":{}}"#)
        // A place becomes free when a monitor goes.
        watchers[0].close()
        #expect(server.eventually { $0.set.count == 2 })
        third.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(third.receive()?.contains("continues") == true)
    }

    @Test("ends connections that do nothing, keep a call half sent, or leave replies unread; never one that waits")
    func timeouts() throws {
        var limits = ConnectionLimits()
        // Far longer than the test takes: only the times below count.
        limits.frameTime = 1_000_000
        limits.stallTime = 3_000_000
        limits.idleTime = 6_000_000
        limits.waitingOutput = 1_000_000
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let idle = try server.connect()
        let half = try server.connect()
        half.send(echo("whole") + "{")
        #expect(half.receive() == echoed("whole"))
        let unread = try server.connect()
        unread.send(#"{"method":"org.example.Test.Count","more":true,"parameters":{"to":100000,"size":1000}}"# + "\0")
        let watcher = try server.connect()
        watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(watcher.receive() != nil)
        #expect(server.eventually { $0.set.count == 4 && $0.set.statistics.calls == 3 })
        func expire(after milliseconds: Int) -> Int {
            server.ask { inside in
                inside.set.expire(now: MonotonicClock.now() + milliseconds)
                return inside.set.count
            }
        }
        #expect(expire(after: 500_000) == 4)
        #expect(expire(after: 1_500_000) == 3)
        #expect(
            half.receive()
                == #"{"error":"org.example.Test.Refused","parameters":{"limit":"request_time","maximum":1000000}}"#)
        #expect(half.isClosedByServer())
        #expect(eventually { expire(after: 3_500_000) == 2 })
        while unread.receive() != nil {}
        #expect(unread.isClosed)
        #expect(expire(after: 6_500_000) == 1)
        #expect(idle.isClosedByServer())
        #expect(expire(after: 1_000_000_000) == 1)
        #expect(server.ask { $0.set.statistics.expired } == 3)
    }

    @Test("announces time-outs on its own descriptor")
    func timer() throws {
        var limits = ConnectionLimits()
        limits.frameTime = 30
        let server = try TestServer(limits: limits)
        defer { server.stop() }
        let half = try server.connect()
        half.send("{")
        #expect(half.receive()?.contains("request_time") == true)
        #expect(half.isClosedByServer())
        #expect(server.ask { $0.set.statistics.expired } == 1)
    }

    @Test("drains: answers what has arrived and who was let in, accepts no one, ends streams and closes")
    func drain() throws {
        let server = try TestServer()
        defer { server.stop() }
        let newcomer = try server.connect()
        let idle = try server.connect()
        idle.send(echo("early"))
        #expect(idle.receive() == echoed("early"))
        let caller = try server.connect()
        let watcher = try server.connect()
        watcher.send(#"{"method":"org.example.Test.Watch","more":true}"# + "\0")
        #expect(watcher.receive() != nil)
        let waiter = try server.connect()
        waiter.send(#"{"method":"org.example.Test.Wait"}"# + "\0")
        #expect(server.eventually { $0.set.count == 5 && $0.handler.waiting.count == 2 })
        let descriptor = caller.descriptor
        let count = server.ask { inside in
            // It has arrived, and was not read yet.
            let call = Array(echo("late").utf8)
            Glibc.send(descriptor, call, call.count, 0)
            inside.set.drain()
            for _ in 0..<5 { inside.set.serve() }
            return inside.set.count
        }
        #expect(count == 2)
        newcomer.send(echo("first"))
        #expect(newcomer.receive() == echoed("first"))
        #expect(newcomer.isClosedByServer())
        #expect(caller.receive() == echoed("late"))
        #expect(caller.isClosedByServer())
        #expect(idle.isClosedByServer())
        #expect(watcher.isClosedByServer())
        let answered = server.ask { inside in
            inside.set.reply(to: inside.handler.waiting[0]) { (reply) throws(VarlinkError) in
                reply.parameters { $0.member("token", "done") }
                return .done
            }
        }
        #expect(answered)
        #expect(waiter.receive() == #"{"parameters":{"token":"done"}}"#)
        #expect(waiter.isClosedByServer())
        #expect(server.eventually { $0.set.count == 0 })
    }
}
