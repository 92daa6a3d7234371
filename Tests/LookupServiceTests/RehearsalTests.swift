import Glibc
import Legality
import Testing
import Varlink

@testable import LookupService

/// A new table is asked what the old one was asked last, before anybody else asks it.
@Suite struct RehearsalTests {
    private static let places = ["CH", "US-AL", "92101", "no such place"]

    private static func questions(on days: [String?]) -> [String] {
        places.flatMap { place in
            days.flatMap { day in
                ["", #","activity":"sell""#, #","substance":"7-oh""#, #","age":20"#, #","explain":true"#].map { rest in
                    let on = day.map { #","on":"\#($0)""# } ?? ""
                    return
                        #"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)"\#(on)\#(rest)}}"#
                }
            }
        }
    }

    private func exchange(_ table: Table, _ moment: Moment, capacity: Int = 8 << 20) throws -> Exchange {
        try Exchange(table, moment, capacity: capacity)
    }

    @Test func itAnswersWhatWasAskedBeforeAsOneThatWasNeverAsked() throws {
        let table = try ShippedTable.table()
        let older = ShippedTable.without("CH", table)
        // The rehearsal has the machine's clock; once the service has it, too, and once it is another day there.
        for seconds in [ZoneClock.systemReading(), ZoneClock.systemReading() - 86_400] {
            let moment = Moment(day: "2026-11-21", secondOfDay: 0)
            moment.seconds = seconds
            let rehearsing = try exchange(older, moment)
            let fresh = try exchange(table, moment, capacity: 0)
            let questions = Self.questions(on: [nil, "2026-11-21"])
            for question in questions { _ = rehearsing.ask(question) }
            rehearsing.service.replaceTable(
                with: rehearsing.service.rehearsal.rehearsed(table), changes: [],
                on: try ConnectionSet(service: rehearsing.service.varlink))
            for question in questions { #expect(rehearsing.ask(question) == fresh.ask(question), "\(question)") }
        }
    }

    @Test func whatWasAskedBeforeIsKeptWhenItIsPutToUse() throws {
        let table = try ShippedTable.table()
        // The same law: where it changes at other times, some questions are new ones.
        let service = try exchange(ShippedTable.without("", table), Moment(day: "2026-11-21", secondOfDay: 0))
        let questions = Self.questions(on: ["2019-01-01", "2026-11-21"])
        for question in questions { _ = service.ask(question) }
        service.service.replaceTable(
            with: service.service.rehearsal.rehearsed(table), changes: [],
            on: try ConnectionSet(service: service.service.varlink))
        let answers = service.service.lookup.answers
        let kept = (answers.replies.count, answers.datedVerdicts.count)
        #expect(kept.0 > 0 && kept.1 > 0)
        let noted = service.service.rehearsal.questions.count
        for question in questions { _ = service.ask(question) }
        #expect(kept == (answers.replies.count, answers.datedVerdicts.count))
        #expect(service.service.rehearsal.questions.count == noted, "none is answered afresh")
    }

    @Test func whatWasKeptOfTheOldTableGoesWithIt() throws {
        let table = try ShippedTable.table()
        let exchange = try exchange(table, Moment(day: "2026-11-21", secondOfDay: 0))
        for question in Self.questions(on: ["2026-11-21"]) { _ = exchange.ask(question) }
        weak let former = exchange.service.lookup.answers.replies
        let rehearsed = exchange.service.rehearsal.rehearsed(ShippedTable.without("CH", table))
        exchange.service.replaceTable(
            with: rehearsed, changes: [], on: try ConnectionSet(service: exchange.service.varlink))
        #expect(former != nil, "letting go of it takes a while, and is left for where nobody waits")
        rehearsed.dropAnswers()
        #expect(former == nil)
    }

    private func note(_ text: String, from user: uid_t = 1, in questions: inout RecentQuestions) {
        Array(text.utf8).withUnsafeBytes { questions.note($0, from: user) }
    }

    private func texts(_ questions: RecentQuestions) -> [String] {
        questions.calls.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func theQuestionsAreTheLastOnesAndNotTooMany() {
        var questions = RecentQuestions()
        for number in 0..<(RecentQuestions.limit + 10) { note("question \(number)", in: &questions) }
        note(String(repeating: "long", count: 1000), in: &questions)
        #expect(Set(texts(questions)) == Set((10..<(RecentQuestions.limit + 10)).map { "question \($0)" }))
        #expect(questions.count == RecentQuestions.limit)
    }

    @Test func aQuestionIsAmongThemOnceHoweverOftenItIsAnsweredAfresh() {
        var questions = RecentQuestions()
        for _ in 0..<3 { note("the same", in: &questions) }
        #expect(texts(questions) == ["the same"])
        // And again once it was driven out.
        for number in 0..<RecentQuestions.limit { note("question \(number)", in: &questions) }
        #expect(!texts(questions).contains("the same"))
        note("the same", in: &questions)
        #expect(texts(questions).filter { $0 == "the same" }.count == 1)
    }

    @Test func whoAsksForSomethingElseEachTimeDoesNotDriveOutWhatOthersAsk() {
        var questions = RecentQuestions()
        for number in 0..<3 * RecentQuestions.limit {
            note("a flood of them \(number)", from: 1, in: &questions)
            if number % 100 == 0 { note("now and then \(number)", from: 2, in: &questions) }
        }
        let kept = texts(questions)
        #expect(kept.count == RecentQuestions.limit)
        #expect(kept.filter { $0.hasPrefix("now and then") }.count == (3 * RecentQuestions.limit + 99) / 100)
        #expect(kept.contains("a flood of them \(3 * RecentQuestions.limit - 1)"))
        // And each of many users keeps its share.
        for number in 0..<2 * RecentQuestions.limit { note("\(number)", from: uid_t(3 + number % 4), in: &questions) }
        for user in 0..<4 {
            let share = texts(questions).filter { Int($0).map { $0 % 4 == user } ?? false }.count
            #expect(share > RecentQuestions.limit / 8, "\(user)")
        }
    }
}
