import Testing

@testable import LookupService

@Suite("Values that were asked for last")
struct RecentValuesTests {
    private func key(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

    @Test("are kept up to the limit, and the oldest goes first")
    func oldestGoes() {
        var values = RecentValues<Int>(limit: 4)
        for number in 1...4 { values.keep(number, for: key(number)) }
        #expect((1...4).allSatisfy { values.value(for: key($0)) == $0 })
        var others = RecentValues<Int>(limit: 4)
        for number in 1...6 { others.keep(number, for: key(number)) }
        #expect(others.count == 4)
        #expect((1...6).filter { others.value(for: key($0)) != nil } == [3, 4, 5, 6])
    }

    @Test("stay if they are asked for again, however many others come once")
    func askedAgainStays() {
        var values = RecentValues<Int>(limit: 8)
        values.keep(0, for: key(0))
        for number in 1...1000 {
            values.keep(number, for: key(number))
            #expect(values.value(for: key(0)) == 0)
        }
        #expect(values.count == 8)
    }

    @Test("make room for another even if all were asked for again")
    func allAsked() {
        var values = RecentValues<Int>(limit: 3)
        for number in 1...3 { values.keep(number, for: key(number)) }
        for number in 1...3 { #expect(values.value(for: key(number)) == number) }
        values.keep(4, for: key(4))
        #expect((1...4).filter { values.value(for: key($0)) != nil } == [2, 3, 4])
    }

    @Test("are replaced by a new one for the same key")
    func sameKey() {
        var values = RecentValues<String>(limit: 2)
        values.keep("old", for: key(1))
        values.keep("new", for: key(1))
        #expect(values.value(for: key(1)) == "new")
        #expect(values.count == 1)
    }

    @Test("are not kept for a key that is longer than anybody's habit")
    func longKey() {
        var values = RecentValues<Int>(limit: 2)
        values.keep(1, for: Array(repeating: 120, count: 129))
        values.keep(2, for: Array(repeating: 120, count: 128))
        #expect(values.count == 1)
    }

    private final class Counted {
        let count: Count
        init(_ count: Count) {
            self.count = count
            count.alive += 1
        }
        deinit { count.alive -= 1 }
    }

    private final class Count { var alive = 0 }

    @Test("are let go of one at a time, as many at once would hold up everybody")
    func oneAtATime() {
        let count = Count()
        var values = RecentValues<Counted>(limit: 100)
        for number in 0..<1000 {
            let before = count.alive
            values.keep(Counted(count), for: key(number))
            #expect(count.alive == min(before + 1, 100))
        }
    }
}
