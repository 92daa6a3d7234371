import Varlink

/// The reply cache as the service sees it: what a handler declares cacheable is kept with the validity that the
/// handler found.
final class RenderedReplies: Varlink.ReplyCache {
    /// Those of the table that answers.
    var replies: RequestCache
    private let clock: ZoneClock
    /// Set by a handler before it declares its reply cacheable.
    var validity: Range<Int64> = 0..<0
    /// Likewise: what of that reply need not be kept with it.
    var outline: ReplyOutline?

    init(_ replies: RequestCache, clock: ZoneClock) {
        self.replies = replies
        self.clock = clock
    }

    func append(replyTo frame: UnsafeRawBufferPointer, to output: inout ByteBuffer) -> Bool {
        replies.append(replyTo: frame, at: clock.now, to: &output)
    }

    func remember(_ reply: UnsafeRawBufferPointer, for frame: UnsafeRawBufferPointer) {
        // The day stays what it is: it is in the request, or `validity` ends with it.
        replies.insert(request: frame, reply: reply, pieces: outline?.pieces ?? [], validity: validity)
    }
}
