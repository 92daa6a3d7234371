import Varlink

/// A connection without a socket whose client reads at once.
struct Conversation: ~Copyable {
    private let service: Service
    private(set) var connection: Connection
    private(set) var output: [UInt8] = []
    /// A stream may be long; what comes after so many bytes is not waited for.
    private let outputLimit: Int

    init(_ service: Service, limits: ConnectionLimits = ConnectionLimits(), outputLimit: Int = 1 << 20) {
        self.service = service
        self.outputLimit = outputLimit
        connection = Connection(
            id: ConnectionID(slot: 0, generation: 1), peer: PeerCredentials(processID: 1, userID: 2, groupID: 3),
            limits: limits)
    }

    var hasTooMuchOutput: Bool { output.count > outputLimit }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        connection.receive(bytes, service: service)
        take()
        while connection.hasWork, !hasTooMuchOutput {
            connection.work(service: service)
            take()
        }
    }

    private mutating func take() {
        output += connection.output
        connection.outputSent(connection.output.count)
    }

    /// What is wrong with the output whatever the input was: each reply is a JSON object of Varlink's members and ends
    /// with a NUL byte.
    func problem() -> String? {
        guard !output.isEmpty else { return nil }
        guard output.last == 0 else { return "a reply that does not end" }
        for reply in output.split(separator: 0) {
            guard let value = try? JSONValue(parsing: Array(reply)), let object = value.objectValue else {
                return "a reply that is no JSON object: \(String(decoding: reply, as: UTF8.self))"
            }
            for member in object where !["parameters", "continues", "error"].contains(member.key) {
                return "a reply with the member \(member.key)"
            }
        }
        return nil
    }
}
