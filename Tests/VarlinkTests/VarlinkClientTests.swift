import CLinux
import Glibc
import Testing

@testable import Varlink

@Suite("A client")
struct VarlinkClientTests {
    @Test("calls, streams and pipelines on one connection")
    func conversation() throws {
        let server = try TestServer()
        defer { server.stop() }
        var client = try VarlinkClient(path: server.path, timeout: 10_000)
        #expect(try client.call("org.example.Test.Echo", ["text": "a\"\n\u{1F600}"]) == ["text": "a\"\n\u{1F600}"])
        client.send("org.example.Test.Count", more: true, parameters: ["to": 2])
        client.send("org.example.Test.Echo", oneway: true, parameters: ["text": "silent"])
        client.send("org.example.Test.Echo") { $0.member("text", "last") }
        #expect(try client.receive() == VarlinkReply(parameters: ["number": 1], continues: true))
        #expect(try client.receive() == VarlinkReply(parameters: ["number": 2]))
        #expect(try client.receive().parameters == ["text": "last"])
    }

    @Test("shows errors as values, and the bytes of a reply as they came")
    func errors() throws {
        let server = try TestServer()
        defer { server.stop() }
        var client = try VarlinkClient(path: server.path, timeout: 10_000)
        #expect(throws: ClientError.refused(.invalidParameter("text"))) { try client.call("org.example.Test.Echo") }
        client.send("org.example.Test.Fail")
        let bytes = try client.receive { (view, bytes) in
            #expect(view["error"]?.stringValue == "org.example.Test.Failed")
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(bytes == #"{"error":"org.example.Test.Failed","parameters":{"reason":"on purpose","partial":true}}"#)
        #expect(try client.call("org.example.Test.Echo", ["text": "on"]) == ["text": "on"])
    }

    @Test("tells apart why nobody answers")
    func nobody() throws {
        let directory = try temporaryDirectory()
        defer { rmdir(directory) }
        func failure(_ path: String) -> ClientError? {
            do throws(ClientError) {
                _ = try VarlinkClient(path: path, timeout: 50)
                return nil
            } catch {
                return error
            }
        }
        let path = directory + "/socket"
        #expect(
            failure(path) == .unreachable(SystemError("connect", subject: path, errorNumber: ENOENT)))
        #expect(failure(path)?.description == "connect \(path): No such file or directory")
        let long = directory + "/" + String(repeating: "x", count: 200)
        #expect(failure(long) == .unusablePath(long))

        // A server that listens and never answers.
        let listener = try UnixListener(path: path)
        defer { listener.close() }
        var client = try VarlinkClient(path: path, timeout: 20)
        #expect(throws: ClientError.timedOut) { try client.call("org.example.Test.Echo") }
        // One that hangs up in the middle of its answer.
        let accepted = accept4(listener.descriptor, nil, nil, 0)
        let half = Array("{\"param".utf8)
        send(accepted, half, half.count, 0)
        close(accepted)
        #expect(throws: ClientError.disconnected) { try client.receive() }
        // And ones whose answer is none.
        for answer in ["nonsense\0", "[]\0", "{\"parameters\":5}\0", "{\"error\":1}\0"] {
            var client = try VarlinkClient(path: path, timeout: 5000)
            let accepted = accept4(listener.descriptor, nil, nil, 0)
            defer { close(accepted) }
            let bytes = Array(answer.utf8)
            send(accepted, bytes, bytes.count, 0)
            do throws(ClientError) {
                _ = try client.receive()
                Issue.record("was taken: \(answer)")
            } catch {
                guard case .malformedReply = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test("reads replies in whatever pieces they come")
    func pieces() throws {
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
        let (near, far) = (pair[0], pair[1])
        let replies = (0..<20).map { #"{"parameters":{"number":\#($0),"text":"é"}}"# }
        startThread {
            for byte in replies.joined(separator: "\0").utf8 + [0] {
                var byte = byte
                send(far, &byte, 1, 0)
            }
            close(far)
        }
        var client = VarlinkClient(adopting: near, timeout: 10_000)
        for number in 0..<20 {
            #expect(try client.receive().parameters == ["number": .integer(Int64(number)), "text": "é"])
        }
        #expect(throws: ClientError.disconnected) { try client.receive() }
    }
}
