import Glibc
import Testing

@testable import Systemd

@Suite struct `Passed sockets` {
    @Test func `are taken in order and by name, once, ready for the loop and closed on exec`() throws {
        let directory = try TemporaryDirectory()
        let first = try BoundSocket(path: "\(directory.path)/a", type: SOCK_STREAM, listening: true)
        let second = try BoundSocket(path: "\(directory.path)/b", type: SOCK_STREAM, listening: true)
        let program = try TestProgram(
            "sockets", environment: ["LISTEN_FDS": "2", "LISTEN_FDNAMES": "public:admin"],
            descriptors: [first.descriptor, second.descriptor])
        #expect(
            program.readOutput() == """
                3 public closes-on-exec=true non-blocking=true
                4 admin closes-on-exec=true non-blocking=true
                again: 0, announced: false

                """)
        #expect(program.wait() == 0)
    }

    @Test func `have a name even if the manager gave none`() throws {
        let directory = try TemporaryDirectory()
        let socket = try BoundSocket(path: "\(directory.path)/a", type: SOCK_STREAM, listening: true)
        let program = try TestProgram(
            "sockets", environment: ["LISTEN_FDS": "1"], descriptors: [socket.descriptor])
        #expect(program.readOutput().hasPrefix("3 unknown "))
    }

    @Test(arguments: ["datagram", "not listening", "pipe"])
    func `are refused, with what the unit needs, if one is no listening stream socket`(kind: String) throws {
        let directory = try TemporaryDirectory()
        let socket = try BoundSocket(
            path: "\(directory.path)/a", type: kind == "datagram" ? SOCK_DGRAM : SOCK_STREAM)
        let pipe = try Pipe()
        let program = try TestProgram(
            "sockets", environment: ["LISTEN_FDS": "1", "LISTEN_FDNAMES": "wrong"],
            descriptors: [kind == "pipe" ? pipe.reading : socket.descriptor])
        let output = program.readOutput()
        #expect(output.contains("\"wrong\" as descriptor 3") && output.contains("ListenStream="))
        #expect(program.wait() == 1)
    }

    @Test func `are none in a process that was started otherwise`() throws {
        let program = try TestProgram("take-sockets")
        #expect(program.readOutput() == "again: 0, announced: false\n")
        #expect(program.wait() == 0)
    }
}
