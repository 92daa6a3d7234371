/// Looks for names that are spelt alike, in a bounded number of steps.
struct NameSearch: ~Copyable {
    struct Match {
        let key: NameIndex.Key
        /// How many edits make one name of the other.
        let distance: Int
        /// The name's number in the order in which names were added.
        let number: Int
    }

    let spelling: Spelling
    /// The greatest distance that counts as alike.
    let reach: Int
    private let names: NameIndex
    /// How many names are wanted, the nearest.
    private let wanted: Int
    private var found: [Match] = []
    private var seen: Set<NameIndex.Key> = []
    /// How many of what was found is so far away.
    private var counts = [0, 0, 0, 0]
    /// The greatest distance of what may still be among the nearest.
    private var limit: Int
    /// How many more steps may be taken: a look at a name's outline is one, one at its letters takes as long as several.
    private var left: Int

    private static let stepsOfComparison = 8

    init(_ name: [UInt8], names: NameIndex, wanted: Int, steps: Int) {
        spelling = Spelling(name)
        self.names = names
        self.wanted = wanted
        left = steps
        // A letter outside ASCII has two or three bytes.
        let isASCII = name.allSatisfy { $0 < 0x80 }
        reach =
            switch name.count {
            case ...2: 0
            case 3...4: 1
            case 5...8: isASCII ? 2 : 3
            default: 3
            }
        limit = reach
    }

    mutating func run() {
        guard reach > 0 else { return }
        let name = spelling.name
        names.withReader { reader in
            name.withUnsafeBufferPointer { name in
                tryOneEdit(of: name, reader)
                tryBeginnings(of: name, reader)
                tryNamesThatGoOn(from: name, reader)
            }
        }
    }

    /// The nearest of what was found, of those that are equally near the ones that came first into the index.
    func nearest() -> ArraySlice<Match> {
        let near = limit < reach ? found.filter { $0.distance <= limit } : found
        return near.sorted { ($0.distance, $0.number) < ($1.distance, $1.number) }.prefix(wanted)
    }

    private mutating func add(_ key: NameIndex.Key, _ distance: Int) {
        guard seen.insert(key).inserted else { return }
        found.append(Match(key: key, distance: distance, number: names.number(of: key)))
        counts[distance] += 1
        // What is farther away than as many as are wanted is not looked for any more.
        while limit > 0, counts[..<limit].reduce(0, +) >= wanted { limit -= 1 }
    }

    /// Every name that is one letter off, wherever it begins: so many look-ups as there are such spellings.
    private mutating func tryOneEdit(of name: UnsafeBufferPointer<UInt8>, _ reader: NameIndex.Reader) {
        guard name.count <= 32 else { return }
        var beginnings = [NameHash()]
        for byte in name {
            var hash = beginnings[beginnings.count - 1]
            hash.add(byte)
            beginnings.append(hash)
        }
        var edits: [SpellingEdit] = []
        var hashes: [UInt32] = []
        let count = 54 * name.count + 26
        edits.reserveCapacity(count)
        hashes.reserveCapacity(count)
        SpellingEdit.forEach(of: name, first: name.count) { edit in
            edits.append(edit)
            hashes.append(edit.hash(of: name, beginnings: beginnings))
        }
        for position in reader.positions(ofKnown: hashes) {
            if let key = edits[position].withEdited(name, { reader.key(of: $0) }) { add(key, 1) }
        }
    }

    /// Names that begin alike, their first three letters as they are or one letter off.
    private mutating func tryBeginnings(of name: UnsafeBufferPointer<UInt8>, _ reader: NameIndex.Reader) {
        compare(with: name, beginning: 3, reader)
        var tried: Set<UInt32> = [Self.packed(name.prefix(3))]
        // With one of the three left out, two are known. The first two are not looked for alone: what may follow them
        // is, letter by letter, save digits and other scripts.
        if name[2] >= 0x61, name[2] <= 0x7A { tried.insert(Self.packed(name.prefix(2))) }
        SpellingEdit.forEach(of: name, first: 3) { edit in
            guard left > 0 else { return }
            edit.withEdited(name) { edited in
                let count = edited.count < name.count ? 2 : 3
                guard tried.insert(Self.packed(edited.prefix(count))).inserted else { return }
                compare(with: edited, beginning: count, reader)
            }
        }
    }

    private static func packed(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
        letters.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Compares the names that begin with so many letters of another; of too many those that stand nearest to it.
    private mutating func compare(
        with other: UnsafeBufferPointer<UInt8>, beginning count: Int, _ reader: NameIndex.Reader
    ) {
        var positions = names.positions(startingWith: UnsafeBufferPointer(rebasing: other.prefix(count)))
        // No beginning takes all the steps from the others.
        let most = max(64, left / 8)
        if positions.count > most {
            let middle = names.position(near: other)
            let first = max(positions.lowerBound, min(middle - most / 2, positions.upperBound - most))
            positions = first..<first + most
        }
        for position in positions {
            guard left > 0 else { return }
            left &-= 1
            guard reader.outline(at: position).isWithin(limit, of: spelling.outline) else { continue }
            left &-= Self.stepsOfComparison
            let key = reader.key(at: position)
            if let distance = spelling.distance(to: reader.bytes(of: key), limit: limit), distance > 0 {
                add(key, distance)
            }
        }
    }

    /// Names of which this is the beginning.
    private mutating func tryNamesThatGoOn(from name: UnsafeBufferPointer<UInt8>, _ reader: NameIndex.Reader) {
        guard name.count >= 4 else { return }
        var longer: [(key: NameIndex.Key, distance: Int)] = []
        names.forEachKey(startingWith: name) { key in
            let more = reader.length(of: key) - name.count
            if more > 0 { longer.append((key, more <= 4 ? 1 : more <= 12 ? 2 : 3)) }
            return longer.count < 60
        }
        for (key, distance) in longer { add(key, distance) }
    }
}
