import Varlink

/// The reply cache as the service sees it: what a handler declares cacheable is kept with the validity that the
/// handler found.
final class RenderedReplies: Varlink.ReplyCache {
    /// Those of the table that answers.
    var answers: KeptAnswers
    private let clock: ZoneClock
    /// Set by a handler before it declares its reply cacheable.
    var validity: Range<Int64> = 0..<0

    init(_ answers: KeptAnswers, clock: ZoneClock) {
        self.answers = answers
        self.clock = clock
    }

    func append(replyTo frame: UnsafeRawBufferPointer, to output: inout ByteBuffer) -> Bool {
        answers.replies.append(replyTo: frame, at: clock.now, to: &output)
    }

    func remember(_ reply: UnsafeRawBufferPointer, for frame: UnsafeRawBufferPointer) {
        // The day stays what it is: it is in the request, or `validity` ends with it.
        answers.replies.insert(
            request: frame, reply: reply, pieces: answers.outline.pieces, validity: validity)
    }
}
