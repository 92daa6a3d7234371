import NaiveVerdicts
import Testing

@testable import Legality

@Suite struct SuggestionTests {
    static func suggestions(_ input: String) throws -> [String] {
        do {
            _ = try HardCaseTests.table.get().resolve(input)
            Issue.record("\(input) resolves")
            return []
        } catch ResolutionError.unknown(_, let suggestions) {
            return suggestions
        }
    }

    @Test(
        "What is misspelt is suggested, best first",
        arguments: [
            ("Switzerlnd", "Switzerland"), ("Alabma", "Alabama"), ("Kalifornya", "California"),
            ("Deutschlnad", "Germany"), ("Massachusets", "Massachusetts"), ("Sprngfield, IL", "Springfield, IL"),
            ("San Deigo, CA", "San Diego, CA"), ("Sarasotta County, FL", "Sarasota County, FL"),
            ("Sarasotta, Florda", "Sarasota, FL"), ("sarasotta fl", "Sarasota, FL"),
            ("US-CA/place:san_deigo", "US-CA/place:san_diego"), ("Zurch, Switzerland", "Zürich, Switzerland"),
            ("Nashvile, TN", "Nashville, TN"), ("Blackfet", "Blackfeet Indian Reservation, MT"),
            ("대한민귝", "South Korea"), ("Munich, Germany", "Germany"), ("New Yrok", "New York"),
        ])
    func misspelt(input: String, best: String) throws {
        #expect(try Self.suggestions(input).first == best)
    }

    @Test("There are five at most, each of which is a place")
    func bounds() throws {
        for input in [
            "Springfeild", "Washingtn County", "Santa Mar", "Sain Loui", "Lincon", "Georgi", "Kratom", "Pari, TX",
        ] {
            let suggestions = try Self.suggestions(input)
            #expect(!suggestions.isEmpty && suggestions.count <= 5, "\(input)")
            #expect(Set(suggestions).count == suggestions.count)
            for suggestion in suggestions {
                let outcome = try HardCaseTests.outcome(suggestion)
                #expect(outcome != "unknown", "\(suggestion) for \(input)")
            }
        }
    }

    @Test(
        "Nothing within reach: no suggestion", arguments: ["qqqqqqq", "x", "99999", "fips:99999", "🌿", "' OR 1=1 --"])
    func nothing(input: String) throws {
        #expect(try Self.suggestions(input) == [])
    }

    /// The distance by its definition: the whole table, every cell.
    static func naiveDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count {
            for column in 0...right.count {
                guard row > 0, column > 0 else {
                    table[row][column] = row + column
                    continue
                }
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(
                    table[row - 1][column] + 1, table[row][column - 1] + 1,
                    table[row - 1][column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, table[row - 2][column - 2] + 1)
                }
                table[row][column] = cost
            }
        }
        return table[left.count][right.count]
    }

    /// The name with so many letters put in, left out, changed or swapped by chance.
    static func edited(_ name: [UInt8], times: Int, using chance: inout SeededRandom) -> [UInt8] {
        var name = name
        for _ in 0..<times {
            let letter = UInt8.random(in: 0x61...0x65, using: &chance)
            let place = Int.random(in: 0...name.count, using: &chance)
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: name.insert(letter, at: place)
            case 1 where place < name.count: name.remove(at: place)
            case 2 where place < name.count: name[place] = letter
            case 3 where place + 1 < name.count: name.swapAt(place, place + 1)
            default: break
            }
        }
        return name
    }

    @Test("The distances that are reckoned a letter at a time are those of the definition")
    func distances() {
        var chance = SeededRandom(seed: 4)
        for round in 0..<20_000 {
            // Few letters, so that there is much to swap; some names longer than a word has bits.
            let length = Int.random(in: 0...(round % 50 == 0 ? 80 : 14), using: &chance)
            let left = (0..<length).map { _ in UInt8.random(in: 0x61...0x65, using: &chance) }
            let right = Self.edited(left, times: Int.random(in: 0...6, using: &chance), using: &chance)
            let expected = Self.naiveDistance(left, right)
            for limit in 0...4 {
                let quick = right.withUnsafeBufferPointer { Spelling(left).distance(to: $0, limit: limit) }
                let banded = left.withUnsafeBufferPointer { left in
                    right.withUnsafeBufferPointer { EditDistance.between(left, $0, limit: limit) }
                }
                #expect(quick == (expected <= limit ? expected : nil))
                #expect(banded == (expected <= limit ? expected : nil))
            }
            let outlines = (
                left.withUnsafeBufferPointer(NameOutline.init), right.withUnsafeBufferPointer(NameOutline.init)
            )
            #expect(outlines.0.isWithin(expected, of: outlines.1))
        }
    }

    @Test("Looking for names that are alike finds what comparing with every name does")
    func searches() throws {
        let names = try ShippedGazetteer.gazetteer.get().names
        let all = names.withReader { reader in
            (0..<names.keyCount).map { position in
                let key = reader.key(at: position)
                return (key: key, name: Array(reader.bytes(of: key)))
            }
        }
        #expect(all.count > 50_000)
        var chance = SeededRandom(seed: 5)
        var found = 0
        for _ in 0..<12 {
            let name = Self.edited(all[Int.random(in: all.indices, using: &chance)].name, times: 2, using: &chance)
            guard (3...32).contains(name.count), name.allSatisfy({ (0x61...0x7A).contains($0) }) else { continue }
            var search = NameSearch(name, names: names, wanted: Int.max, steps: Int.max)
            search.run()
            let quick = Dictionary(uniqueKeysWithValues: search.nearest().map { ($0.key, $0.distance) })
            for (key, other) in all where other.prefix(3).allSatisfy({ (0x61...0x7A).contains($0) }) {
                let distance = name.withUnsafeBufferPointer { name in
                    other.withUnsafeBufferPointer { EditDistance.between(name, $0, limit: search.reach) }
                }
                guard let distance, distance > 0, other.count >= 3 else { continue }
                // One letter off anywhere; further off where the first three are one letter off at most.
                guard distance == 1 || Self.naiveDistance(Array(name.prefix(3)), Array(other.prefix(3))) <= 1 else {
                    continue
                }
                #expect(quick[key] == distance)
                found += 1
            }
        }
        #expect(found > 10)
    }

    @Test("Among any number of names that are alike the nearest are found in few steps")
    func manyNames() {
        var names = NameIndexBuilder(expectedNames: 0)
        // A hundred and thirty thousand names of seven letters that all begin with one of 36 beginnings.
        let letters = Array("abcdef".utf8)
        for first in letters {
            for second in letters {
                for number in 0..<3600 {
                    let rest = [number / 600, number / 100 % 6, number / 10 % 10, number % 10]
                    let name = [first, second, 0x6D] + rest.map { UInt8(0x61 + $0) }
                    names.insert(name, NameIndex.Target(.division, 0))
                }
            }
        }
        let index = names.finish()
        let wanted = Array("abmzcaa".utf8)
        var all = NameSearch(wanted, names: index, wanted: 40, steps: Int.max)
        var few = NameSearch(wanted, names: index, wanted: 40, steps: 12_000)
        all.run()
        few.run()
        let (best, found) = (all.nearest().map(\.distance), few.nearest().map(\.distance))
        #expect(best.count == 40)
        #expect(found == best)
    }

    @Test("The distance counts letters put in, left out, changed and swapped")
    func distance() {
        func distance(_ left: String, _ right: String, limit: Int) -> Int? {
            Array(left.utf8).withUnsafeBufferPointer { left in
                Array(right.utf8).withUnsafeBufferPointer { EditDistance.between(left, $0, limit: limit) }
            }
        }
        for (left, right, expected) in [
            ("", "", 0), ("a", "", 1), ("", "ab", 2), ("sandiego", "sandiego", 0), ("sandiego", "sandeigo", 1),
            ("sandiego", "sndiego", 1), ("sandiego", "sandiegoo", 1), ("sandiego", "zandiego", 1),
            ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "badc", 2),
        ] {
            #expect(distance(left, right, limit: 3) == expected, "\(left) \(right)")
            #expect(distance(right, left, limit: 3) == expected, "\(right) \(left)")
            if expected > 0 { #expect(distance(left, right, limit: expected - 1) == nil) }
        }
    }
}
