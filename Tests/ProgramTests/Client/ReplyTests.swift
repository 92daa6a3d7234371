import Testing
import Varlink

@testable import legality

@Suite("The client reads replies")
struct ClientReplyTests {
    private func scan(_ text: String) -> LegalStatus? {
        Array(text.utf8).withUnsafeBytes { VerdictScanner.status(in: $0) }
    }

    @Test(
        "finds the status wherever it stands",
        arguments: [
            #"{"parameters":{"verdict":{"status":"regulated"}}}"#,
            #"{"parameters":{"verdict":{"place":{"status":"legal","name":"a\"}]b"},"chain":[{"status":"legal"}],"n":-1.5e3,"t":true,"status":"regulated","x":1}}}"#,
            #" { "continues" : false , "parameters" : { "verdict" : { "a" : [ ] , "status" : "regulated" } } } "#,
            #"{"parameters":{"other":[[{"verdict":1}]],"verdict":{"e":"","status":"regulated"}},"z":{}}"#,
        ])
    func findsStatus(text: String) throws {
        #expect(scan(text) == .regulated)
        #expect(try JSONValue(parsing: text)["parameters"]?["verdict"]?["status"]?.stringValue == "regulated")
    }

    @Test(
        "gives up on everything else",
        arguments: [
            "", "{", "[]", "null", #"{"error":"org.legalityd.Lookup.UnknownPlace","parameters":{"place":"x"}}"#,
            #"{"parameters":{"verdict":{"status":"fine"}}}"#, #"{"parameters":{"verdict":{"status":7}}}"#,
            #"{"parameters":{"verdict":{"place":{"status":"legal"}}}}"#, #"{"parameters":{"verdict":["status"]}}"#,
            #"{"parameters":{"verdict":{"a":"\"status\":\"legal\"#, #"{"parameters":{"verdict":{"a":"x\"#,
        ])
    func givesUp(text: String) {
        #expect(scan(text) == nil)
    }

    @Test("never reads past a reply that was cut off")
    func cutOff() {
        let text = #"{"parameters":{"verdict":{"place":{"name":"a\\\"b"},"chain":[1,2],"status":"legal"}}}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            let status = bytes[..<length].withUnsafeBytes { VerdictScanner.status(in: $0) }
            #expect(status == (length >= text.utf8.count - 3 ? .legal : nil))
        }
    }

    @Test("says what was wrong and what would be right")
    func errors() {
        func failure(_ name: String, _ parameters: JSONObject) -> Failure { VarlinkError(name, parameters).failure }
        #expect(
            failure(
                "org.legalityd.Lookup.UnknownPlace", ["place": "Alabma", "suggestions": ["US-AL", "US-AK"]])
                == Failure(
                    .unknown, "there is no place \"Alabma\" in the table; did you mean \"US-AL\" or \"US-AK\"?"))
        #expect(
            failure(
                "org.legalityd.Lookup.AmbiguousPlace",
                [
                    "place": "Springfield",
                    "matches": [["id": "US-MO/place:springfield", "name": "Springfield", "kind": "place"]],
                ]
            ).message
                == "several places are called \"Springfield\": Springfield (US-MO/place:springfield); say which")
        #expect(
            failure("org.legalityd.Lookup.InvalidDate", ["date": "x", "expected": "YYYY-MM-DD"])
                == Failure(.usage, "\"x\" is not a day; expected: YYYY-MM-DD"))
        #expect(failure("org.varlink.service.MethodNotFound", ["method": "a.B"]).code == .internalFault)
    }

    @Test("names the member that is not as promised")
    func brokenReply() throws {
        let value = try JSONValue(parsing: #"{"place":{"id":"US","name":7,"kind":"country"}}"#)
        #expect {
            _ = try Place(Fields(value, path: "").object("place"))
        } throws: { error in
            (error as? Failure)?.message.contains("place.name should be a string") == true
        }
    }

    @Test("ends with the strictest answer's code")
    func exitStatus() {
        #expect(ExitStatus.lawful.combined(with: .unknown) == .unknown)
        #expect(ExitStatus.unknown.combined(with: .uncertain) == .uncertain)
        #expect(ExitStatus.uncertain.combined(with: .prohibited) == .prohibited)
        #expect(ExitStatus.prohibited.combined(with: .lawful) == .prohibited)
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 64, 69, 70, 75])
    }
}
