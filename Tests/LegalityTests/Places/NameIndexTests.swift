import NaiveVerdicts
import Testing

@testable import Legality

/// Random names of few letters, many of which are the same or begin alike.
@Suite struct NameIndexTests {
    static func names(using chance: inout SeededRandom) -> [[UInt8]] {
        (0..<Int.random(in: 0...400, using: &chance)).map { _ in
            (0..<Int.random(in: 1...12, using: &chance)).map { _ in UInt8.random(in: 0x61...0x63, using: &chance) }
        }
    }

    static func index(_ names: [[UInt8]]) -> NameIndex {
        var builder = NameIndexBuilder(expectedNames: 0)
        for (position, name) in names.enumerated() { builder.insert(name, NameIndex.Target(.division, position)) }
        return builder.finish()
    }

    /// Calls `body` with a hundred lists of names and the index of each.
    static func forEachIndex(seed: UInt64, _ body: ([[UInt8]], NameIndex, inout SeededRandom) -> Void) {
        var chance = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let names = names(using: &chance)
            body(names, index(names), &chance)
        }
    }

    @Test("A name leads to all that bear it, those that were added last first, and to nothing else")
    func bearers() {
        Self.forEachIndex(seed: 1) { names, index, chance in
            #expect(index.keyCount == Set(names).count)
            for name in names + Self.names(using: &chance) + [[]] {
                var found: [Int] = []
                index.forEachTarget(named: name) { found.append($0.index) }
                #expect(found == names.indices.reversed().filter { names[$0] == name })
            }
        }
    }

    @Test("Names that begin alike come all, each once, in the order of their first eight bytes")
    func beginnings() {
        Self.forEachIndex(seed: 2) { names, index, chance in
            let starts = Self.names(using: &chance).prefix(20).map { Array($0.prefix(9)) } + [[]]
            for start in starts {
                var found: [[UInt8]] = []
                start.withUnsafeBufferPointer { start in
                    index.forEachKey(startingWith: start) { key in
                        found.append(index.withReader { Array($0.bytes(of: key)) })
                        return true
                    }
                }
                #expect(Set(found) == Set(names.filter { $0.starts(with: start) }))
                #expect(found.count == Set(found).count)
                let beginnings = found.map { Array($0.prefix(8)) }
                #expect(beginnings == beginnings.sorted { $0.lexicographicallyPrecedes($1) })
            }
        }
    }

    @Test("Names that begin with the same one to three bytes stand together, and near where each is looked for")
    func positions() {
        Self.forEachIndex(seed: 6) { names, index, chance in
            let ordered = index.withReader { reader in
                (0..<index.keyCount).map { Array(reader.bytes(of: reader.key(at: $0))) }
            }
            #expect(Set(ordered) == Set(names))
            let starts = Self.names(using: &chance).prefix(20).map { Array($0.prefix(3)) }.filter { !$0.isEmpty }
            for start in starts {
                let positions = start.withUnsafeBufferPointer { index.positions(startingWith: $0) }
                #expect(Array(ordered.indices.filter { ordered[$0].starts(with: start) }) == Array(positions))
            }
            for (position, name) in ordered.enumerated() {
                let near = name.withUnsafeBufferPointer { index.position(near: $0) }
                let first = ordered.firstIndex { $0.prefix(8) == name.prefix(8) } ?? position
                #expect((first - NameIndex.landmarkDistance...first).contains(near))
            }
        }
    }

    @Test("Looking for names that begin alike ends when it is told to")
    func ends() {
        let index = Self.index((0..<26).map { [0x61, 0x61 + $0] })
        var count = 0
        [UInt8(0x61)].withUnsafeBufferPointer { start in
            index.forEachKey(startingWith: start) { _ in
                count += 1
                return count < 5
            }
        }
        #expect(count == 5)
    }
}
