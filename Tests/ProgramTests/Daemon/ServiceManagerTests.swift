import Foundation
import Glibc
import Testing

/// What the daemon tells a service manager, on the manager's socket.
@Suite("To its service manager the daemon")
struct ServiceManagerTests {
    @Test("says when it is ready, reloads, is ready again and stops, with the table and the outcome in words")
    func states() throws {
        let manager = try ManagerSocket()
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(
            table: directory.file("data"), environment: ["NOTIFY_SOCKET": manager.path])
        let ready = try #require(manager.next { $0.contains("READY=1") })
        #expect(ready.contains(/STATUS=Table 2026\.01\.01\.0 \([0-9a-f]{12}\), \d+ jurisdictions, \d+ rules\./))

        try SmallTable.write(version: 1, to: directory)
        daemon.send(signal: SIGHUP)
        let reloading = try #require(manager.next { $0.contains("RELOADING=1") })
        #expect(reloading.contains(/MONOTONIC_USEC=[1-9]\d*/))
        let loaded = try #require(manager.next { $0.contains("READY=1") })
        #expect(loaded.contains("STATUS=Table 2026.01.01.1 ") && loaded.contains("Last reload: loaded."))

        try directory.write("id: [", to: "data/ch.yaml")
        daemon.send(signal: SIGHUP)
        #expect(manager.next { $0.contains("RELOADING=1") } != nil)
        let refused = try #require(manager.next { $0.contains("READY=1") })
        #expect(refused.contains("STATUS=Table 2026.01.01.1 "))
        #expect(refused.contains(#/LAST RELOAD REFUSED.*ch\.yaml:\d+:\d+: /#))

        #expect(daemon.stop() == 0)
        #expect(manager.next { $0.contains("STOPPING=1") } != nil)
    }

    @Test("asks for time before it begins to read, and says why it cannot start")
    func unusableTable() throws {
        let manager = try ManagerSocket()
        let directory = try TemporaryDirectory()
        try directory.write("nonsense", to: "data/table.yaml")
        #expect(throws: (any Error).self) {
            _ = try TestDaemon(table: directory.file("data"), environment: ["NOTIFY_SOCKET": manager.path])
        }
        #expect(manager.next { _ in true }?.contains(/EXTEND_TIMEOUT_USEC=[1-9]\d*/) == true)
        let reason = try #require(manager.next { $0.contains("STATUS=") })
        #expect(reason.contains(#/STATUS=Cannot start: .*\.yaml:\d+:\d+: /#))
    }

    /// The socket that `$NOTIFY_SOCKET` names.
    private final class ManagerSocket {
        let path: String
        private let directory: TemporaryDirectory
        private let descriptor: Int32

        init() throws {
            directory = try TemporaryDirectory()
            path = directory.file("notify")
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
        }

        deinit { close(descriptor) }

        /// The next message that is meant; nil if none comes within 30 seconds.
        func next(_ isMeant: (String) -> Bool) -> String? {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            var bytes = [UInt8](repeating: 0, count: 65536)
            while Glibc.poll(&poll, 1, 30_000) == 1 {
                let count = recv(descriptor, &bytes, bytes.count, 0)
                let message = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                if isMeant(message) { return message }
            }
            return nil
        }
    }
}
