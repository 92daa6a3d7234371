/// Writes replies straight into the output of a connection.
///
/// A call gets any number of `continuing` replies, if it asked for more, and one final reply or error. What is written
/// after the final reply is dropped, and so is everything for a `oneway` call.
public struct ReplyWriter: ~Copyable {
    var json: JSONWriter
    /// Whether the call was answered finally.
    public private(set) var isFinal = false
    /// Whether the caller takes several replies.
    public private(set) var wantsMore = false
    /// Whether the caller takes no reply; then the work of writing one can be spared.
    public private(set) var isOneway = false

    init() { json = JSONWriter() }

    /// The bytes that wait for being sent, of all replies.
    public var waitingCount: Int { json.buffer.count }

    /// Begins the replies of a call.
    @inline(__always)
    mutating func beginCall(wantsMore: Bool, isOneway: Bool) {
        self.wantsMore = wantsMore
        self.isOneway = isOneway
        isFinal = false
    }

    /// Writes the final reply; `body` writes the members of its parameters.
    public mutating func parameters(_ body: (inout JSONWriter) -> Void) {
        guard beginFrame() else { return }
        json.buffer.append("{\"parameters\":{")
        body(&json)
        json.buffer.append("}}\0")
        isFinal = true
    }

    /// Writes the final reply, without parameters.
    public mutating func empty() {
        guard beginFrame() else { return }
        json.buffer.append("{\"parameters\":{}}\0")
        isFinal = true
    }

    /// Writes a reply that others follow; `body` writes the members of its parameters. Only for calls with `more`;
    /// dropped for others.
    public mutating func continuing(_ body: (inout JSONWriter) -> Void) {
        guard wantsMore, beginFrame() else { return }
        json.buffer.append("{\"parameters\":{")
        body(&json)
        json.buffer.append("},\"continues\":true}\0")
    }

    /// Writes the final reply; `object` is a whole JSON object.
    public mutating func parameters(rawObject object: UnsafeRawBufferPointer) {
        guard beginFrame() else { return }
        json.buffer.append("{\"parameters\":")
        json.buffer.append(object)
        json.buffer.append("}\0")
        isFinal = true
    }

    /// Writes a reply that others follow; `object` is a whole JSON object.
    public mutating func continuing(rawObject object: UnsafeRawBufferPointer) {
        guard wantsMore, beginFrame() else { return }
        json.buffer.append("{\"parameters\":")
        json.buffer.append(object)
        json.buffer.append(",\"continues\":true}\0")
    }

    /// Writes the final reply from a whole frame, with the NUL byte at its end.
    public mutating func frame(_ frame: UnsafeRawBufferPointer) {
        guard beginFrame() else { return }
        json.buffer.append(frame)
        isFinal = true
    }

    /// Writes the final reply as a whole frame, with the NUL byte at its end.
    ///
    /// - Parameter append: appends it and says so, or appends nothing.
    /// - Returns: whether there is a reply.
    public mutating func frame(_ append: (inout ByteBuffer) -> Bool) -> Bool {
        guard beginFrame(), append(&json.buffer) else { return false }
        isFinal = true
        return true
    }

    /// Writes an error as the final reply.
    public mutating func error(_ error: VarlinkError) {
        guard beginFrame() else { return }
        json.beginObject()
        json.member("error", error.name)
        json.name("parameters")
        json.write(error.parameters)
        json.endObject()
        json.buffer.append(UInt8(0))
        isFinal = true
    }

    /// Takes back what was written for the current call; it is then not answered.
    mutating func withdraw(to offset: Int) {
        json.buffer.truncate(to: offset)
        isFinal = false
    }

    /// What waits for being sent from that offset on; for a cache.
    public func bytes(from offset: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: json.buffer.bytes[offset...])
    }

    @inline(__always)
    private mutating func beginFrame() -> Bool {
        guard !isFinal, !isOneway else { return false }
        json.needsComma = false
        return true
    }
}
