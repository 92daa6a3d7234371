import Varlink

extension VarlinkReply {
    /// Reads a whole reply.
    init(frame: UnsafeRawBufferPointer) throws(Failure) {
        var document = JSONDocument()
        let reply: VarlinkReply?
        do throws(JSONError) {
            try document.parse(frame)
            reply = VarlinkReply(document.root)
        } catch {
            throw Failure(.internalFault, "the daemon sent a reply that is \(error)")
        }
        guard let reply else {
            throw Failure(.internalFault, "the daemon sent a reply that is not understood")
        }
        self = reply
    }

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
