import Legality
import Varlink

/// Replies that were rendered before, by the very bytes of the request.
///
/// A reply is kept only for the table it was made from and only while every civil date that it rests on stays what it
/// is, so that it is exactly what a fresh evaluation would give.
///
/// What a ``ReplyOutline`` says can be had from elsewhere is not kept with each reply, but put in again when it is asked
/// for: the parts of a table that it shares with others, which have to stay where they are as long as the cache does,
/// and the day.
///
/// Bounded in bytes: for room the oldest replies are dropped that were not asked for again. Once any was dropped, a
/// reply is kept only if its request was seen before, so that questions that are never repeated do not drive out those
/// that are.
public final class RequestCache {
    /// Bytes of requests and replies together.
    public let capacity: Int
    /// Longer requests are not kept: an attacker's, not a caller's.
    static let requestLimit = 1024

    private var kept: KeptReplies
    /// Secret: who cannot know which requests collide cannot send many that do.
    private let seed = UInt64.random(in: .min ... .max)
    private var scratch = ByteBuffer()
    /// Traces of the requests that were not kept, by their hash; a later one overwrites an earlier one.
    private let traces: UnsafeMutableBufferPointer<UInt32>

    public init(capacity: Int) {
        self.capacity = capacity
        kept = KeptReplies(capacity: capacity)
        traces = .allocate(capacity: 16_384)
        traces.initialize(repeating: 0)
    }

    deinit { traces.deallocate() }

    public var count: Int { kept.count }

    /// Appends the reply to exactly these bytes, if it is known and holds at `moment`.
    ///
    /// - Parameter day: the one to put into a reply that serves any; nil where it was kept with its own.
    /// - Returns: whether it was known.
    func append(
        replyTo request: UnsafeRawBufferPointer, at moment: Int64, on day: CivilDate? = nil, to output: inout ByteBuffer
    ) -> Bool {
        guard request.count <= RequestCache.requestLimit, request.count > 0 else { return false }
        let hash = RequestCache.hash(request, seed: seed)
        guard let reply = kept.reply(to: request, hash, at: moment) else { return false }
        CompactReply(bytes: reply).append(on: day, to: &output)
        return true
    }

    /// Keeps a reply for moments in `validity`; an older one to the same request is replaced.
    ///
    /// - Parameters:
    ///   - pieces: what of it need not be kept, in order.
    ///   - servesAnyDay: whether the day that it names is not kept either, as it will be asked for on others too.
    func insert(
        request: UnsafeRawBufferPointer, reply: UnsafeRawBufferPointer, pieces: [ReplyOutline.Piece] = [],
        servesAnyDay: Bool = false, validity: Range<Int64>
    ) {
        guard request.count <= RequestCache.requestLimit, request.count > 0, reply.count > 0,
            reply.count <= capacity / 16
        else { return }
        let hash = RequestCache.hash(request, seed: seed)
        if kept.isCrowded, !wasSeen(hash) { return }
        scratch.removeAll()
        CompactReply.write(reply, pieces, servesAnyDay: servesAnyDay, to: &scratch)
        guard request.count + scratch.count <= capacity / 16 else { return }
        kept.insert(request, hash, scratch.bytes, validity: validity)
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
