import Foundation

/// A client that means harm, or is only badly made: one kind of it, over and over until it is killed.
enum Vandal: String, CaseIterable {
    /// Sends calls as fast as it can and reads the replies.
    case flood
    /// The most expensive calls there are, on many connections.
    case expensive
    /// Half a call, and then nothing.
    case stall
    /// Calls whose replies it does not read.
    case mute
    /// Opens connections until it is refused, and keeps them.
    case hoard
    /// Connects and goes, as fast as it can.
    case knock
    /// Bytes that mean nothing.
    case garbage
    /// As many monitors as it gets.
    case watch

    func run(socket path: String) -> Never {
        signal(SIGPIPE, SIG_IGN)
        Processors.keep(to: Processors.forVandals)
        var held: [Int32] = []
        while true { act(path, &held) }
    }

    private static let lookup = "org.legalityd.Lookup"
    private static func call(_ method: String, _ rest: String = "") -> [UInt8] {
        Array("{\"method\":\"\(method)\"\(rest)}".utf8) + [0]
    }

    private func act(_ path: String, _ held: inout [Int32]) {
        switch self {
        case .flood:
            let places = ["US-CA", "CH", "92101", "San Diego, CA", "no such place at all", "Springfield"]
            let calls = places.flatMap { Self.call("\(Self.lookup).Check", ",\"parameters\":{\"place\":\"\($0)\"}") }
            let burst = Array(repeatElement(calls, count: 20).joined())
            guard let socket = connect(path) else { return }
            for _ in 0..<500 {
                guard send(socket, burst) else { break }
                drain(socket)
            }
            close(socket)
        case .expensive:
            let calls =
                Self.call("\(Self.lookup).List") + Self.call("\(Self.lookup).List", ",\"more\":true")
                + Self.call("\(Self.lookup).Blocklist", ",\"more\":true")
                + Self.call("\(Self.lookup).Check", ",\"parameters\":{\"place\":\"Sprinfgeild Hights, Massachusets\"}")
                + Self.call("\(Self.lookup).Upcoming", ",\"parameters\":{\"within_days\":36500}")
            let sockets = (0..<50).compactMap { _ in connect(path) }
            for round in 0..<20 {
                for socket in sockets {
                    if round % 4 == 0 { _ = send(socket, calls + calls) }
                    drain(socket)
                }
            }
            for socket in sockets { close(socket) }
        case .stall:
            if held.count < 100, let socket = connect(path) {
                _ = send(socket, Array("{\"method\":\"org.legalityd.Lo".utf8))
                held.append(socket)
            } else {
                rest(&held)
            }
        case .mute:
            if held.count < 100, let socket = connect(path) {
                let calls = Self.call("\(Self.lookup).List")
                for _ in 0..<100 where send(socket, calls) {}
                held.append(socket)
            } else {
                rest(&held)
            }
        case .hoard:
            if held.count < 5000, let socket = connect(path) {
                held.append(socket)
            } else {
                rest(&held)
            }
        case .knock:
            if let socket = connect(path) { close(socket) }
        case .garbage:
            guard let socket = connect(path) else { return }
            var bytes = (0..<Int.random(in: 1...5000)).map { _ in UInt8.random(in: 0...255) }
            if Bool.random() { bytes = Array("{\"method\":".utf8) + bytes }
            _ = send(socket, bytes + [0])
            close(socket)
        case .watch:
            if held.count < 400, let socket = connect(path) {
                _ = send(socket, Self.call("\(Self.lookup).Monitor", ",\"more\":true"))
                held.append(socket)
            } else {
                rest(&held)
            }
        }
    }

    /// Keeps what it has for a while, and then begins anew.
    private func rest(_ held: inout [Int32]) {
        usleep(1_000_000)
        for socket in held { close(socket) }
        held = []
    }

    private func connect(_ path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            usleep(1000)
            return nil
        }
        return descriptor
    }

    /// As much as is taken at once.
    private func send(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) > 0
            || errno == EAGAIN
    }

    private func drain(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)) > 0 {}
    }
}
