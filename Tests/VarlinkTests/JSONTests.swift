import Testing

@testable import Varlink

@Suite("Reading JSON")
struct JSONReadingTests {
    private func reason(_ bytes: [UInt8]) -> JSONError.Reason? {
        do throws(JSONError) {
            _ = try JSONValue(parsing: bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    private static let accepted: [(String, JSONValue)] = [
        ("null", nil), ("true", true), ("false", false), (" \t\r\n1 \n", 1),
        ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .double(-9_223_372_036_854_775_808)), ("1e3", .double(1000)),
        ("1E+2", .double(100)), ("1.5", .double(1.5)), ("-0.0", .double(-0.0)), ("0e0", .double(0)),
        ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)), ("5e-324", .double(.leastNonzeroMagnitude)),
        ("1e-400", .double(0)), ("123456789012345678901234567890", .double(123_456_789_012_345_677_877_719_597_056)),
        ("\"\"", ""), ("\"a\"", "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u20ac""#, "Aé€"), (#""\uD83D\uDE00""#, "😀"), (#""\ud834\udd1e""#, "\u{1D11E}"),
        (#""\u0000""#, "\0"), ("\"\u{7f}\"", "\u{7f}"), ("\"é€😀\"", "é€😀"), ("\"\u{10FFFF}\"", "\u{10FFFF}"),
        ("[]", []), ("[ ]", []), ("[1,2]", [1, 2]), ("[ 1 , [ ] ]", [1, []]), ("{}", [:]), ("{ }", [:]),
        (#"{"a":1,"b":{"c":[null]}}"#, ["a": 1, "b": ["c": [nil]]]), (#"{"":0}"#, ["": 0]),
        (#"{"a":1,"A":2}"#, ["a": 1, "A": 2]), (#"{"\u0061b":1}"#, ["ab": 1]),
    ]

    @Test("takes what RFC 8259 allows", arguments: accepted.indices)
    func accepts(index: Int) throws {
        let (text, value) = Self.accepted[index]
        #expect(try JSONValue(parsing: text) == value, "\(text)")
    }

    private static let rejected: [(String, JSONError.Reason)] = [
        ("", .unexpectedEnd), ("  ", .unexpectedEnd), ("nul", .unexpectedEnd), ("nulL", .unexpectedByte(0x4C)),
        ("True", .unexpectedByte(0x54)), ("1 2", .trailingBytes), ("{}}", .trailingBytes),
        ("[1,]", .unexpectedByte(0x5D)),
        ("[,1]", .unexpectedByte(0x2C)), ("[1", .unexpectedEnd), ("[1 2]", .unexpectedByte(0x32)),
        ("]", .unexpectedByte(0x5D)),
        ("{\"a\"}", .unexpectedByte(0x7D)), ("{\"a\":}", .unexpectedByte(0x7D)), ("{\"a\":1,}", .unexpectedByte(0x7D)),
        ("{a:1}", .unexpectedByte(0x61)), ("{1:1}", .unexpectedByte(0x31)), ("{\"a\":1", .unexpectedEnd),
        ("{", .unexpectedEnd),
        ("{\"a\" 1}", .unexpectedByte(0x31)), ("'a'", .unexpectedByte(0x27)), ("\"a", .unexpectedEnd),
        ("\"a\nb\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\0\"", .controlCharacter),
        (#""\x""#, .invalidEscape), (#""\u12G4""#, .invalidEscape), (#""\u12"#, .unexpectedEnd),
        (#""\"#, .unexpectedEnd),
        (#""\uD800""#, .loneSurrogate), (#""\uDC00""#, .loneSurrogate), (#""\uD800\u0041""#, .loneSurrogate),
        (#""\uD800\uD800""#, .loneSurrogate), (#""\uD83Dx""#, .loneSurrogate), ("01", .malformedNumber),
        ("-01", .malformedNumber), ("1.", .malformedNumber), (".5", .unexpectedByte(0x2E)),
        ("+1", .unexpectedByte(0x2B)),
        ("1e", .malformedNumber), ("1e+", .malformedNumber), ("-", .unexpectedEnd), ("-a", .malformedNumber),
        ("1e999", .numberOutOfRange), ("-1e999", .numberOutOfRange), ("0x10", .trailingBytes),
        ("NaN", .unexpectedByte(0x4E)),
        ("Infinity", .unexpectedByte(0x49)), ("/* */1", .unexpectedByte(0x2F)), ("\u{FEFF}1", .unexpectedByte(0xEF)),
        (#"{"a":1,"a":2}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
        (#"[{"x":{"b":1,"b":1}}]"#, .duplicateKey),
    ]

    @Test("refuses everything else, and says why", arguments: rejected.indices)
    func rejects(index: Int) {
        let (text, expected) = Self.rejected[index]
        #expect(reason(Array(text.utf8)) == expected, "\(text)")
    }

    @Test(
        "refuses what is not UTF-8",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82],
            [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        #expect(reason([0x22] + bytes + [0x22]) == .invalidUTF8)
    }

    @Test("refuses a text cut off at any byte")
    func refusesEveryPrefix() throws {
        let text = #"{"method":"a.B","parameters":{"é\n\uD83D\uDE00":[1.5e-3,true,null,{}],"x":-12}}"#
        let bytes = Array(text.utf8)
        _ = try JSONValue(parsing: bytes)
        for length in 0..<bytes.count { #expect(reason(Array(bytes[..<length])) != nil, "\(length)") }
    }

    @Test("nests as deeply as the limit, and no deeper")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue(parsing: nested(JSONDocument.maximumDepth))
        #expect(reason(Array(nested(JSONDocument.maximumDepth + 1).utf8)) == .tooDeep)
        #expect(reason(Array(repeating: UInt8(ascii: "["), count: 1_000_000)) == .tooDeep)
    }

    @Test("finds a name that stands twice among many")
    func duplicateAmongMany() {
        let names = (0..<5000).map { "\"n\($0)\":0" }
        #expect(reason(Array("{\(names.joined(separator: ","))}".utf8)) == nil)
        #expect(reason(Array("{\((names + ["\"n17\":1"]).joined(separator: ","))}".utf8)) == .duplicateKey)
    }

    @Test("tells the place of a fault")
    func offset() {
        #expect(throws: JSONError(offset: 6, reason: .unexpectedByte(0x78))) { try JSONValue(parsing: "{\"a\": x}") }
        #expect(JSONError(offset: 6, reason: .unexpectedByte(0x78)).description == "not JSON at byte 6: unexpected 'x'")
    }

    @Test("views members and scalars in place")
    func views() throws {
        var document = JSONDocument()
        let text = Array(#"{"s":"plain","e":"\u0041\n","i":5.0,"f":2.5,"n":null,"l":[1,"two",{}],"b":true}"#.utf8)
        try text.withUnsafeBytes { bytes in
            try document.parse(bytes)
            let root = document.root
            #expect(root["s"]?.stringValue == "plain")
            #expect(root["s"]?.isString(equalTo: "plain") == true)
            #expect(root["e"]?.isString(equalTo: "A\n") == true)
            #expect(root["e"]?.stringValue == "A\n")
            #expect(root["i"]?.integerValue == 5)
            #expect(root["f"]?.integerValue == nil)
            #expect(root["f"]?.doubleValue == 2.5)
            #expect(root["n"]?.isNull == true)
            #expect(root["missing"] == nil)
            #expect(root["b"]?.boolValue == true)
            #expect(root["l"]?.elements.map(\.kind) == [.integer, .string, .object])
            #expect(root["l"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == #"[1,"two",{}]"#)
            #expect(root["s"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == #""plain""#)
            #expect(root.members.map { $0.name.stringValue ?? "" } == ["s", "e", "i", "f", "n", "l", "b"])
            #expect(root.member(named: "l")?.count == 3)
        }
    }

    @Test("leaves an empty document after a fault")
    func emptyAfterFault() throws {
        var document = JSONDocument()
        #expect(document.root.isNull)
        let text = Array("[1,2,x".utf8)
        text.withUnsafeBytes { bytes in
            _ = #expect(throws: JSONError.self) { try document.parse(bytes) }
        }
        #expect(document.root.isNull)
        #expect(document.root.count == 0)
    }
}

@Suite("Writing JSON")
struct JSONWritingTests {
    @Test("writes compactly, with commas where they belong")
    func compact() {
        var json = JSONWriter()
        json.object { json in
            json.member("a", 1)
            json.name("b")
            json.array { json in
                json.write(true)
                json.object { _ in }
                json.array { _ in }
                json.writeNull()
            }
            json.member("c", ["x", "y"])
            json.member("absent", ifPresent: nil as String?)
            json.member("d", "z")
            json.name("e" as String)
            json.write(rawJSON: Array("[0]".utf8))
        }
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"a":1,"b":[true,{},[],null],"c":["x","y"],"d":"z","e":[0]}"#)
    }

    @Test(
        "escapes what has to be escaped and nothing else",
        arguments: [
            ("plain", "plain"), ("", ""), ("\"\\/", #"\"\\/"#), ("\n\r\t\u{8}\u{c}", #"\n\r\t\b\f"#),
            ("\0\u{1}\u{1f}", #"\u0000\u0001\u001f"#), ("\u{7f}é€😀", "\u{7f}é€😀"), ("a\"b\"c", #"a\"b\"c"#),
        ])
    func strings(value: String, expected: String) throws {
        #expect(JSONValue.string(value).text == "\"\(expected)\"")
        #expect(try JSONValue(parsing: JSONValue.string(value).text) == .string(value))
    }

    @Test(
        "writes floats in their shortest form",
        arguments: [
            (0.0, "0"), (1.0, "1"), (-2.0, "-2"), (0.1, "0.1"), (1.5, "1.5"), (1e100, "1e+100"), (1e-7, "1e-07"),
            (123456789.25, "123456789.25"), (9007199254740993.0, "9007199254740992"), (.infinity, "null"),
            (.nan, "null"),
            (.leastNonzeroMagnitude, "5e-324"),
        ])
    func floats(value: Double, expected: String) throws {
        #expect(JSONValue.double(value).text == expected)
        if value.isFinite { #expect(try JSONValue(parsing: JSONValue.double(value).text).doubleValue == value) }
    }

    @Test("writes integers up to the edges", arguments: [0, -1, 7, 10, 1_234_567_890, Int64.max, Int64.min])
    func integers(value: Int64) {
        #expect(JSONValue.integer(value).text == String(value))
    }

    @Test("reads back what it wrote, for any value")
    func roundTrip() throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<5000 {
            let value = JSONValue.random(using: &random, depth: 4)
            #expect(try JSONValue(parsing: value.bytes) == value)
        }
    }
}
