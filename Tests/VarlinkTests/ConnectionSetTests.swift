import Glibc
import Testing

@testable import Varlink

@Suite("A set of connections")
struct ConnectionSetTests {
    /// A set and a client in one thread: the set is served while the client waits.
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
}
