/// Looks for names that are spelt alike, in a bounded number of steps.
struct NameSearch: ~Copyable {
    let spelling: Spelling
    /// The greatest distance that counts as alike.
    let reach: Int
    private let names: NameIndex
    private var found: [(key: NameIndex.Key, distance: Int)] = []
    private var seen: Set<NameIndex.Key> = []
    /// How many more names may be compared.
    private var left: Int

    init(_ name: [UInt8], names: NameIndex, limit: Int) {
        spelling = Spelling(name)
        self.names = names
        left = limit
        // A letter outside ASCII has two or three bytes.
        let isASCII = name.allSatisfy { $0 < 0x80 }
        reach =
            switch name.count {
            case ...2: 0
            case 3...4: 1
            case 5...8: isASCII ? 2 : 3
            default: 3
            }
    }

    mutating func run() {
        guard reach > 0 else { return }
        tryOneEdit()
        tryBeginnings()
        tryNamesThatGoOn()
    }

    /// The nearest of what was found, of those that are equally near the ones that came first into the index.
    func nearest(_ count: Int) -> ArraySlice<(key: NameIndex.Key, distance: Int)> {
        found.map { (entry: $0, number: names.number(of: $0.key)) }
            .sorted { ($0.entry.distance, $0.number) < ($1.entry.distance, $1.number) }
            .map { $0.entry }.prefix(count)
    }

    /// Every name that is one letter off, wherever it begins: so many look-ups as there are such spellings.
    private mutating func tryOneEdit() {
        guard spelling.name.count <= 32 else { return }
        names.withReader { reader in
            Self.forEachEdit(of: spelling.name[...], positions: 0..<spelling.name.count + 1) { edited in
                if let key = reader.key(of: edited), seen.insert(key).inserted { found.append((key, 1)) }
            }
        }
    }

    /// Names that begin alike, their first letters as they are or one letter off.
    private mutating func tryBeginnings() {
        let start = spelling.name.prefix(3)
        start.withUnsafeBufferPointer { compare(namesStartingWith: $0) }
        Self.forEachEdit(of: start, positions: 0..<3) { edited in
            guard edited.count >= 2, left > 0 else { return }
            compare(namesStartingWith: UnsafeBufferPointer(rebasing: edited.prefix(3)))
        }
    }

    private mutating func compare(namesStartingWith start: UnsafeBufferPointer<UInt8>) {
        names.withReader { reader in
            names.forEachKey(startingWith: start) { key in
                guard left > 0 else { return false }
                left -= 1
                if let distance = spelling.distance(to: key, of: reader, limit: reach), distance > 0,
                    seen.insert(key).inserted
                {
                    found.append((key, distance))
                }
                return true
            }
        }
    }

    /// Names of which this is the beginning.
    private mutating func tryNamesThatGoOn() {
        guard spelling.name.count >= 4 else { return }
        var longer: [(key: NameIndex.Key, distance: Int)] = []
        names.withReader { reader in
            spelling.name.withUnsafeBufferPointer { name in
                names.forEachKey(startingWith: name) { key in
                    let more = reader.length(of: key) - name.count
                    if more > 0 { longer.append((key, more <= 4 ? 1 : more <= 12 ? 2 : 3)) }
                    return longer.count < 60
                }
            }
        }
        for entry in longer where seen.insert(entry.key).inserted { found.append(entry) }
    }

    /// Calls `body` with all spellings that one letter put in, left out, changed or swapped makes.
    private static func forEachEdit(
        of name: ArraySlice<UInt8>, positions: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let name = Array(name)
        let count = name.count
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * count + 1) { buffer in
            let (longer, same) = (buffer[0...count], buffer[(count + 1)...])
            let (inserted, changed) = (
                UnsafeMutableBufferPointer(rebasing: longer), UnsafeMutableBufferPointer(rebasing: same)
            )
            for position in positions {
                for index in 0..<count { changed[index] = name[index] }
                for index in 0..<position { inserted[index] = name[index] }
                for index in position..<count { inserted[index + 1] = name[index] }
                if position < count {
                    // Without the letter: what comes before it and what comes after.
                    for index in position..<count - 1 { changed[index] = name[index + 1] }
                    body(UnsafeBufferPointer(rebasing: changed[..<(count - 1)]))
                    for index in position..<count { changed[index] = name[index] }
                }
                if position + 1 < count, name[position] != name[position + 1] {
                    changed.swapAt(position, position + 1)
                    body(UnsafeBufferPointer(changed))
                    changed.swapAt(position, position + 1)
                }
                for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
                    inserted[position] = letter
                    body(UnsafeBufferPointer(inserted))
                    if position < count, name[position] != letter {
                        changed[position] = letter
                        body(UnsafeBufferPointer(changed))
                    }
                }
            }
        }
    }
}
