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

    /// Every so many names, where a piece starts.
    struct Landmark: Sendable {
        /// The first eight bytes of the name.
        let prefix: UInt64
        let offset: UInt32
    }

    /// Before the bearers and the name: the name's length, the number of bearers, the name's number, its letters.
    static let headerSize = 4
    static let landmarkDistance = 16

    private let words: [UInt32]
    /// `TaggedSlots`, of names' hashes and the places of their pieces.
    private let slots: [UInt64]
    private let landmarks: [Landmark]
    let keyCount: Int

    init() { self.init(words: [], slots: [0, 0], landmarks: [], count: 0) }

    init(words: [UInt32], slots: [UInt64], landmarks: [Landmark], count: Int) {
        self.words = words
        self.slots = slots
        self.landmarks = landmarks
        keyCount = count
    }

    /// The index as it lies in memory, for as long as `withReader(_:)` runs: reading it counts no references.
    struct Reader {
        fileprivate let words: UnsafeBufferPointer<UInt32>
        fileprivate let slots: UnsafeBufferPointer<UInt64>

        /// The name among those of the index.
        func key(of name: UnsafeBufferPointer<UInt8>) -> Key? {
            let hash = NameIndex.hash(name)
            return TaggedSlots.number(tagged: hash, from: Int(hash), in: slots) {
                NameIndex.isEqual(bytes(of: $0), name)
            }
        }

        func bytes(of key: Key) -> UnsafeBufferPointer<UInt8> {
            let start = (key &+ NameIndex.headerSize &+ Int(words[key &+ 1])) &* 4
            let name = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(words)[start..<start &+ length(of: key)])
            return name.assumingMemoryBound(to: UInt8.self)
        }

        /// How many bytes the name has.
        func length(of key: Key) -> Int { Int(words[key]) }

        func letters(of key: Key) -> LetterSet { LetterSet(rawValue: words[key &+ 3]) }
    }

    func withReader<Result>(_ body: (Reader) -> Result) -> Result {
        words.withUnsafeBufferPointer { words in
            slots.withUnsafeBufferPointer { slots in body(Reader(words: words, slots: slots)) }
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

    /// Hands the bytes of a name to `body`.
    func withBytes<Result>(of key: Key, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withReader { body($0.bytes(of: key)) }
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

    /// Calls `body` with every name, in about the order of their bytes.
    func forEachKey(_ body: (Key) -> Void) {
        words.withUnsafeBufferPointer { words in
            var key = 0
            while key < words.count {
                body(key)
                key = Self.key(after: key, words)
            }
        }
    }

    /// Calls `body` with names that begin so, in about the order of their bytes, until it returns false.
    func forEachKey(startingWith start: UnsafeBufferPointer<UInt8>, _ body: (Key) -> Bool) {
        let first = Self.prefix(of: start)
        let last = start.count >= 8 ? first : first | (UInt64.max >> (UInt64(start.count) * 8))
        // The last landmark before the first of them.
        var low = 0
        var high = landmarks.count
        while low < high {
            let middle = (low + high) / 2
            if landmarks[middle].prefix < first { low = middle + 1 } else { high = middle }
        }
        guard !landmarks.isEmpty else { return }
        var key = Int(landmarks[max(0, low - 1)].offset)
        words.withUnsafeBufferPointer { words in
            while key < words.count {
                let prefix = Self.prefix(of: key, words)
                if prefix > last { return }
                if prefix >= first, start.count <= 8 || withBytes(of: key, { $0.starts(with: start) }) {
                    guard body(key) else { return }
                }
                key = Self.key(after: key, words)
            }
        }
    }

    /// The same as of its bytes: behind the name there are zeros up to the next word.
    private static func prefix(of key: Key, _ words: UnsafeBufferPointer<UInt32>) -> UInt64 {
        let (length, start) = (words[key], key &+ headerSize &+ Int(words[key &+ 1]))
        let first = length > 0 ? UInt64(UInt32(bigEndian: words[start])) << 32 : 0
        return length > 4 ? first | UInt64(UInt32(bigEndian: words[start &+ 1])) : first
    }

    private static func key(after key: Key, _ words: UnsafeBufferPointer<UInt32>) -> Key {
        key &+ headerSize &+ Int(words[key &+ 1]) &+ (Int(words[key]) &+ 3) >> 2
    }

    // MARK: Of names alone

    /// FNV-1a, its halves folded together.
    static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var position = 0
        while position < name.count {
            hash = (hash ^ UInt64(name[position])) &* 0x100_0000_01B3
            position &+= 1
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

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
