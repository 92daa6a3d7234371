import CLinux
import Glibc
import Testing

@testable import Varlink

@Suite("A listening socket")
final class UnixListenerTests {
    let directory: String

    init() throws { directory = try temporaryDirectory() }

    deinit {
        guard let entries = opendir(directory) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink("\(directory)/\(name)")
            rmdir("\(directory)/\(name)")
        }
        closedir(entries)
        rmdir(directory)
    }

    private func failure(_ path: String) -> UnixListener.Failure? {
        do throws(UnixListener.Failure) {
            _ = try UnixListener(path: path)
            return nil
        } catch {
            return error
        }
    }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    @Test("takes clients, has the permissions that were asked for, and is gone afterwards")
    func ordinary() throws {
        let path = directory + "/socket"
        let listener = try UnixListener(path: path, mode: 0o640)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o640)
        _ = try RawClient(path: path)
        listener.close()
        #expect(!exists(path))
        listener.close()
    }

    @Test("is not taken from a living server")
    func inUse() throws {
        let path = directory + "/socket"
        let listener = try UnixListener(path: path)
        #expect(failure(path) == .inUse(path))
        #expect(UnixListener.Failure.inUse(path).description.contains("in use"))
        _ = try RawClient(path: path)
        listener.close()
    }

    @Test("is not taken from a living server whose queue is full")
    func fullQueue() throws {
        let path = directory + "/socket"
        let listener = try UnixListener(path: path, backlog: 0)
        var clients: [CInt] = []
        var isFull = false
        while !isFull, clients.count < 100 {
            let client = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            isFull = UnixAddress.withAddress(path) { connect(client, $0, $1) } != 0
            clients.append(client)
        }
        #expect(isFull)
        #expect(failure(path) == .inUse(path))
        for client in clients { close(client) }
        listener.close()
    }

    @Test("replaces the socket of a dead server")
    func stale() throws {
        let path = directory + "/socket"
        let dead = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #expect(UnixAddress.withAddress(path) { bind(dead, $0, $1) } == 0)
        listen(dead, 5)
        close(dead)
        #expect(exists(path))
        let listener = try UnixListener(path: path)
        _ = try RawClient(path: path)
        listener.close()
    }

    @Test("deletes nothing that is no socket")
    func otherFiles() throws {
        let file = directory + "/file"
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        #expect(failure(file) == .notASocket(file))
        #expect(exists(file))
        let folder = directory + "/folder"
        mkdir(folder, 0o700)
        #expect(failure(folder) == .notASocket(folder))
        let link = directory + "/link"
        symlink("nowhere", link)
        #expect(failure(link) == .notASocket(link))
        #expect(exists(link))
        let datagram = directory + "/datagram"
        let other = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        #expect(UnixAddress.withAddress(datagram) { bind(other, $0, $1) } == 0)
        #expect(failure(datagram) == .inUse(datagram))
        #expect(exists(datagram))
        close(other)
    }

    @Test("refuses paths that do not fit, and takes the longest that does")
    func length() throws {
        func path(_ length: Int) -> String {
            directory + "/" + String(repeating: "s", count: length - directory.utf8.count - 1)
        }
        #expect(failure(path(108)) == .unusablePath(path(108), maximumLength: 107))
        #expect(failure(path(108))?.description.contains("108 bytes long, at most 107") == true)
        #expect(failure("") == .unusablePath("", maximumLength: 107))
        #expect(failure("/tmp/a\0b") == .unusablePath("/tmp/a\0b", maximumLength: 107))
        let listener = try UnixListener(path: path(107))
        _ = try RawClient(path: path(107))
        listener.close()
    }

    @Test("tells about a directory that is missing, and makes it on request")
    func missingDirectory() throws {
        let path = directory + "/run/socket"
        #expect(failure(path)?.description == "open \(directory)/run: No such file or directory")
        let listener = try UnixListener(path: path, makingDirectory: true)
        listener.close()
        #expect(exists(directory + "/run"))
    }

    @Test("leaves a socket alone at the end that is not its own any more")
    func notOurs() throws {
        let path = directory + "/socket"
        let first = try UnixListener(path: path)
        unlink(path)
        let second = try UnixListener(path: path)
        first.close()
        #expect(exists(path))
        _ = try RawClient(path: path)
        second.close()
        #expect(!exists(path))
    }

    @Test("goes to exactly one of many servers that start at the same time over a dead one")
    func race() throws {
        for _ in 0..<20 {
            let path = directory + "/socket"
            let dead = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            #expect(UnixAddress.withAddress(path) { bind(dead, $0, $1) } == 0)
            close(dead)
            typealias Outcome = Result<UnixListener, UnixListener.Failure>
            nonisolated(unsafe) let outcomes = UnsafeMutableBufferPointer<Outcome?>.allocate(capacity: 8)
            outcomes.initialize(repeating: nil)
            defer { outcomes.deinitialize().deallocate() }
            let threads = outcomes.indices.map { index in
                StartedThread {
                    outcomes[index] = Outcome { () throws(UnixListener.Failure) in try UnixListener(path: path) }
                }
            }
            for thread in threads { thread.join() }
            let winners = outcomes.compactMap { try? $0?.get() }
            #expect(winners.count == 1)
            for winner in winners { winner.close() }
            #expect(!exists(path))
        }
    }

    @Test("that was passed on is not removed")
    func adopted() throws {
        let path = directory + "/socket"
        let owner = try UnixListener(path: path)
        let adopted = UnixListener(adopting: dup(owner.descriptor))
        adopted.close()
        #expect(exists(path))
        owner.close()
    }
}
