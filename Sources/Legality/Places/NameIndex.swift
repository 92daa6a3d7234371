/// Where the bearers of a name can be looked up.
protocol NameLookup: ~Copyable {
    /// Calls `body` with all that bear the name, those that were added last first.
    func forEachTarget(named name: UnsafeBufferPointer<UInt8>, _ body: (NameIndex.Target) -> Void)
}

extension NameLookup where Self: ~Copyable {
    /// Calls `body` with all that bear the name, those that were added last first.
    func forEachTarget(named name: [UInt8], _ body: (NameIndex.Target) -> Void) {
        name.withUnsafeBufferPointer { forEachTarget(named: $0, body) }
    }
}

/// From folded names to what bears them.
///
/// Looking a name up costs the same however many there are: a slot by its hash, and from there one piece of memory with
/// the name and all its bearers. The pieces lie in the order of the names, for those that begin alike.
struct NameIndex: Sendable, NameLookup {
    /// What bears a name: a kind and a place in that kind's list, in one word.
    struct Target: Hashable, Sendable {
        enum Kind: UInt32 { case area, division, postalCity, possibly, jurisdiction }
        let rawValue: UInt32

        init(_ kind: Kind, _ index: Int) {
            rawValue = kind.rawValue << 29 | UInt32(truncatingIfNeeded: index) & 0x1FFF_FFFF
        }
        fileprivate init(rawValue: UInt32) { self.rawValue = rawValue }

        var kind: Kind { Kind(rawValue: rawValue >> 29) ?? .area }
        var index: Int { Int(rawValue & 0x1FFF_FFFF) }
    }

    /// A name among those of the index: where its piece starts.
    typealias Key = Int

    /// Names in their order that have the same first three bytes, or one shorter name.
    struct Beginning: Sendable {
        /// The bytes as a number, zeros behind what is shorter.
        let bytes: UInt32
        /// Where the first of them stands in the order.
        let first: UInt32
    }

    /// Before the bearers and the name: the name's length, the number of bearers, the name's number.
    static let headerSize = 3
    static let landmarkDistance = 16

    private let words: [UInt32]
    /// `TaggedSlots`, of names' hashes and the places of their pieces.
    private let slots: [UInt64]
    /// Where the pieces are, in the order of the names, and the names' outlines: what is looked for among names that are
    /// alike passes by nearly all of them without a look at their pieces.
    private let offsets: [UInt32]
    private let outlines: [NameOutline]
    /// The first eight bytes of every so many names in their order.
    private let landmarks: [UInt64]
    /// There are some thousand, however many names there are.
    private let beginnings: [Beginning]

    var keyCount: Int { offsets.count }

    init() { self.init(words: [], slots: [0, 0], offsets: [], outlines: [], landmarks: [], beginnings: []) }

    init(
        words: [UInt32], slots: [UInt64], offsets: [UInt32], outlines: [NameOutline], landmarks: [UInt64],
        beginnings: [Beginning]
    ) {
        self.words = words
        self.slots = slots
        self.offsets = offsets
        self.outlines = outlines
        self.landmarks = landmarks
        self.beginnings = beginnings
    }

    /// The index as it lies in memory, for as long as `withReader(_:)` runs: reading it counts no references.
    struct Reader {
        fileprivate let words: UnsafeBufferPointer<UInt32>
        fileprivate let slots: UnsafeBufferPointer<UInt64>
        fileprivate let offsets: UnsafeBufferPointer<UInt32>
        fileprivate let outlines: UnsafeBufferPointer<NameOutline>

        /// The name among those of the index.
        func key(of name: UnsafeBufferPointer<UInt8>) -> Key? {
            let hash = NameHash(name).value
            return TaggedSlots.number(tagged: hash, from: Int(hash), in: slots) {
                NameIndex.isEqual(bytes(of: $0), name)
            }
        }

        /// Which of these hashes some name has.
        func positions(ofKnown hashes: [UInt32]) -> [Int] {
            // All are read before the first is looked at, so that no read from memory waits for another.
            let firsts = hashes.map { slots[Int($0) & (slots.count &- 1)] }
            return hashes.indices.filter { position in
                guard firsts[position] != 0 else { return false }
                let hash = hashes[position]
                return TaggedSlots.number(tagged: hash, from: Int(hash), in: slots) { _ in true } != nil
            }
        }

        /// The name at that position in the order of names.
        func key(at position: Int) -> Key { Int(offsets[position]) }
        func outline(at position: Int) -> NameOutline { outlines[position] }

        func bytes(of key: Key) -> UnsafeBufferPointer<UInt8> {
            let start = (key &+ NameIndex.headerSize &+ Int(words[key &+ 1])) &* 4
            let name = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(words)[start..<start &+ length(of: key)])
            return name.assumingMemoryBound(to: UInt8.self)
        }

        /// How many bytes the name has.
        func length(of key: Key) -> Int { Int(words[key]) }
    }

    func requestHugePages() {
        HugePages.request(for: words)
        HugePages.request(for: slots)
        HugePages.request(for: offsets)
        HugePages.request(for: outlines)
    }

    func withReader<Result>(_ body: (Reader) -> Result) -> Result {
        words.withUnsafeBufferPointer { words in
            slots.withUnsafeBufferPointer { slots in
                offsets.withUnsafeBufferPointer { offsets in
                    outlines.withUnsafeBufferPointer { outlines in
                        body(Reader(words: words, slots: slots, offsets: offsets, outlines: outlines))
                    }
                }
            }
        }
    }

    /// The name among those of the index.
    func key(of name: UnsafeBufferPointer<UInt8>) -> Key? { withReader { $0.key(of: name) } }

    private static func isEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var offset = 0
        while offset < left.count {
            if left[offset] != right[offset] { return false }
            offset &+= 1
        }
        return true
    }

    /// The number of the name in the order in which they were added.
    func number(of key: Key) -> Int { Int(words[key &+ 2]) }

    /// Calls `body` with all that bear the name.
    func forEachTarget(of key: Key, _ body: (Target) -> Void) {
        words.withUnsafeBufferPointer { words in
            let start = key &+ Self.headerSize
            let end = start &+ Int(words[key &+ 1])
            var position = start
            while position < end {
                body(Target(rawValue: words[position]))
                position &+= 1
            }
        }
    }

    func forEachTarget(named name: UnsafeBufferPointer<UInt8>, _ body: (Target) -> Void) {
        if let key = key(of: name) { forEachTarget(of: key, body) }
    }

    // MARK: Names that begin alike

    /// Calls `body` with names that begin so, in about the order of their bytes, until it returns false.
    func forEachKey(startingWith start: UnsafeBufferPointer<UInt8>, _ body: (Key) -> Bool) {
        let first = Self.prefix(of: start)
        let last = start.count >= 8 ? first : first | (UInt64.max >> (UInt64(start.count) * 8))
        withReader { reader in
            for position in self.position(near: start)..<keyCount {
                let key = reader.key(at: position)
                let name = reader.bytes(of: key)
                let prefix = Self.prefix(of: name)
                if prefix > last { return }
                if prefix >= first, start.count <= 8 || name.starts(with: start) {
                    guard body(key) else { return }
                }
            }
        }
    }

    /// About where a name stands in the order of names, or would stand: at the last landmark before names that have its
    /// first eight bytes, or at the first of all.
    func position(near name: UnsafeBufferPointer<UInt8>) -> Int {
        let prefix = Self.prefix(of: name)
        return max(0, Self.firstIndex(in: landmarks) { $0 >= prefix } - 1) * Self.landmarkDistance
    }

    /// Where the names stand in the order of names that begin so, with one to three bytes.
    func positions(startingWith start: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let least = UInt32(truncatingIfNeeded: Self.prefix(of: start) >> 40)
        let beyond = least + 1 << (8 * UInt32(3 - min(3, start.count)))
        func position(_ bytes: UInt32) -> Int {
            let index = Self.firstIndex(in: beginnings) { $0.bytes >= bytes }
            return index < beginnings.count ? Int(beginnings[index].first) : keyCount
        }
        return position(least)..<position(beyond)
    }

    /// The first element of an ordered list that is so, or its end.
    private static func firstIndex<Element>(in list: [Element], where isSo: (Element) -> Bool) -> Int {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if isSo(list[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: Of names alone

    /// The first eight bytes as a number that is ordered as they are.
    static func prefix(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        let count = min(name.count, 8)
        var position = 0
        while position < count {
            value = value << 8 | UInt64(name[position])
            position &+= 1
        }
        return value << UInt64(8 &* (8 &- count))
    }
}
