/// Names and what bears them, while a gazetteer or a table is read.
struct NameIndexBuilder: ~Copyable, NameLookup {
    private var pool: [UInt8] = []
    /// Where each name starts in the pool; one more than there are names.
    private var starts: [UInt32] = [0]
    /// The last entry of each name.
    private var heads: [Int32] = []
    private var entries: [(target: NameIndex.Target, next: Int32)] = []
    /// `TaggedSlots`, of names' hashes and numbers.
    private var slots: [UInt64] = [0, 0]

    init(expectedNames: Int) {
        starts.reserveCapacity(expectedNames + 1)
        heads.reserveCapacity(expectedNames)
        entries.reserveCapacity(expectedNames * 2)
        pool.reserveCapacity(expectedNames * 12)
        var size = slots.count
        while !Self.isRoom(for: expectedNames, in: size) { size *= 2 }
        resize(to: size)
    }

    /// Adds a bearer of a name; twice the same in a row does no harm.
    mutating func insert(_ name: UnsafeBufferPointer<UInt8>, _ target: NameIndex.Target) {
        let number = insertName(name)
        let head = heads[number]
        if head >= 0, entries[Int(head)].target == target { return }
        heads[number] = Int32(truncatingIfNeeded: entries.count)
        entries.append((target, head))
    }

    /// Adds a bearer of the name that stands there, as it is written.
    mutating func insert(nameIn bytes: [UInt8], _ range: Range<Int>, _ target: NameIndex.Target) {
        bytes.withUnsafeBufferPointer { bytes in
            PlaceName.withKey(of: UnsafeBufferPointer(rebasing: bytes[range])) { insert($0, target) }
        }
    }

    mutating func insert(_ name: [UInt8], _ target: NameIndex.Target) {
        name.withUnsafeBufferPointer { insert($0, target) }
    }

    /// Among the bearers of a name that were added last and are of one kind the first that is as wanted.
    func lastTarget(
        named name: UnsafeBufferPointer<UInt8>, of kind: NameIndex.Target.Kind,
        where isWanted: (NameIndex.Target) -> Bool
    ) -> NameIndex.Target? {
        guard let number = number(of: name) else { return nil }
        var entry = heads[number]
        while entry >= 0 {
            let (target, next) = entries[Int(entry)]
            guard target.kind == kind else { return nil }
            if isWanted(target) { return target }
            entry = next
        }
        return nil
    }

    func forEachTarget(named name: UnsafeBufferPointer<UInt8>, _ body: (NameIndex.Target) -> Void) {
        if let number = number(of: name) { forEachTarget(of: number, body) }
    }

    private func forEachTarget(of number: Int, _ body: (NameIndex.Target) -> Void) {
        var entry = heads[number]
        while entry >= 0 {
            let (target, next) = entries[Int(entry)]
            body(target)
            entry = next
        }
    }

    private func number(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = NameHash(name).value
        return slots.withUnsafeBufferPointer { slots in
            TaggedSlots.number(tagged: hash, from: Int(hash), in: slots) { isName($0, name) }
        }
    }

    private func isName(_ number: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[number])
        guard Int(starts[number &+ 1]) &- start == name.count else { return false }
        return pool.withUnsafeBufferPointer { pool in
            var offset = 0
            while offset < name.count {
                if pool[start &+ offset] != name[offset] { return false }
                offset &+= 1
            }
            return true
        }
    }

    private mutating func insertName(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        if let number = number(of: name) { return number }
        if !Self.isRoom(for: heads.count + 1, in: slots.count) { resize(to: slots.count * 2) }
        pool.append(contentsOf: name)
        starts.append(UInt32(truncatingIfNeeded: pool.count))
        heads.append(-1)
        place(UInt64(NameHash(name).value) << 32 | UInt64(heads.count))
        return heads.count - 1
    }

    /// A quarter of the slots stays free, so that looking for a name soon ends.
    private static func isRoom(for names: Int, in slots: Int) -> Bool { names * 4 <= slots * 3 }

    /// Puts a name into the first free slot from its own.
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

    // MARK: The finished index

    /// Puts each name beside what bears it, and the names in order.
    consuming func finish() -> NameIndex {
        let ordered = inOrder()
        var size = 0
        for number in heads.indices {
            size += NameIndex.headerSize + (Int(starts[number + 1]) - Int(starts[number]) + 3) / 4
        }
        size += entries.count
        var words: [UInt32] = []
        words.reserveCapacity(size)
        var offsets: [UInt32] = []
        var outlines: [NameOutline] = []
        offsets.reserveCapacity(ordered.count)
        outlines.reserveCapacity(ordered.count)
        var beginnings: [NameIndex.Beginning] = []
        var landmarks: [UInt64] = []
        landmarks.reserveCapacity(ordered.count / NameIndex.landmarkDistance + 1)
        for (position, number) in ordered.enumerated() {
            let offset = words.count
            let prefix = prefix(of: Int(number))
            if position % NameIndex.landmarkDistance == 0 { landmarks.append(prefix) }
            let start = UInt32(truncatingIfNeeded: prefix >> 40)
            if beginnings.last.map({ $0.bytes != start }) ?? true {
                beginnings.append(NameIndex.Beginning(bytes: start, first: UInt32(position)))
            }
            let name = Int(starts[Int(number)])..<Int(starts[Int(number) + 1])
            words.append(UInt32(name.count))
            words.append(0)
            words.append(number)
            forEachTarget(of: Int(number)) { words.append($0.rawValue) }
            words[offset + 1] = UInt32(words.count - offset - NameIndex.headerSize)
            var next = name.lowerBound
            while next < name.upperBound {
                var word: UInt32 = 0
                withUnsafeMutableBytes(of: &word) { word in
                    for byte in 0..<min(4, name.upperBound - next) { word[byte] = pool[next + byte] }
                }
                words.append(word)
                next += 4
            }
            heads[Int(number)] = Int32(bitPattern: UInt32(offset))
            offsets.append(UInt32(offset))
            outlines.append(pool[name].withUnsafeBufferPointer { NameOutline($0) })
        }
        for slot in slots.indices where slots[slot] != 0 {
            let offset = UInt32(bitPattern: heads[Int(slots[slot] & 0xFFFF_FFFF) - 1])
            slots[slot] = slots[slot] & 0xFFFF_FFFF_0000_0000 | UInt64(offset) + 1
        }
        return NameIndex(
            words: words, slots: slots, offsets: offsets, outlines: outlines, landmarks: landmarks,
            beginnings: beginnings)
    }

    /// The numbers of all names in the order of their first eight bytes.
    private func inOrder() -> [UInt32] {
        // By the first two bytes at one go, then each pile by the next eight.
        func pile(of number: Int) -> Int { Int(prefix(of: number) >> 48) }
        var piles = [UInt32](repeating: 0, count: 65_537)
        for number in heads.indices { piles[pile(of: number) + 1] += 1 }
        for pile in 1..<piles.count { piles[pile] += piles[pile - 1] }
        var places = piles
        var ordered = [UInt32](repeating: 0, count: heads.count)
        for number in heads.indices {
            let pile = pile(of: number)
            ordered[Int(places[pile])] = UInt32(truncatingIfNeeded: number)
            places[pile] += 1
        }
        var pairs: [(prefix: UInt64, number: UInt32)] = []
        for pile in 0..<65_536 where piles[pile + 1] - piles[pile] > 1 {
            let range = Int(piles[pile])..<Int(piles[pile + 1])
            pairs.removeAll(keepingCapacity: true)
            for place in range { pairs.append((prefix(of: Int(ordered[place])), ordered[place])) }
            pairs.sort { ($0.prefix, $0.number) < ($1.prefix, $1.number) }
            for (offset, pair) in pairs.enumerated() { ordered[range.lowerBound + offset] = pair.number }
        }
        return ordered
    }

    private func prefix(of number: Int) -> UInt64 {
        pool[Int(starts[number])..<Int(starts[number + 1])].withUnsafeBufferPointer { NameIndex.prefix(of: $0) }
    }
}
