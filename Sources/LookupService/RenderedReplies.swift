import Varlink

/// The reply cache as the service sees it: what a handler declares cacheable is kept with the validity that the
/// handler found.
final class RenderedReplies: Varlink.ReplyCache {
    private let replies: RequestCache
    private let clock: ZoneClock
    /// Set by a handler before it declares its reply cacheable.
    var validity: Range<Int64> = 0..<0

    init(clock: ZoneClock, capacity: Int) {
        self.clock = clock
        replies = RequestCache(capacity: capacity)
    }

    func reply(to frame: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        replies.reply(to: frame, at: clock.now)
    }

    func remember(_ reply: UnsafeRawBufferPointer, for frame: UnsafeRawBufferPointer) {
        replies.insert(request: frame, reply: reply, validity: validity)
    }

    /// For another table.
    func removeAll() { replies.removeAll() }
}
