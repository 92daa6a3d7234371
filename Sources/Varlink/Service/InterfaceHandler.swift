/// Answers the calls of one interface.
///
/// Handlers run on the thread that serves the connections and must not block: what takes long answers
/// ``HandlerResult/waiting`` and replies later.
public protocol InterfaceHandler: AnyObject {
    /// Answers a call by writing to `reply`.
    ///
    /// An error that is thrown becomes the final reply; what was written before it is withdrawn, except for `continuing`
    /// replies of a call that went on before.
    func handle(_ call: borrowing Call, reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult

    /// The client of a call that was ``HandlerResult/waiting`` has gone, or was dropped because it does not read.
    func callEnded(on connection: ConnectionID)
}

extension InterfaceHandler {
    public func callEnded(on connection: ConnectionID) {}
}

/// How far the answer to a call has come.
public enum HandlerResult {
    /// Answered. A call that got no reply is answered with empty parameters.
    case done
    /// Answered, and an identical call may get the same bytes: they are offered to the ``ReplyCache``.
    case cacheable
    /// More replies are ready as soon as the client takes them; they are asked for while there is room.
    case stream(any ReplyStream)
    /// Answered later, by ``ConnectionSet/reply(to:_:)``. Later calls of the connection wait.
    case waiting
}

/// The remaining replies of a call with `more`, made as the client takes them; or the one reply of another call, made
/// in pieces so that others have their turn between.
public protocol ReplyStream: AnyObject {
    /// Writes the next reply, `continuing` or final; or does a piece of the work for it and writes none.
    ///
    /// - Returns: whether to go on.  An error that is thrown becomes the final reply.
    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool
}

/// Replies that are known before a call is read: an identical frame gets the same bytes.
public protocol ReplyCache: AnyObject {
    /// Appends the whole reply, with its NUL byte, to a call whose bytes (without the NUL byte) are `frame`.
    ///
    /// - Returns: false, and nothing is appended, where it is not known.
    func append(replyTo frame: UnsafeRawBufferPointer, to output: inout ByteBuffer) -> Bool

    /// A handler has answered a call with a reply that it declared ``HandlerResult/cacheable``.
    func remember(_ reply: UnsafeRawBufferPointer, for frame: UnsafeRawBufferPointer)
}
