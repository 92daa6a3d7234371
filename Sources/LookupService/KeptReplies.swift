import Glibc

/// A bounded piece of memory with requests and their replies, and an open hash table over it. Outside of Swift's arrays,
/// since every request passes here.
struct KeptReplies: ~Copyable {
    struct Entry {
        var hash: UInt64
        /// Of the request in `storage`; its reply follows.
        var start: Int
        /// 0: a free slot.
        var requestLength: Int
        var replyLength: Int
        var validFrom: Int64
        var validUntil: Int64

        static let free = Entry(hash: 0, start: 0, requestLength: 0, replyLength: 0, validFrom: 0, validUntil: 0)
    }

    private let capacity: Int
    private let storage: UnsafeMutableRawPointer
    private var used = 0
    private var slots: UnsafeMutablePointer<Entry>
    /// A power of two.
    private var slotCount = 256
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        storage = .allocate(byteCount: max(capacity, 1), alignment: 16)
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: .free, count: slotCount)
    }

    deinit {
        storage.deallocate()
        slots.deallocate()
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        slots.update(repeating: .free, count: slotCount)
        count = 0
        used = 0
    }

    @inline(__always)
    func hasRoom(for size: Int) -> Bool { size <= capacity &- used }

    /// The entry of this request. Valid until the next change.
    @inline(__always)
    func find(_ request: UnsafeRawBufferPointer, _ hash: UInt64) -> UnsafeMutablePointer<Entry>? {
        guard let bytes = request.baseAddress else { return nil }
        var slot = slots + Int(truncatingIfNeeded: hash) & (slotCount &- 1)
        while slot.pointee.requestLength != 0 {
            if slot.pointee.hash == hash, slot.pointee.requestLength == request.count,
                memcmp(storage + slot.pointee.start, bytes, request.count) == 0
            {
                return slot
            }
            slot = slots + ((slot - slots) &+ 1) & (slotCount &- 1)
        }
        return nil
    }

    @inline(__always)
    func reply(of entry: UnsafeMutablePointer<Entry>, at moment: Int64) -> UnsafeRawBufferPointer? {
        guard entry.pointee.validFrom <= moment, moment < entry.pointee.validUntil else { return nil }
        return UnsafeRawBufferPointer(
            start: storage + entry.pointee.start + entry.pointee.requestLength, count: entry.pointee.replyLength)
    }

    /// Keeps a copy, in the place of an entry of the same request. Only where there ``hasRoom(for:)`` both.
    mutating func insert(
        _ request: UnsafeRawBufferPointer, _ hash: UInt64, _ reply: UnsafeRawBufferPointer, validity: Range<Int64>
    ) {
        let target = UnsafeMutableRawBufferPointer(start: storage + used, count: request.count &+ reply.count)
        target.copyBytes(from: request)
        UnsafeMutableRawBufferPointer(rebasing: target[request.count...]).copyBytes(from: reply)
        let entry = Entry(
            hash: hash, start: used, requestLength: request.count, replyLength: reply.count,
            validFrom: validity.lowerBound, validUntil: validity.upperBound)
        used &+= target.count
        if let known = find(request, hash) {
            known.pointee = entry
        } else {
            if (count &+ 1) * 2 > slotCount { grow() }
            place(entry)
            count &+= 1
        }
    }

    private func place(_ entry: Entry) {
        var index = Int(truncatingIfNeeded: entry.hash) & (slotCount &- 1)
        while slots[index].requestLength != 0 { index = (index &+ 1) & (slotCount &- 1) }
        slots[index] = entry
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, slotCount)
        slotCount *= 2
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: .free, count: slotCount)
        for index in 0..<oldCount where old[index].requestLength != 0 { place(old[index]) }
        old.deallocate()
    }
}
