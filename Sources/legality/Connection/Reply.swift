import Varlink

/// An answer of the daemon.
struct Reply: Sendable {
    /// Its parameters, or the error in place of them.
    var outcome: Result<JSONValue, ReplyError>
    /// Whether more answers to the same call follow.
    var continues: Bool

    init(frame: [UInt8]) throws(Failure) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: frame)
        } catch {
            throw Failure(.internalFault, "the daemon sent a reply that is \(error)")
        }
        let parameters = value["parameters"] ?? .object([:])
        if let name = value["error"]?.stringValue {
            outcome = .failure(ReplyError(name: name, parameters: parameters))
        } else {
            outcome = .success(parameters)
        }
        continues = value["continues"]?.boolValue ?? false
    }
}

extension Reply {
    /// The bytes of the verdict in a reply to `Check`, as they stand.
    static func verdict(
        in frame: UnsafeRawBufferPointer, using document: inout JSONDocument
    ) throws(Failure) -> UnsafeRawBufferPointer {
        do {
            try document.parse(frame)
        } catch {
            throw Failure(.internalFault, "the daemon sent a reply that is \(error)")
        }
        guard let verdict = document.root["parameters"]?["verdict"] else {
            throw Failure(.internalFault, "the daemon sent a reply that is not understood: it has no verdict")
        }
        return verdict.rawBytes
    }
}
