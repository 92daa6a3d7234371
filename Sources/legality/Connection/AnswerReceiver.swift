import Varlink

/// Takes the answers of a conversation one by one, read as a whole.
protocol AnswerReceiver: ReplyReceiver, ~Copyable {
    /// Whether the table had no one place for a name.
    var hasUnknownPlace: Bool { get set }
    /// The parameters of a reply.
    mutating func receive(answer: JSONValue) throws(Failure)
    /// Leaves a trace of a place without an answer on standard output, where lines are counted.
    ///
    /// - Parameter frame: the error as it came.
    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure)
}

extension AnswerReceiver where Self: ~Copyable {
    /// A place that the table does not know is reported and the conversation goes on; any other error ends it.
    mutating func receive(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        let reply = try VarlinkReply(frame: frame)
        guard let error = reply.error else { return try receive(answer: .object(reply.parameters)) }
        guard error.isAboutPlace else {
            try pause()
            throw error.failure
        }
        hasUnknownPlace = true
        try receiveUnknownPlace(frame)
        StandardError.report(error.failure.message)
    }
}
