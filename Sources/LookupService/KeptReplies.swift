import Glibc

/// Requests and their replies in a ring of memory, in the order in which they were kept, and an open hash table over
/// it. Outside of Swift's arrays, since every request passes here.
///
/// For room the oldest are dropped; but one that was asked for since it was kept, or moved, moves to the young end
/// instead (second chance).
struct KeptReplies: ~Copyable {
    /// What stands in the ring before a request and its reply.
    private struct Record {
        var hash: UInt64
        var validFrom: Int64
        var validUntil: Int64
        var replyLength: UInt32
        var requestLength: UInt16
        var wasAsked: Bool

        /// In the ring: with request and reply, and a multiple of its alignment.
        var size: Int { Record.size(Int(requestLength) &+ Int(replyLength)) }

        @inline(__always)
        static func size(_ length: Int) -> Int { (MemoryLayout<Record>.stride &+ length &+ 7) & ~7 }
    }

    /// How many bytes are moved for one that is kept, more or less: nobody shall wait for the whole ring.
    private static let moveLimit = 64 * 1024

    private let capacity: Int
    private let ring: UnsafeMutableRawPointer
    /// Where the oldest record is.
    private var oldest = 0
    /// Where the next one goes.
    private var free = 0
    /// Where the records end that are older than the one at the start of the ring; nil while none is.
    private var wrap: Int?
    /// In each the low half of a hash above, and the record's offset in words and one below; 0 where none is.
    private var slots: UnsafeMutablePointer<UInt64>
    /// A power of two.
    private var slotCount = 256
    private(set) var count = 0
    /// Whether any were dropped for others.
    private(set) var isCrowded = false

    /// - Parameter capacity: bytes of what is kept; less than 16 GB.
    init(capacity: Int) {
        self.capacity = capacity & ~7
        ring = .allocate(byteCount: max(capacity, 1), alignment: 16)
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
    }

    deinit {
        ring.deallocate()
        slots.deallocate()
    }

    /// The reply to this request, if it is kept and holds at `moment`. Valid until the next change.
    @inline(__always)
    func reply(
        to request: UnsafeRawBufferPointer, _ hash: UInt64, at moment: Int64
    ) -> UnsafeRawBufferPointer? {
        guard let slot = find(request, hash) else { return nil }
        let record = record(at: slot)
        guard record.pointee.validFrom <= moment, moment < record.pointee.validUntil else { return nil }
        record.pointee.wasAsked = true
        return UnsafeRawBufferPointer(
            start: UnsafeRawPointer(record + 1) + Int(record.pointee.requestLength),
            count: Int(record.pointee.replyLength))
    }

    /// Keeps a copy, in the place of the reply to the same request. Both together have to be smaller than the capacity by
    /// a record.
    mutating func insert(
        _ request: UnsafeRawBufferPointer, _ hash: UInt64, _ reply: UnsafeRawBufferPointer, validity: Range<Int64>
    ) {
        let size = Record.size(request.count &+ reply.count)
        guard size <= capacity else { return }
        makeRoom(for: size)
        let target = ring + free
        target.storeBytes(
            of: Record(
                hash: hash, validFrom: validity.lowerBound, validUntil: validity.upperBound,
                replyLength: UInt32(reply.count), requestLength: UInt16(request.count), wasAsked: false),
            as: Record.self)
        let bytes = UnsafeMutableRawBufferPointer(
            start: target + MemoryLayout<Record>.stride, count: request.count &+ reply.count)
        bytes.copyBytes(from: request)
        UnsafeMutableRawBufferPointer(rebasing: bytes[request.count...]).copyBytes(from: reply)
        // The record of an older reply stays in the ring, without a slot, until its turn comes.
        if let known = find(request, hash) {
            slots[known] = entry(hash, at: free)
        } else {
            if (count &+ 1) &* 2 > slotCount { grow() }
            place(entry(hash, at: free))
            count &+= 1
        }
        free &+= size
    }

    // MARK: The ring

    private mutating func makeRoom(for size: Int) {
        var moved = 0
        while true {
            if let end = wrap {
                if oldest &- free >= size { return }
                isCrowded = true
                let record = (ring + oldest).assumingMemoryBound(to: Record.self)
                let recordSize = record.pointee.size
                if let slot = slot(of: record) {
                    if record.pointee.wasAsked, moved < KeptReplies.moveLimit {
                        record.pointee.wasAsked = false
                        slots[slot] = entry(record.pointee.hash, at: free)
                        memmove(ring + free, ring + oldest, recordSize)
                        free &+= recordSize
                        moved &+= recordSize
                    } else {
                        vacate(slot)
                    }
                }
                oldest &+= recordSize
                if oldest == end { (oldest, wrap) = (0, nil) }
            } else {
                if capacity &- free >= size { return }
                (wrap, free) = (free, 0)
            }
        }
    }

    // MARK: The slots

    private func entry(_ hash: UInt64, at offset: Int) -> UInt64 { hash << 32 | UInt64(offset / 8 &+ 1) }

    @inline(__always)
    private func record(at slot: Int) -> UnsafeMutablePointer<Record> {
        (ring + (Int(slots[slot] & 0xFFFF_FFFF) &- 1) &* 8).assumingMemoryBound(to: Record.self)
    }

    @inline(__always)
    private func find(_ request: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
        guard let bytes = request.baseAddress else { return nil }
        let mask = slotCount &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash & 0xFFFF_FFFF {
                let record = record(at: slot)
                if record.pointee.requestLength == request.count, memcmp(record + 1, bytes, request.count) == 0 {
                    return slot
                }
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    /// Nil where a later reply to the same request has taken it.
    private func slot(of record: UnsafeMutablePointer<Record>) -> Int? {
        let wanted = entry(record.pointee.hash, at: UnsafeRawPointer(record) - UnsafeRawPointer(ring))
        var slot = home(of: wanted)
        while slots[slot] != 0 {
            if slots[slot] == wanted { return slot }
            slot = (slot &+ 1) & (slotCount &- 1)
        }
        return nil
    }

    private func home(of entry: UInt64) -> Int { Int(entry >> 32) & (slotCount &- 1) }

    private func place(_ entry: UInt64) {
        var slot = home(of: entry)
        while slots[slot] != 0 { slot = (slot &+ 1) & (slotCount &- 1) }
        slots[slot] = entry
    }

    /// Frees a slot, and moves those behind it that would not be found any more.
    private mutating func vacate(_ slot: Int) {
        let mask = slotCount &- 1
        var (gap, next) = (slot, (slot &+ 1) & mask)
        while slots[next] != 0 {
            // As far from its home as the gap is, or farther.
            if (next &- home(of: slots[next])) & mask >= (next &- gap) & mask {
                slots[gap] = slots[next]
                gap = next
            }
            next = (next &+ 1) & mask
        }
        slots[gap] = 0
        count &-= 1
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, slotCount)
        slotCount *= 2
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        for index in 0..<oldCount where old[index] != 0 { place(old[index]) }
        old.deallocate()
    }
}
