import Foundation

/// A connection for bytes that no client would send.
final class RawConnection: @unchecked Sendable {
    private let descriptor: Int32
    /// What came beyond the last frame, for ``receiveMuch()``.
    private var rest: [UInt8] = []

    struct Refused: Error {}

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw Refused()
        }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends all of it, or as much as the other side takes before it closes.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8) + [0]) }

    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    enum Input: Equatable {
        case frame(String)
        case closed
        case silence
    }

    /// As ``receive()``, and quicker where much comes; not to be mixed with it.
    func receiveMuch() -> Input {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var scanned = 0
        while true {
            if let end = rest[scanned...].firstIndex(of: 0) {
                defer { rest.removeSubrange(...end) }
                return .frame(String(decoding: rest[..<end], as: UTF8.self))
            }
            scanned = rest.count
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count == 0 { return .closed }
            if count < 0 { return errno == EAGAIN ? .silence : .closed }
            rest += chunk[..<count]
        }
    }

    /// The next frame, or how the connection ended.
    func receive() -> Input {
        var frame: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, 0)
            if count == 0 { return .closed }
            if count < 0 { return errno == EAGAIN ? .silence : .closed }
            if byte == 0 { return .frame(String(decoding: frame, as: UTF8.self)) }
            frame.append(byte)
        }
    }
}
