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
    private var entries: [(target: Target, next: Int32)] = []
    /// Open addressing: the hash above, the key's number and one below; 0 for none. A power of two.
    private var slots: [UInt64] = [0, 0]
    /// All keys in the order of their first eight bytes.
    private var sorted: [UInt32] = []

    var keyCount: Int { heads.count }

    mutating func reserve(names: Int) {
        starts.reserveCapacity(names + 1)
        heads.reserveCapacity(names)
        entries.reserveCapacity(names * 2)
        pool.reserveCapacity(names * 12)
        var size = slots.count
        while size < names * 2 { size *= 2 }
        resize(to: size)
    }

    /// Adds a bearer of a name; twice the same in a row does no harm.
    mutating func insert(_ name: UnsafeBufferPointer<UInt8>, _ target: Target) {
        let key = insertKey(name)
        let head = heads[key]
        if head >= 0, entries[Int(head)].target == target { return }
        heads[key] = Int32(truncatingIfNeeded: entries.count)
        entries.append((target, head))
    }

    /// Adds a bearer of the name that stands there, as it is written.
    mutating func insert(nameIn bytes: [UInt8], _ range: Range<Int>, _ target: Target) {
        bytes.withUnsafeBufferPointer { bytes in
            PlaceName.withKey(of: UnsafeBufferPointer(rebasing: bytes[range])) { insert($0, target) }
        }
    }

    mutating func insert(_ name: [UInt8], _ target: Target) {
        name.withUnsafeBufferPointer { insert($0, target) }
    }

    /// Among the bearers of a name that were added last and are of one kind the first that is as wanted.
    func lastTarget(
        named name: UnsafeBufferPointer<UInt8>, of kind: Target.Kind, where isWanted: (Target) -> Bool
    ) -> Target? {
        guard let key = key(of: name) else { return nil }
        var entry = heads[key]
        while entry >= 0 {
            let (target, next) = entries[Int(entry)]
            guard target.kind == kind else { return nil }
            if isWanted(target) { return target }
            entry = next
        }
        return nil
    }

    /// To be called after the last `insert`: puts the names in order, for those that begin alike.
    mutating func finish() {
        // By the first two bytes at one go, then each pile by the next eight.
        var piles = [UInt32](repeating: 0, count: 65_537)
        for key in heads.indices { piles[pile(of: key) + 1] += 1 }
        for pile in 1..<piles.count { piles[pile] += piles[pile - 1] }
        var places = piles
        sorted = [UInt32](repeating: 0, count: heads.count)
        for key in heads.indices {
            let pile = pile(of: key)
            sorted[Int(places[pile])] = UInt32(truncatingIfNeeded: key)
            places[pile] += 1
        }
        var pairs: [(prefix: UInt64, key: UInt32)] = []
        for pile in 0..<65_536 where piles[pile + 1] - piles[pile] > 1 {
            let range = Int(piles[pile])..<Int(piles[pile + 1])
            pairs.removeAll(keepingCapacity: true)
            for place in range { pairs.append((prefix(of: Int(sorted[place])), sorted[place])) }
            pairs.sort { $0.prefix < $1.prefix }
            for (offset, pair) in pairs.enumerated() { sorted[range.lowerBound + offset] = pair.key }
        }
    }

    private func pile(of key: Key) -> Int { Int(prefix(of: key) >> 48) }

    /// The name among those of the index.
    func key(of name: [UInt8]) -> Key? { name.withUnsafeBufferPointer { key(of: $0) } }

    private func key(of name: UnsafeBufferPointer<UInt8>) -> Key? {
        let hash = Self.hash(name)
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            let found = slots[slot]
            if UInt32(truncatingIfNeeded: found >> 32) == hash {
                let key = Int(found & 0xFFFF_FFFF) &- 1
                if isName(key, name) { return key }
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    private func isName(_ key: Key, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[key])
        guard Int(starts[key &+ 1]) &- start == name.count else { return false }
        return pool.withUnsafeBufferPointer { pool in
            var offset = 0
            while offset < name.count {
                if pool[start &+ offset] != name[offset] { return false }
                offset &+= 1
            }
            return true
        }
    }

    func bytes(of key: Key) -> ArraySlice<UInt8> { pool[Int(starts[key])..<Int(starts[key + 1])] }

    func withBytes<Result>(of key: Key, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        pool.withUnsafeBufferPointer { pool in
            body(UnsafeBufferPointer(rebasing: pool[Int(starts[key])..<Int(starts[key + 1])]))
        }
    }

    /// Calls `body` with all that bear the name.
    func forEachTarget(of key: Key, _ body: (Target) -> Void) {
        var entry = heads[key]
        while entry >= 0 {
            let (target, next) = entries[Int(entry)]
            body(target)
            entry = next
        }
    }

    func targets(named name: [UInt8]) -> [Target] {
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
            if prefix(of: Int(sorted[middle])) < first { low = middle + 1 } else { high = middle }
        }
        let last = start.count >= 8 ? first : first | (UInt64.max >> (UInt64(start.count) * 8))
        while low < sorted.count {
            let key = Int(sorted[low])
            guard prefix(of: key) <= last else { return }
            if start.count <= 8 || bytes(of: key).starts(with: start) {
                guard body(key) else { return }
            }
            low += 1
        }
    }

    private mutating func insertKey(_ name: UnsafeBufferPointer<UInt8>) -> Key {
        if let key = key(of: name) { return key }
        if (heads.count + 1) * 2 > slots.count { resize(to: slots.count * 2) }
        pool.append(contentsOf: name)
        starts.append(UInt32(truncatingIfNeeded: pool.count))
        heads.append(-1)
        place(UInt64(Self.hash(name)) << 32 | UInt64(heads.count))
        return heads.count - 1
    }

    /// Puts a key into the first free slot from its own.
    private mutating func place(_ entry: UInt64) {
        let mask = slots.count &- 1
        var slot = Int(entry >> 32) & mask
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = entry
    }

    private mutating func resize(to size: Int) {
        guard size > slots.count else { return }
        let old = slots
        slots = [UInt64](repeating: 0, count: size)
        for entry in old where entry != 0 { place(entry) }
    }

    /// FNV-1a, its halves folded together.
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var position = 0
        while position < name.count {
            hash = (hash ^ UInt64(name[position])) &* 0x100_0000_01B3
            position &+= 1
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    private func prefix(of key: Key) -> UInt64 {
        var value: UInt64 = 0
        let start = Int(starts[key])
        let end = min(Int(starts[key &+ 1]), start &+ 8)
        var position = start
        while position < end {
            value = value << 8 | UInt64(pool[position])
            position &+= 1
        }
        return value << UInt64(8 &* (8 &- (end &- start)))
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
