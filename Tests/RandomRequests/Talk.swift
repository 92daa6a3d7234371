import Varlink

/// One connection to the daemon, and all that was sent on it.
final class Talk {
    private var client: VarlinkClient
    private let check: ReplyCheck
    private(set) var sent: [RandomRequest] = []
    /// Of ``sent``, those whose replies were read.
    private var answered = 0
    private(set) var replies = 0
    /// Whether it can be gone on with.
    private(set) var isOver = false

    /// - Parameter timeout: how long a reply may take, in milliseconds.
    init(socket: String, check: ReplyCheck, timeout: Int) throws(ClientError) {
        client = try VarlinkClient(path: socket, timeout: timeout)
        self.check = check
    }

    /// Sends requests without waiting for what comes of them.
    ///
    /// - Returns: what went wrong, if something did.
    func send(_ requests: [RandomRequest]) -> String? {
        sent += requests
        for request in requests {
            (request.bytes + [0]).withUnsafeBytes { client.send(rawBytes: $0) }
        }
        do throws(ClientError) {
            try client.flush()
            return nil
        } catch {
            return "sending: \(error)"
        }
    }

    /// Reads what was not read yet.
    ///
    /// - Returns: what went wrong, if something did.
    func receive() -> String? {
        while answered < sent.count, !isOver {
            let request = sent[answered]
            answered += 1
            if let fault = fault(in: request.expectation) { return "\(fault)\nrequest: \(request.description)" }
            isOver = request.isLast
        }
        return nil
    }

    private func fault(in expectation: RandomRequest.Expectation) -> String? {
        switch expectation {
        case .nothing: return nil
        case .end: return faultInEnd()
        default:
            while true {
                let frame: [UInt8]
                do throws(ClientError) {
                    frame = [UInt8](try client.receiveFrame())
                } catch {
                    return error.description
                }
                replies += 1
                switch check.finding(in: frame, for: expectation) {
                case .fault(let text): return text
                case .last:
                    if case .refusal = expectation { return faultInEnd() }
                    return nil
                case .continues: if case .departure = expectation { return nil }
                }
            }
        }
    }

    private func faultInEnd() -> String? {
        do throws(ClientError) {
            return "was answered: \(String(decoding: try client.receiveFrame(), as: UTF8.self))"
        } catch {
            return error == .disconnected ? nil : error.description
        }
    }
}
