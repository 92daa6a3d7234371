import Foundation
import Testing
import Varlink

@testable import RandomRequests

@Suite("Random requests")
struct RandomRequestTests {
    /// A short run; "make random-requests" makes the long one, with a daemon as it is shipped.
    @Test("get their replies in order, as valid JSON, with declared errors and fields only, and nothing hangs or dies")
    func conversation() throws {
        let result = try Program.randomRequests.run(["3000", "20261121", TestDaemon.shippedTable])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.hasPrefix("random requests: 3000 with seed 20261121, "), "\(result.output)")
    }

    // MARK: Whether it would see a fault

    private static let method = "org.example.lookup.Ask"
    private let check: ReplyCheck

    init() throws {
        let description = try InterfaceDescription(
            parsing: """
                interface org.example.lookup
                method Ask(place: string) -> (input: string, number: ?int)
                error Unknown(place: string)
                """)
        check = ReplyCheck(descriptions: ["org.example.lookup": description])
    }

    private func finding(_ reply: String, _ expectation: RandomRequest.Expectation? = nil) -> ReplyCheck.Finding {
        let asked: RandomRequest.Expectation = .answer(method: Self.method, parameters: ["place": "CH"])
        return check.finding(in: Array(reply.utf8), for: expectation ?? asked)
    }

    @Test(
        "let pass what is declared",
        arguments: [
            #"{"parameters":{"input":"CH"}}"#, #"{"parameters":{"input":"CH","number":5},"continues":false}"#,
            #"{"parameters":{"input":"CH","org.example.extension":5}}"#,
            #"{"error":"org.example.lookup.Unknown","parameters":{"place":"CH"}}"#,
        ])
    func declared(reply: String) {
        #expect(finding(reply) == .last)
    }

    @Test(
        "do not let pass what is not",
        arguments: [
            ("", "invalid JSON"), (#"{"parameters":{"input":"CH"}"#, "invalid JSON"),
            (#"{"parameters":{"input":"CH","input":"CH"}}"#, "invalid JSON"), ("[]", "not a reply"),
            (#"{"parameters":[]}"#, "not a reply"), (#"{"parameters":{"input":"CH"},"more":true}"#, "not a reply"),
            (#"{"parameters":{"input":"CH"},"continues":1}"#, "not a reply"),
            (#"{"parameters":{"input":"CH"},"continues":true}"#, "goes on"),
            (#"{"parameters":{"input":5}}"#, "input: expected a string"), (#"{}"#, "input: missing"),
            (#"{"parameters":{"input":"CH","digits":5}}"#, "digits: not declared"),
            (#"{"parameters":{"input":"CH","number":"5"}}"#, "number: expected an int"),
            (#"{"parameters":{"input":"KR"}}"#, "another question"),
            (#"{"error":"org.example.lookup.Invented","parameters":{}}"#, "not declared"),
            (#"{"error":"org.example.elsewhere.Unknown","parameters":{}}"#, "another interface"),
            (#"{"error":"org.example.lookup.Unknown","parameters":{}}"#, "place: missing"),
            (#"{"error":"org.example.lookup.Unknown","parameters":{"place":"CH"},"continues":true}"#, "goes on"),
        ])
    func undeclared(reply: String, reason: String) {
        guard case .fault(let text) = finding(reply) else {
            Issue.record("let pass: \(reply)")
            return
        }
        #expect(text.contains(reason), "\(text)")
    }

    @Test("hold the reply to the question")
    func expectations() {
        let reply = #"{"error":"org.example.lookup.Unknown","parameters":{"place":"n1"}}"#
        let name = "org.example.lookup.Unknown"
        #expect(finding(reply, .error(name, parameter: "place", value: "n1")) == .last)
        #expect(finding(reply, .error(name, parameter: "place", value: "n2")) != .last)
        #expect(finding(reply, .nothing) != .last)
        #expect(finding(reply, .end) != .last)
        let more = #"{"parameters":{"input":"CH"},"continues":true}"#
        #expect(finding(more, .stream(method: Self.method)) == .continues)
        #expect(finding(more, .departure(method: Self.method)) == .continues)
    }

    @Test("are shrunk to the fewest that fail")
    func shrinking() {
        var attempts = 0
        let smallest = shrunk(Array(0..<1000), attempts: 500) { numbers in
            attempts += 1
            guard let first = numbers.firstIndex(of: 137), let second = numbers.firstIndex(of: 805) else {
                return false
            }
            return first < second
        }
        #expect(smallest == [137, 805])
        #expect(attempts <= 500)
        #expect(shrunk([1, 2, 3], attempts: 100) { !$0.isEmpty }.count == 1)
        #expect(shrunk([1, 2, 3], attempts: 0) { _ in true } == [1, 2, 3])
    }

    @Test("come again with the same seed")
    func seed() throws {
        func frames(_ seed: UInt64) -> [[UInt8]] {
            var generator = RequestGenerator(seed: seed, descriptions: check.descriptions)
            return (0..<500).map { _ in generator.next().bytes }
        }
        #expect(frames(1) == frames(1))
        #expect(frames(1) != frames(2))
    }
}
