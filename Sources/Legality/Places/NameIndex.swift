/// From folded names to what bears them. Looking a name up costs the same however many there are.
struct NameIndex: Sendable {
    /// What bears a name: a kind and a place in that kind's list, in one word.
    struct Target: Hashable, Sendable {
        enum Kind: UInt32 { case area, division, postalCity, possibly }
        fileprivate let rawValue: UInt32

        init(_ kind: Kind, _ index: Int) {
            rawValue = kind.rawValue << 30 | UInt32(truncatingIfNeeded: index) & 0x3FFF_FFFF
        }
        var kind: Kind { Kind(rawValue: rawValue >> 30) ?? .area }
        var index: Int { Int(rawValue & 0x3FFF_FFFF) }
    }

    /// A name among those of the index.
    typealias Key = Int

    private var pool: [UInt8] = []
    /// Where each key starts in the pool; one more than there are keys.
    private var starts: [UInt32] = [0]
    /// The last entry of each key, or -1.
    private var heads: [Int32] = []
    private var targets: [Target] = []
    private var nexts: [Int32] = []
    /// Open addressing: the key's number and one, 0 for none. A power of two.
    private var slots: [UInt32] = [0, 0]
    /// All keys in the order of their bytes, each with its first eight.
    private var sorted: [(prefix: UInt64, key: UInt32)] = []

    var keyCount: Int { heads.count }

    mutating func reserve(names: Int) {
        starts.reserveCapacity(names + 1)
        heads.reserveCapacity(names)
        targets.reserveCapacity(names)
        nexts.reserveCapacity(names)
        pool.reserveCapacity(names * 11)
        var size = slots.count
        while size < names * 2 { size *= 2 }
        resize(to: size)
    }

    /// Adds a bearer of a name; twice the same does no harm.
    @discardableResult
    mutating func insert(_ name: [UInt8], _ target: Target) -> Key {
        let key = insertKey(name)
        var entry = heads[key]
        while entry >= 0 {
            if targets[Int(entry)] == target { return key }
            entry = nexts[Int(entry)]
        }
        targets.append(target)
        nexts.append(heads[key])
        heads[key] = Int32(targets.count - 1)
        return key
    }

    /// To be called after the last `insert`: puts the names in order, for those that begin alike.
    mutating func finish() {
        sorted = (0..<heads.count).map { (Self.prefix(of: bytes(of: $0)), UInt32($0)) }
        sorted.sort { $0.prefix < $1.prefix }
    }

    /// The name among those of the index.
    func key(of name: some Collection<UInt8>) -> Key? {
        let mask = slots.count - 1
        var slot = Self.hash(name) & mask
        while slots[slot] != 0 {
            let key = Int(slots[slot]) - 1
            if bytes(of: key).elementsEqual(name) { return key }
            slot = (slot + 1) & mask
        }
        return nil
    }

    func bytes(of key: Key) -> ArraySlice<UInt8> { pool[Int(starts[key])..<Int(starts[key + 1])] }

    /// Calls `body` with all that bear the name.
    func forEachTarget(of key: Key, _ body: (Target) -> Void) {
        var entry = heads[key]
        while entry >= 0 {
            body(targets[Int(entry)])
            entry = nexts[Int(entry)]
        }
    }

    func targets(named name: some Collection<UInt8>) -> [Target] {
        guard let key = key(of: name) else { return [] }
        var found: [Target] = []
        forEachTarget(of: key) { found.append($0) }
        return found
    }

    /// Calls `body` with names that begin so, in about the order of their bytes, until it returns false.
    func forEachKey(startingWith start: [UInt8], _ body: (Key) -> Bool) {
        let first = Self.prefix(of: start[...])
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].prefix < first { low = middle + 1 } else { high = middle }
        }
        let last = start.count >= 8 ? first : first | (UInt64.max >> (UInt64(start.count) * 8))
        while low < sorted.count, sorted[low].prefix <= last {
            let key = Int(sorted[low].key)
            if start.count <= 8 || bytes(of: key).starts(with: start) {
                guard body(key) else { return }
            }
            low += 1
        }
    }

    private mutating func insertKey(_ name: [UInt8]) -> Key {
        if (heads.count + 1) * 2 > slots.count { resize(to: slots.count * 2) }
        let mask = slots.count - 1
        var slot = Self.hash(name) & mask
        while slots[slot] != 0 {
            let key = Int(slots[slot]) - 1
            if bytes(of: key).elementsEqual(name) { return key }
            slot = (slot + 1) & mask
        }
        pool.append(contentsOf: name)
        starts.append(UInt32(truncatingIfNeeded: pool.count))
        heads.append(-1)
        slots[slot] = UInt32(heads.count)
        return heads.count - 1
    }

    private mutating func resize(to size: Int) {
        guard size > slots.count else { return }
        slots = [UInt32](repeating: 0, count: size)
        for key in heads.indices {
            var slot = Self.hash(bytes(of: key)) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(key + 1)
        }
    }

    private static func hash(_ name: some Collection<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 29) & 0x7FFF_FFFF)
    }

    private static func prefix(of name: ArraySlice<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 56
        for byte in name.prefix(8) {
            value |= UInt64(byte) << shift
            shift &-= 8
        }
        return value
    }
}
