import Glibc

/// Replies that were rendered before, by the very bytes of the request.
///
/// A reply is kept only for the table it was made from and only while every civil date that it rests on stays what it
/// is, so that it is exactly what a fresh evaluation would give. Bounded in bytes; when full it starts anew.
public final class RequestCache {
    /// Bytes of requests and replies together.
    public let capacity: Int
    /// Longer requests are not kept: an attacker's, not a caller's.
    static let requestLimit = 1024

    private struct Entry {
        var hash: UInt64
        var requestStart: Int
        var requestLength: Int
        var replyStart: Int
        var replyLength: Int
        var validFrom: Int64
        var validUntil: Int64
    }

    private var entries: [Entry]
    /// Index into `entries` plus one; 0: free. A power of two in length.
    private var slots: [UInt32]
    private let storage: UnsafeMutableRawPointer
    private var used = 0

    public init(capacity: Int = 8 << 20) {
        self.capacity = capacity
        storage = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1), alignment: 16)
        entries = []
        slots = [UInt32](repeating: 0, count: 1024)
    }

    deinit { storage.deallocate() }

    public var count: Int { entries.count }

    public func removeAll() {
        guard !entries.isEmpty else { return }
        entries.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
        used = 0
    }

    /// The reply to exactly these bytes, if it is known and holds at `moment`. Valid until the next mutation.
    @inline(__always)
    public func reply(to request: UnsafeRawBufferPointer, at moment: Int64) -> UnsafeRawBufferPointer? {
        guard request.count <= RequestCache.requestLimit, let bytes = request.baseAddress else { return nil }
        let hash = RequestCache.hash(request)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.requestLength == request.count,
                equal(storage + entry.requestStart, bytes, request.count)
            {
                guard entry.validFrom <= moment, moment < entry.validUntil else { return nil }
                return UnsafeRawBufferPointer(start: storage + entry.replyStart, count: entry.replyLength)
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Keeps a reply for moments in `validity`; an older one to the same request is replaced.
    public func insert(request: UnsafeRawBufferPointer, reply: UnsafeRawBufferPointer, validity: Range<Int64>) {
        let size = request.count + reply.count
        guard request.count <= RequestCache.requestLimit, let requestBytes = request.baseAddress,
            let replyBytes = reply.baseAddress, size <= capacity / 8
        else { return }
        if used + size > capacity { removeAll() }
        if (entries.count + 1) * 2 > slots.count { grow() }
        let hash = RequestCache.hash(request)
        (storage + used).copyMemory(from: requestBytes, byteCount: request.count)
        (storage + used + request.count).copyMemory(from: replyBytes, byteCount: reply.count)
        let entry = Entry(
            hash: hash, requestStart: used, requestLength: request.count, replyStart: used + request.count,
            replyLength: reply.count, validFrom: validity.lowerBound, validUntil: validity.upperBound)
        used += size
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            let known = entries[position]
            if known.hash == hash, known.requestLength == request.count,
                equal(storage + known.requestStart, requestBytes, request.count)
            {
                entries[position] = entry
                return
            }
            slot = (slot + 1) & mask
        }
        entries.append(entry)
        slots[slot] = UInt32(entries.count)
    }

    private func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (position, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(position + 1)
        }
    }

    @inline(__always)
    private func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        memcmp(left, right, count) == 0
    }

    /// Eight bytes at a time, multiplied and folded; equality is checked byte by byte, so quality only costs time.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 &+ UInt64(bytes.count)
        var position = 0
        while position + 8 <= bytes.count {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            position += 8
        }
        var rest: UInt64 = 0
        while position < bytes.count {
            rest = rest << 8 | UInt64(bytes[position])
            position += 1
        }
        return mix(hash ^ rest)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
