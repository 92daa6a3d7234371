import Legality
import TableFiles
import Testing
import Varlink

@testable import LookupService

/// A kept reply is exactly what a fresh evaluation gives.
@Suite struct RequestCacheTests {
    // MARK: The cache alone

    @Test func aReplyIsGivenForTheSameBytesOnly() {
        let cache = RequestCache(capacity: 1 << 16)
        cache.keep("ask one", "answer one", 0..<10)
        #expect(cache.ask("ask one", at: 0) == "answer one")
        #expect(cache.ask("ask one ", at: 0) == nil)
        #expect(cache.ask("ask onf", at: 0) == nil)
        #expect(cache.ask("", at: 0) == nil)
    }

    @Test func aReplyHoldsFromTheFirstMomentOfItsValidityToTheLast() {
        let cache = RequestCache(capacity: 1 << 16)
        cache.keep("ask", "answer", 100..<200)
        #expect(cache.ask("ask", at: 99) == nil)
        #expect(cache.ask("ask", at: 100) == "answer")
        #expect(cache.ask("ask", at: 199) == "answer")
        #expect(cache.ask("ask", at: 200) == nil)
    }

    @Test func aLaterReplyReplacesAnEarlierOne() {
        let cache = RequestCache(capacity: 1 << 16)
        cache.keep("ask", "yesterday", 0..<10)
        cache.keep("ask", "today", 10..<20)
        #expect(cache.ask("ask", at: 15) == "today")
        #expect(cache.ask("ask", at: 5) == nil)
        #expect(cache.count == 1)
    }

    @Test func requestsThatCollideForOneSeedDoNotForAnother() {
        func hash(_ words: [UInt64], seed: UInt64) -> UInt64 {
            words.withUnsafeBytes { RequestCache.hash($0, seed: seed) }
        }
        // Whoever knows the seed makes the second word cancel what the first one left, and all go on alike. The length
        // is mixed into the seed, and what is left after the last whole word is nothing: mixed once more.
        let seed: UInt64 = 0x9E37_79B9_7F4A_7C15
        let requests = (0..<100).map { number -> [UInt64] in
            let left = RequestCache.mix(seed &+ 24 ^ UInt64(number))
            return [UInt64(number), left, 7]
        }
        #expect(Set(requests.map { hash($0, seed: seed) }).count == 1, "the attack works where the seed is known")
        #expect(Set(requests.map { hash($0, seed: 0x5851_F42D_4C95_7F2D) }).count == 100)
    }

    @Test func whateverIsKeptUnderPressureIsRight() {
        let cache = RequestCache(capacity: 1 << 14)
        var random = Chance(state: 1)
        var hits = 0
        for _ in 0..<50_000 {
            let number = Int.random(in: 0..<(Bool.random(using: &random) ? 20 : 2000), using: &random)
            let reply = String(repeating: "\(number),", count: 1 + number % 50)
            if let known = cache.ask("ask \(number)", at: 0) {
                hits += 1
                #expect(known == reply)
            } else {
                cache.keep("ask \(number)", reply, 0..<1)
            }
        }
        #expect(hits > 10_000)
    }

    @Test func whatIsAskedOftenIsNotDrivenOutByWhatIsAskedOnce() {
        let cache = RequestCache(capacity: 1 << 16)
        let reply = String(repeating: "x", count: 1000)
        var misses = 0
        for number in 0..<10_000 {
            // Ten questions that are repeated, and between them others that never are.
            let often = "often \(number % 10)"
            if cache.ask(often, at: 0) == nil {
                if number >= 5000 { misses += 1 }
                cache.keep(often, reply, 0..<1)
            }
            cache.keep("once \(number)", reply, 0..<1)
        }
        #expect(misses == 0)
    }

    @Test func forRoomTheOldestGoesThatWasNotAskedForAgain() {
        let cache = RequestCache(capacity: 1 << 14)
        let reply = String(repeating: "x", count: 400)
        cache.keep("asked again", "first", 0..<1)
        cache.keep("not asked again", "second", 0..<1)
        for number in 0..<600 {
            // There is room for some thirty.
            if number % 20 == 0 { #expect(cache.ask("asked again", at: 0) == "first") }
            // Twice: once there is no room, only what was seen before is kept.
            for _ in 0..<2 { cache.keep("other \(number)", reply, 0..<1) }
        }
        #expect(cache.ask("not asked again", at: 0) == nil)
        let left = (0..<600).filter { cache.ask("other \($0)", at: 0) == reply }
        #expect(left == Array((600 - left.count)..<600))
        #expect((25...37).contains(left.count) && cache.count == left.count + 1)
    }

    @Test func underPressureAReplyIsTheLastOneToItsRequest() {
        let cache = RequestCache(capacity: 1 << 14)
        var random = Chance(state: 6)
        var lengths: [Int: Int] = [:]
        for moment in 0..<Int64(20_000) {
            let number = Int.random(in: 0..<100, using: &random)
            let length = Int.random(in: 1..<900, using: &random)
            // Whatever is kept replaces what was: its moment has passed.
            for _ in 0..<2 {
                cache.keep("ask \(number)", String(repeating: "\(number % 10)", count: length), moment..<Int64.max)
            }
            lengths[number] = length
            let other = Int.random(in: 0..<100, using: &random)
            if let known = cache.ask("ask \(other)", at: moment) {
                #expect(known == String(repeating: "\(other % 10)", count: lengths[other] ?? 0))
            }
            if moment % 1000 == 0 {
                #expect((0..<100).count { cache.ask("ask \($0)", at: moment) != nil } == cache.count)
            }
        }
        #expect(cache.count > 5)
    }

    @Test func aReplyIsPutTogetherAgainFromItsPieces() throws {
        // Parts are worth their while from 64 bytes on; a shorter one is kept with the reply.
        let (text, short) = (String(repeating: "0123456789", count: 7), "short")
        let asked = try #require(CivilDate("0987-01-02"))
        let since = try #require(CivilDate("2026-05-05"))
        Array(text.utf8).withUnsafeBytes { part in
            let cache = RequestCache(capacity: 1 << 14)
            let reply = "[\(text),2026-11-21,200,\(short)]\(text)"
            let shortPart = UnsafeRawBufferPointer(rebasing: part.prefix(5))
            let pieces: [ReplyOutline.Piece] = [
                .init(offset: 1, count: 70, content: .part(part)), .init(offset: 72, count: 10, content: .day),
                .init(offset: 83, count: 3, content: .days(since: since)),
                // Its bytes are the reply's, not the part's: those that differ show which were taken.
                .init(offset: 87, count: 5, content: .part(shortPart)),
                .init(offset: 93, count: 70, content: .part(part)),
            ]
            for _ in 0..<2 {
                cache.keep("any", reply, 0..<1, pieces, servesAnyDay: true)
                cache.keep("one", reply, 0..<1, pieces)
                let days = asked.days(since: since)
                #expect(cache.ask("any", at: 0, on: asked) == "[\(text),0987-01-02,\(days),\(short)]\(text)")
                #expect(cache.ask("one", at: 0) == reply)
                // Once around, so that they are dropped.
                for number in 0..<40 { cache.keep("\(number)", String(repeating: "x", count: 400), 0..<1) }
            }
        }
    }

    @Test func whatIsSharedTakesNoRoomOfItsOwn() {
        let text = String(repeating: "0123456789", count: 40)
        Array(text.utf8).withUnsafeBytes { part in
            let cache = RequestCache(capacity: 1 << 14)
            for number in 0..<100 {
                cache.keep("\(number)", text, 0..<1, [.init(offset: 0, count: 400, content: .part(part))])
            }
            // 40 kB of replies in 16.
            #expect((0..<100).allSatisfy { cache.ask("\($0)", at: 0) == text })
        }
    }

    @Test func aRequestOrAReplyThatIsTooLargeIsNotKept() {
        let cache = RequestCache(capacity: 1 << 14)
        cache.keep(String(repeating: "q", count: RequestCache.requestLimit + 1), "answer", 0..<1)
        cache.keep("ask", String(repeating: "a", count: 1 << 13), 0..<1)
        #expect(cache.count == 0)
    }

    @Test func aCacheWithoutRoomKeepsNothing() {
        let cache = RequestCache(capacity: 0)
        cache.keep("ask", "answer", 0..<1)
        #expect(cache.ask("ask", at: 0) == nil)
    }

    // MARK: The whole service

    @Test func aKeptReplyIsWhatAFreshEvaluationGives() throws {
        let table = try ShippedTable.table()
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        let kept = try Exchange(table, moment, capacity: 8 << 20)
        let requests = Requests.about(table)
        for request in requests {
            let first = kept.ask(request)
            #expect(kept.ask(request) == first, "\(request)")
            #expect(first.hasPrefix(#"{"parameters":{"#) || first.hasPrefix(#"{"error":"#), "\(first)")
            #expect(try Exchange(table, moment, capacity: 0).ask(request) == first, "\(request)")
        }
    }

    @Test func aKeptReplyIsWhatAFreshEvaluationGivesUnderPressure() throws {
        let table = try ShippedTable.table()
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        // Room for some dozens of replies only.
        let kept = try Exchange(table, moment, capacity: 1 << 18)
        let fresh = try Exchange(table, moment, capacity: 0)
        let requests = Requests.about(table)
        var random = Chance(state: 2)
        for _ in 0..<3000 {
            let request = requests[Int.random(in: 0..<requests.count, using: &random)]
            #expect(kept.ask(request) == fresh.ask(request), "\(request)")
        }
    }

    /// Days and ages at every turn of the law, and between them; each reply serves many of them.
    @Test func aVerdictOnADayIsWhatAFreshEvaluationGives() throws {
        let table = try ShippedTable.table()
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        let kept = try Exchange(table, moment, capacity: 8 << 20)
        let fresh = try Exchange(table, moment, capacity: 0)
        var random = Chance(state: 4)
        let places =
            stride(from: 0, to: table.jurisdictions.count, by: 3).map { table.jurisdictions[$0].id }
            + ["92064", "34228", "Kansas City", "US-AZ"]
        var oldEvidence = 0
        for place in places {
            guard let resolution = try? table.resolve(place) else { continue }
            let points = table.turningPoints(of: resolution)
            var days: [CivilDate] = []
            for day in points.days {
                days += [-1, 0, 1, Int.random(in: 2..<300, using: &random)].map { day.adding(days: $0) }
            }
            let ages: [Int?] = [nil, 40] + points.ages + points.ages.map { $0 - 1 }
            for day in days where day.daysSinceEpoch > 0 {
                for _ in 0..<3 {
                    let age = ages[Int.random(in: 0..<ages.count, using: &random)].map { ",\"age\":\($0)" } ?? ""
                    let more = [
                        "", "", #","substance":"7-oh""#, #","activity":"sell""#, #","explain":true"#,
                        #","substance":"synthetic","activity":"possess""#, #","percent_7oh":1.5"#,
                    ][Int.random(in: 0..<7, using: &random)]
                    let request =
                        #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)","on":"\#(day)"\#(age)\#(more)}}"#
                    let reply = kept.ask(request)
                    guard reply != fresh.ask(request) else {
                        if reply.contains("The evidence ends") { oldEvidence += 1 }
                        continue
                    }
                    Issue.record("\(request)")
                }
            }
        }
        #expect(oldEvidence > 100)
    }

    /// Whatever is shared among replies, or put in again, is what the rendering alone would write there.
    @Test func aVerdictOfSharedPartsIsWhatItIsWithoutThem() throws {
        let table = try ShippedTable.table()
        let kept = try Exchange(table, Moment(day: "2026-11-21", secondOfDay: 40_000), capacity: 8 << 20)
        var random = Chance(state: 5)
        let places = table.jurisdictions.map(\.id) + ["92064", "34228", "96161", "Kansas City, MO"]
        for _ in 0..<2000 {
            let place = places[Int.random(in: 0..<places.count, using: &random)]
            let day = CivilDate(daysSinceEpoch: Int32.random(in: 14_000..<22_000, using: &random))
            let age = Int.random(in: 0...90, using: &random)
            let query = Query(
                substance: table.vocabulary.defaultSubstance, circumstances: Circumstances(age: age), day: day)
            let verdict = table.judge(query, at: try table.resolve(place), clock: kept.service.clock)
            var json = JSONWriter()
            json.verdict(verdict, of: table, explanation: nil)
            let request =
                #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)","on":"\#(day)","age":\#(age)}}"#
            #expect(
                kept.ask(request) == #"{"parameters":{"verdict":\#(String(decoding: json.bytes, as: UTF8.self))}}"#
                    + "\0",
                "\(request)")
        }
    }

    @Test func severalCallsInOnePieceGetTheRepliesThatEachGetsAlone() throws {
        let table = try ShippedTable.table()
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        let kept = try Exchange(table, moment, capacity: 1 << 18)
        let fresh = try Exchange(table, moment, capacity: 0)
        let requests = Requests.about(table)
        var random = Chance(state: 3)
        for _ in 0..<100 {
            let batch = (0..<40).map { _ in requests[Int.random(in: 0..<requests.count, using: &random)] }
            #expect(kept.askAll(batch) == batch.map { fresh.ask($0) }.joined())
        }
    }

    @Test func repliesChangeAtTheMidnightOfTheirPlace() throws {
        let table = try ShippedTable.table()
        // Through the midnights of all these time zones around New York's label law of 2026-12-19: each hour, and the
        // second before it.
        let moment = Moment(day: "2026-12-17", secondOfDay: 0)
        let kept = try Exchange(table, moment, capacity: 8 << 20)
        let requests =
            ["US-NY", "US-CA", "US-HI", "AU", "KR", "CH", "US-AL"].flatMap { place in
                [
                    #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)"}}"#,
                    #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)","on":"2026-12-19"}}"#,
                    #"{"method":"org.legalityd.Lookup.Upcoming","parameters":{"place":"\#(place)"}}"#,
                    #"{"method":"org.legalityd.Lookup.Describe","parameters":{"place":"\#(place)"}}"#,
                ]
            } + [#"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"Atlantis"}}"#]
        let start = moment.seconds
        var days = Set<String>()
        for hour in 0..<60 {
            for offset in [-1, 0] {
                moment.seconds = start + Int64(hour) * 3600 + Int64(offset)
                let fresh = try Exchange(table, moment, capacity: 0)
                for request in requests {
                    let reply = kept.ask(request)
                    #expect(reply == fresh.ask(request), "\(request) at \(moment.seconds)")
                    if request.contains("US-NY"), let range = reply.firstRange(of: #""on":"2026-12-"#) {
                        days.insert(String(reply[range.upperBound...].prefix(2)))
                    }
                }
            }
        }
        #expect(days.isSuperset(of: ["16", "17", "18", "19"]), "\(days) \(kept.ask(requests[0]))")
    }

    @Test func aClockThatIsSetBackGetsTheRepliesOfItsTime() throws {
        let table = try ShippedTable.table()
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        let kept = try Exchange(table, moment, capacity: 8 << 20)
        let request = #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"US-NY"}}"#
        for days in [0, 40, -700, 0, 39, 40] {
            moment.seconds = Moment(day: "2026-11-21", secondOfDay: 40_000).seconds + Int64(days) * 86_400
            #expect(kept.ask(request) == (try Exchange(table, moment, capacity: 0).ask(request)))
        }
    }

    @Test func afterAReloadEveryReplyIsFromTheNewTable() throws {
        let table = try ShippedTable.table()
        // The same law under another version, with a jurisdiction less.
        let newer = Table(
            version: "2099.1.1", digest: String(repeating: "f", count: 64), vocabulary: table.vocabulary,
            jurisdictions: table.jurisdictions.filter { $0.id != "CH" }, gazetteer: table.gazetteer)
        let moment = Moment(day: "2026-11-21", secondOfDay: 40_000)
        let kept = try Exchange(table, moment, capacity: 8 << 20)
        let requests = Requests.about(table)
        let before = requests.map { kept.ask($0) }
        let connections = try ConnectionSet(service: kept.service.varlink)
        kept.service.replaceTable(with: RehearsedTable(newer), changes: [], on: connections)
        let fresh = try Exchange(newer, moment, capacity: 0)
        #expect(before.filter { $0.contains(table.digest) }.count > requests.count / 4)
        for (request, old) in zip(requests, before) {
            let reply = kept.ask(request)
            #expect(reply == fresh.ask(request), "\(request)")
            if old.contains(table.digest) { #expect(reply != old, "\(request)") }
        }
        kept.service.replaceTable(with: RehearsedTable(table), changes: [], on: connections)
        #expect(requests.map { kept.ask($0) } == before)
    }

    @Test func theSameNameInOtherBytesIsAnsweredInItsOwnSpelling() throws {
        let table = try ShippedTable.table()
        let kept = try Exchange(table, Moment(day: "2026-11-21", secondOfDay: 0), capacity: 8 << 20)
        for name in ["S\u{E9}oul-les-Bains", "Se\u{301}oul-les-Bains"] {
            let reply = kept.ask(#"{"method":"org.legalityd.Lookup.Resolve","parameters":{"place":"\#(name)"}}"#)
            #expect(reply.utf8.firstRange(of: Array(name.utf8)) != nil, "\(reply)")
        }
    }
}

// MARK: - Parts

extension RequestCache {
    fileprivate func keep(
        _ request: String, _ reply: String, _ validity: Range<Int64>, _ pieces: [ReplyOutline.Piece] = [],
        servesAnyDay: Bool = false
    ) {
        Array(request.utf8).withUnsafeBytes { request in
            Array(reply.utf8).withUnsafeBytes {
                insert(
                    request: request, reply: $0, pieces: pieces, servesAnyDay: servesAnyDay, validity: validity)
            }
        }
    }

    fileprivate func ask(_ request: String, at moment: Int64, on day: CivilDate? = nil) -> String? {
        var output = ByteBuffer()
        let isKnown = Array(request.utf8).withUnsafeBytes { append(replyTo: $0, at: moment, on: day, to: &output) }
        #expect(isKnown != output.isEmpty)
        return isKnown ? String(decoding: output.bytes, as: UTF8.self) : nil
    }
}

/// The same numbers in every run.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

/// Questions of every method, right ones and wrong ones.
private enum Requests {
    /// Most of them are answered, some are refused.
    static func about(_ table: Table) -> [String] {
        let places =
            stride(from: 0, to: table.jurisdictions.count, by: 23).map { table.jurisdictions[$0].id }
            + ["Switzerland", "92101", "San Diego, CA", "Springfield", "Atlantis", "us-al", "", "CA"]
        var requests: [String] = []
        for place in places {
            for parameters in [
                #""place":"\#(place)""#, #""place":"\#(place)","age":17,"on":"2026-01-02""#,
                #""place":"\#(place)","substance":"7-oh","activity":"sell""#,
                #""place":"\#(place)","substance":"tea""#, #""place":"\#(place)","on":"2026-02-30""#,
            ] { requests.append(#"{"method":"org.legalityd.Lookup.Check","parameters":{\#(parameters)}}"#) }
            for method in ["Describe", "Resolve", "History", "Upcoming"] {
                requests.append(#"{"method":"org.legalityd.Lookup.\#(method)","parameters":{"place":"\#(place)"}}"#)
            }
        }
        return requests + [
            #"{"method":"org.legalityd.Lookup.List","parameters":{"country":"US","status":"prohibited"}}"#,
            #"{"method":"org.legalityd.Lookup.List","parameters":{"status":"none"}}"#,
            #"{"method":"org.legalityd.Lookup.Upcoming","parameters":{"within_days":400}}"#,
            #"{"method":"org.legalityd.Lookup.Nothing"}"#, #"{"method":"io.systemd.service.Ping"}"#,
        ]
    }
}
