import Glibc
import Testing

@testable import Systemd

/// Runs the loop until `condition` holds, for at most ten seconds.
func run(_ loop: EventLoop, until condition: () -> Bool) throws {
    let deadline = MonotonicTime.now + .seconds(10)
    while !condition() {
        try #require(MonotonicTime.now < deadline, "nothing happened within ten seconds")
        try loop.runOnce(timeout: .milliseconds(100))
    }
}

/// Both ends of a pipe, closed at the end.
final class Pipe {
    let reading: Int32
    private(set) var writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends {
            try #require(fcntl(end, F_SETFD, FD_CLOEXEC) == 0 && fcntl(end, F_SETFL, O_NONBLOCK) == 0)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        closeWriting()
    }

    func send(_ text: String) {
        var bytes = Array(text.utf8)
        _ = write(writing, &bytes, bytes.count)
    }

    func receive() -> String {
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = read(reading, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }
}

/// A directory that is removed at the end, with what is in it (one level).
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/systemd-tests.XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&template)))
    }

    deinit {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink("\(path)/\(name)")
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

/// A bound Unix socket.
final class BoundSocket {
    let descriptor: Int32

    init(path: String, type: __socket_type, listening: Bool = false) throws {
        descriptor = socket(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        if listening { try #require(listen(descriptor, 8) == 0) }
    }

    deinit {
        close(descriptor)
    }

    /// The next datagram; nil if none comes within `seconds`.
    func datagram(within seconds: Int = 10) -> String? {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, Int32(seconds) * 1000) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

/// The test program, started with what a service manager would give it.
final class TestProgram {
    private let pid: pid_t
    private let output: Pipe
    private var status: Int32?

    /// - Parameter descriptors: what the program finds from descriptor 3 on.
    init(
        _ arguments: String..., environment: [String: String] = [:], descriptors: [Int32] = []
    ) throws {
        output = try Pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, output.writing, 2)
        // First out of the way of each other, then to their places.
        for (index, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, 200 + Int32(index))
        }
        for index in descriptors.indices {
            posix_spawn_file_actions_adddup2(&actions, 200 + Int32(index), 3 + Int32(index))
            posix_spawn_file_actions_addclose(&actions, 200 + Int32(index))
        }
        var link = [UInt8](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &link, link.count)
        let products = String(decoding: link.prefix(length), as: UTF8.self).split(separator: "/").dropLast()
        let path = "/" + products.joined(separator: "/") + "/SystemdTestProgram"
        var argumentPointers: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var environmentPointers: [UnsafeMutablePointer<CChar>?] =
            environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var pid = pid_t()
        try #require(posix_spawn(&pid, path, &actions, nil, &argumentPointers, &environmentPointers) == 0, "\(path)")
        self.pid = pid
        output.closeWriting()
    }

    deinit {
        if status == nil {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
    }

    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// All that the program printed, once it has ended (or after ten seconds what there is).
    func readOutput() -> String {
        var text = ""
        var poll = pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0)
        while Glibc.poll(&poll, 1, 10_000) == 1 {
            let more = output.receive()
            if more.isEmpty { break }
            text += more
        }
        return text
    }

    /// The exit status, or minus the signal that ended the program.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        self.status = status
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }
}
