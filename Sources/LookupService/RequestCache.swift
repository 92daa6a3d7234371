/// Replies that were rendered before, by the very bytes of the request.
///
/// A reply is kept only for the table it was made from and only while every civil date that it rests on stays what it
/// is, so that it is exactly what a fresh evaluation would give.
///
/// Bounded in bytes: replies are kept in two halves, and when the younger one is full the older one is dropped. What is
/// asked for moves to the younger one. Once a half was dropped, a reply is kept only if its request was seen before,
/// so that questions that are never repeated do not drive out those that are.
public final class RequestCache {
    /// Bytes of requests and replies together.
    public let capacity: Int
    /// Longer requests are not kept: an attacker's, not a caller's.
    static let requestLimit = 1024

    private var younger: KeptReplies
    private var older: KeptReplies
    private var isCrowded = false
    /// Secret: who cannot know which requests collide cannot send many that do.
    private let seed = UInt64.random(in: .min ... .max)
    /// Traces of the requests that were not kept, by their hash; a later one overwrites an earlier one.
    private let traces: UnsafeMutableBufferPointer<UInt32>

    public init(capacity: Int = 8 << 20) {
        self.capacity = capacity
        younger = KeptReplies(capacity: capacity / 2)
        older = KeptReplies(capacity: capacity / 2)
        traces = .allocate(capacity: 16_384)
        traces.initialize(repeating: 0)
    }

    deinit { traces.deallocate() }

    public var count: Int { younger.count + older.count }

    public func removeAll() {
        younger.removeAll()
        older.removeAll()
        isCrowded = false
    }

    /// The reply to exactly these bytes, if it is known and holds at `moment`. Valid until ``insert`` or ``removeAll``;
    /// asking for others does not move it.
    public func reply(to request: UnsafeRawBufferPointer, at moment: Int64) -> UnsafeRawBufferPointer? {
        guard request.count <= RequestCache.requestLimit, request.count > 0 else { return nil }
        let hash = RequestCache.hash(request, seed: seed)
        if let entry = younger.find(request, hash) { return younger.reply(of: entry, at: moment) }
        guard let entry = older.find(request, hash), let reply = older.reply(of: entry, at: moment) else { return nil }
        guard younger.hasRoom(for: request.count + reply.count) else { return reply }
        return younger.insert(request, hash, reply, validity: entry.pointee.validFrom..<entry.pointee.validUntil)
    }

    /// Keeps a reply for moments in `validity`; an older one to the same request is replaced.
    public func insert(request: UnsafeRawBufferPointer, reply: UnsafeRawBufferPointer, validity: Range<Int64>) {
        let size = request.count + reply.count
        guard request.count <= RequestCache.requestLimit, request.count > 0, reply.count > 0, size <= capacity / 16
        else { return }
        let hash = RequestCache.hash(request, seed: seed)
        if isCrowded, !wasSeen(hash) { return }
        if !younger.hasRoom(for: size) {
            swap(&younger, &older)
            younger.removeAll()
            isCrowded = true
        }
        _ = younger.insert(request, hash, reply, validity: validity)
    }

    private func wasSeen(_ hash: UInt64) -> Bool {
        let index = Int(truncatingIfNeeded: hash >> 48) & (traces.count - 1)
        let trace = UInt32(truncatingIfNeeded: hash)
        if traces[index] == trace { return true }
        traces[index] = trace
        return false
    }

    /// Eight bytes at a time, multiplied and folded; equality is checked byte by byte, so quality only costs time.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var hash = seed &+ UInt64(bytes.count)
        var position = 0
        while position &+ 8 <= bytes.count {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            position &+= 8
        }
        var rest: UInt64 = 0
        while position < bytes.count {
            rest = rest << 8 | UInt64(bytes[position])
            position &+= 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
