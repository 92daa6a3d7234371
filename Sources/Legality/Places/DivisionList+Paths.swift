/// Paths of ids: `place:san_diego`, `county:adams/place:denver`.
extension DivisionList {
    /// The division with this path below its state. Case and diacritics do not count.
    func index(ofPath path: some Collection<UInt8>, area: AreaList.Index, names: borrowing some NameLookup & ~Copyable)
        -> Index?
    {
        let inPlace = path.withContiguousStorageIfAvailable { index(ofPath: $0, area: area, names: names) }
        return inPlace ?? Array(path).withUnsafeBufferPointer { index(ofPath: $0, area: area, names: names) }
    }

    private func index(
        ofPath path: UnsafeBufferPointer<UInt8>, area: AreaList.Index, names: borrowing some NameLookup & ~Copyable
    ) -> Index? {
        let slash = path.lastIndex(of: UInt8(ascii: "/"))
        let last = slash.map { $0 + 1 } ?? 0
        guard let state = state(ofArea: area), let colon = path[last...].firstIndex(of: UInt8(ascii: ":")),
            let kind = Self.kind(UnsafeBufferPointer(rebasing: path[last..<colon]))
        else { return nil }
        let above = slash.map { UnsafeBufferPointer(rebasing: path[..<$0]) }
        if let above, above.contains(UInt8(ascii: "/")) { return nil }
        let slug = UnsafeBufferPointer(rebasing: path[(colon + 1)...])
        return Self.withWords(ofSlug: slug) { wanted in
            PlaceName.withKey(ofWords: wanted) { key in
                var found: Index?
                names.forEachTarget(named: key) { target in
                    guard found == nil, target.kind == .division, states[state].divisions.contains(target.index),
                        self.kind(of: target.index) == kind
                    else { return }
                    let rank = records[target.index].rank
                    let isNested = rank != .county && rank != .municipality && states[state].isNested
                    guard isNested == (above != nil) else { return }
                    if isNested, let above {
                        guard let county = counties(of: target.index).first?.county,
                            index(ofPath: above, area: area, names: names) == county
                        else { return }
                    }
                    // Several share a name where the path of one is the name of another: "ludlow" and "ludlow_town".
                    if hasSlug(target.index, of: wanted) { found = target.index }
                }
                return found
            }
        }
    }

    private static func kind(_ text: UnsafeBufferPointer<UInt8>) -> Jurisdiction.Kind? {
        for kind: Jurisdiction.Kind in [.place, .county, .parish, .borough, .municipio, .censusArea]
        where kind.rawValue.utf8.elementsEqual(text, by: { $0 == $1 || $1 >= 0x41 && $1 <= 0x5A && $0 == $1 | 0x20 }) {
            return kind
        }
        return nil
    }

    private func hasSlug(_ index: Index, of words: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 255) { buffer in
            var text = TextBuffer(buffer)
            writeSlug(of: index, to: &text)
            return Self.withWords(ofSlug: text.bytes) { $0.elementsEqual(words) }
        }
    }

    /// `st_louis` and `lee~s_summit` as words of a name.
    static func words(ofSlug slug: some Collection<UInt8>) -> [UInt8] {
        Array(slug).withUnsafeBufferPointer { slug in withWords(ofSlug: slug) { Array($0) } }
    }

    private static func withWords<Result>(
        ofSlug slug: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let count = min(slug.count, 2 * PlaceName.limit)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
            for position in 0..<count {
                buffer[position] =
                    switch slug[position] {
                    case UInt8(ascii: "_"): UInt8(ascii: " ")
                    case UInt8(ascii: "~"): UInt8(ascii: "'")
                    default: slug[position]
                    }
            }
            return PlaceName.withWords(of: UnsafeBufferPointer(buffer), body)
        }
    }

    /// The id below the state's: `county:san_diego`, `county:adams/place:denver`.
    func path(of index: Index) -> String {
        TextBuffer.text(capacity: Self.longestPath) { writePath(of: index, to: &$0) }
    }

    /// A county and a place of 255 bytes each, with the words for their kinds.
    static let longestPath = 2 * (255 + 16)

    func writePath(of index: Index, to text: inout TextBuffer) {
        let record = records[index]
        if record.county >= 0, states[Int(record.state)].isNested {
            writePath(of: Int(record.county), to: &text)
            text.append(UInt8(ascii: "/"))
        }
        text.append(kind(of: index).rawValue)
        text.append(UInt8(ascii: ":"))
        writeSlug(of: index, to: &text)
    }

    /// The last part of the id: `san_diego`.
    func slug(of index: Index) -> String { TextBuffer.text(capacity: 255) { writeSlug(of: index, to: &$0) } }

    private func writeSlug(of index: Index, to text: inout TextBuffer) {
        let record = records[index]
        bytes.withUnsafeBufferPointer { bytes in
            if record.slugLength > 0 {
                let start = Int(record.slugStart)
                for position in start..<start + Int(record.slugLength) { text.append(bytes[position]) }
                return
            }
            let start = Int(record.nameStart)
            for position in start..<start + Int(record.baseLength) {
                switch bytes[position] {
                case UInt8(ascii: " "): text.append(UInt8(ascii: "_"))
                case UInt8(ascii: "."): break
                case UInt8(ascii: "'"): text.append(UInt8(ascii: "~"))
                case 0x41...0x5A: text.append(bytes[position] | 0x20)
                default: text.append(bytes[position])
                }
            }
        }
    }
}
