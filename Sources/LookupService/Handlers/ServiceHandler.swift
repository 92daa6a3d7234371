import Varlink

/// Answers io.systemd.service. What changes the daemon is for root and for the user that it runs as.
final class ServiceHandler: InterfaceHandler {
    private let userID: UInt32
    private let requestReload: () -> Void
    private let setLogLevel: (Int) -> Void
    /// The callers that wait for a reading that has not begun.
    private var waiting: [ConnectionID] = []
    /// The callers whose reading goes on.
    private var served: [ConnectionID] = []

    init(userID: UInt32, requestReload: @escaping () -> Void, setLogLevel: @escaping (Int) -> Void) {
        self.userID = userID
        self.requestReload = requestReload
        self.setLogLevel = setLogLevel
    }

    func handle(_ call: borrowing Call, reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        switch call.method {
        case "Ping":
            return .done
        case "Reload":
            try authorize(call.peer)
            if !call.isOneway { waiting.append(call.connection) }
            requestReload()
            return call.isOneway ? .done : .waiting
        case "SetLogLevel":
            try authorize(call.peer)
            guard let level = call.parameters["level"]?.integerValue, (0...7).contains(level) else {
                throw .invalidParameter("level")
            }
            setLogLevel(Int(level))
            return .done
        default:
            throw .methodNotImplemented("io.systemd.service.\(call.method)")
        }
    }

    func callEnded(on connection: ConnectionID) {
        waiting.removeAll { $0 == connection }
        served.removeAll { $0 == connection }
    }

    /// A reading begins: its outcome is for those who have asked by now.
    func readingBegins() {
        served += waiting
        waiting = []
    }

    /// The callers that wait for the reading that has ended; they are forgotten here.
    func takeServed() -> [ConnectionID] {
        defer { served = [] }
        return served
    }

    private func authorize(_ peer: PeerCredentials) throws(VarlinkError) {
        guard peer.userID == 0 || peer.userID == userID else { throw .permissionDenied }
    }
}
