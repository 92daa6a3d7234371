import NaiveVerdicts
import Varlink

/// Makes requests, valid and not, each together with what has to come of it; the same ones from the same seed.
struct RequestGenerator {
    var random: SeededRandom
    private let descriptions: [String: InterfaceDescription]
    private var counter = 0

    init(seed: UInt64, descriptions: [String: InterfaceDescription]) {
        random = SeededRandom(seed: seed)
        self.descriptions = descriptions
    }

    private static let lookup = "org.legalityd.Lookup"
    private static let varlink = "org.varlink.service"

    mutating func next() -> RandomRequest {
        counter += 1
        switch below(100) {
        case 0..<50: return proper()
        case 50..<62:
            // Not five digits on their own: that would be a ZIP code.
            let place = "Nowhere n\(counter)x \(oddText())"
            return make(
                call("\(Self.lookup).Check", ["place": .string(place)]),
                .error("\(Self.lookup).UnknownPlace", parameter: "place", value: place))
        case 62..<70:
            let place = pick(["US-AL", "Genève", "92101", "AL", "San Diego, CA", "\tKR "])
            return make(
                call("\(Self.lookup).Resolve", ["place": .string(place)]),
                .echo(method: "\(Self.lookup).Resolve", field: "input", value: place))
        case 70..<74:
            let method = "\(Self.lookup).Invented\(counter)"
            return make(
                call(method, [:]), .error("\(Self.varlink).MethodNotFound", parameter: "method", value: method))
        case 74..<77:
            let interface = "org.example.n\(counter)"
            return make(
                call("\(interface).Do", [:]),
                .error("\(Self.varlink).InterfaceNotFound", parameter: "interface", value: interface))
        case 77..<85: return faultyParameters()
        case 85..<89: return faultyCall()
        case 89..<93:
            var object = call("\(Self.lookup).Check", ["place": .string(pick(Self.places))])
            object["oneway"] = true
            return make(object, .nothing)
        case 93..<98: return stream()
        case 98 where random.once(in: 5): return end()
        case 98 where random.once(in: 20): return departure()
        default: return proper()
        }
    }

    /// Requests for one connection, which end with what ends it.
    mutating func batch(atMost limit: Int) -> [RandomRequest] {
        var batch: [RandomRequest] = []
        for _ in 0...below(limit) {
            batch.append(next())
            if batch.last?.isLast == true { break }
        }
        return batch
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    private func call(_ method: String, _ parameters: JSONObject) -> JSONObject {
        ["method": .string(method), "parameters": .object(parameters)]
    }

    /// Writes an object with the freedom that JSON leaves: order, white space, escapes, extensions.
    private mutating func make(_ object: JSONObject, _ expectation: RandomRequest.Expectation) -> RandomRequest {
        var members = Array(object)
        members.shuffle(using: &random)
        if random.once(in: 10) {
            members.append(.init(key: "org.example.extension", value: ["a": [1, nil, "\u{1F600}"]]))
        }
        if random.once(in: 20), object["more"] == nil { members.append(.init(key: "more", value: .null)) }
        var text = JSONValue.object(JSONObject(members)).text
        if random.once(in: 10) { text = " \n\(text)\t\r" }
        if random.once(in: 10) { text.replace("place", with: "pl\\u0061ce") }
        return RandomRequest(bytes: Array(text.utf8), expectation: expectation)
    }

    private static let places = [
        "US-AL", "US-RI", "CH", "KR", "US", "San Diego, CA", "Genève", "Südkorea", "AL", "92101", "34228", "00501",
        "Georgia", "Springfield", "fips:06073", "geoid:0666000", "ocd-division/country:us/state:ca", "", " ", "\0",
        "US-CA/place:san_diego", "\u{1F600}", "ﬁnland", "ＵＳ－ＡＬ", "alabama ", "DE", "EU", "ca",
    ]
    private static let words: [String: [String]] = [
        "substance": ["kratom", "7-oh", "extract", "tea", "", "Kratom"],
        "activity": ["possess", "use", "buy", "sell", "import", "dream", ""],
        "on": ["2026-06-01", "2020-02-29", "2026-02-30", "0001-01-01", "9999-12-31", "today", "2026-6-1", ""],
        "changed_since": ["2026-01-01", "1900-01-01", "x"], "form": ["leaf", "vape", "smoke"],
        "status": ["legal", "prohibited", "unknown", "blue"], "kind": ["state", "country", "planet"],
        "country": ["US", "CH", "us", "XX", ""], "interface": ["org.varlink.service", "io.systemd.service", "org.x.y"],
    ]

    /// A value of the declared type, if not always a sensible one.
    private mutating func value(for field: Field) -> JSONValue? {
        func unwrapped(_ type: TypeExpression) -> TypeExpression {
            if case .optional(let inner) = type { return inner }
            return type
        }
        if field.type.isOptional {
            if below(100) < 60 { return nil }
            if random.once(in: 10) { return .null }
        }
        switch unwrapped(field.type) {
        case .bool: return .bool(random.once(in: 2))
        case .int:
            let integers: [Int64] = [0, 1, 17, 18, 21, 90, -1, 150, 36500, 36501, .max, .min]
            return random.once(in: 10) ? .double(21) : .integer(pick(integers))
        case .float:
            return below(100) < 30
                ? .integer(Int64(below(1000))) : .double(pick([0.5, -1, 1e300, .leastNonzeroMagnitude, 99.99]))
        case .string:
            if let words = Self.words[field.name] { return .string(pick(words)) }
            return .string(pick(Self.places))
        case .array: return .array((0..<below(3)).map { _ in .string(pick(Self.places)) })
        default: return .object([:])
        }
    }

    /// A call of a method with parameters of the declared types.
    private mutating func proper() -> RandomRequest {
        let interface = below(100) < 85 ? Self.lookup : pick([Self.varlink, "io.systemd.service"])
        guard let description = descriptions[interface], !description.methods.isEmpty else { return end() }
        let method = pick(description.methods)
        // What takes its time is asked for now and then: a reload reads every file, a list tells of everything.
        switch method.name {
        case "Reload": if !random.once(in: 1000) { return proper() }
        case "List": if !random.once(in: 10) { return proper() }
        default: break
        }
        var parameters = JSONObject()
        for field in method.input { if let value = value(for: field) { parameters[field.name] = value } }
        return make(
            call("\(interface).\(method.name)", parameters),
            .answer(method: "\(interface).\(method.name)", parameters: parameters))
    }

    private mutating func stream() -> RandomRequest {
        // A whole block list is looked at area by area.
        let method = random.once(in: 500) ? "Blocklist" : pick(["List", "List", "Check", "Resolve"])
        var parameters: JSONObject = ["country": .string(pick(["CH", "DE", "XX"]))]
        if method == "Blocklist" { parameters = ["status": "uncertain"] }
        if method == "Check" || method == "Resolve" { parameters = ["place": .string(pick(Self.places))] }
        var object = call("\(Self.lookup).\(method)", parameters)
        object["more"] = true
        return make(object, .stream(method: "\(Self.lookup).\(method)"))
    }

    /// A stream that would never end, or not soon, and of which only the beginning is read.
    private mutating func departure() -> RandomRequest {
        let method = pick(["Monitor", "List", "Blocklist"])
        var object = call("\(Self.lookup).\(method)", [:])
        object["more"] = true
        return make(object, .departure(method: "\(Self.lookup).\(method)"))
    }

    /// Parameters that are missing, have the wrong type, or are not declared.
    private mutating func faultyParameters() -> RandomRequest {
        func refused(_ name: String) -> RandomRequest.Expectation {
            .error("\(Self.varlink).InvalidParameter", parameter: "parameter", value: name)
        }
        switch below(4) {
        case 0: return make(call("\(Self.lookup).Check", ["on": "2026-06-01"]), refused("place"))
        case 1:
            let wrong: JSONValue = pick([5, true, [], [:], nil, 1.5])
            return make(call("\(Self.lookup).Resolve", ["place": wrong]), refused("place"))
        case 2:
            let wrong: JSONValue = pick(["21", true, [], 20.5, 1e300])
            return make(call("\(Self.lookup).Check", ["place": "CH", "age": wrong]), refused("age"))
        default:
            return make(
                call("\(Self.lookup).Check", ["place": "CH", "extra\(counter)": 1]), refused("extra\(counter)"))
        }
    }

    /// JSON that is no proper call.
    private mutating func faultyCall() -> RandomRequest {
        func refused(_ name: String) -> RandomRequest.Expectation {
            .error("\(Self.varlink).InvalidParameter", parameter: "parameter", value: name)
        }
        switch below(6) {
        case 0:
            let value: JSONValue = pick([[], 1, "call", nil, true, [:], ["parameters": [:]]])
            return RandomRequest(bytes: value.bytes, expectation: refused("method"))
        case 1: return make(["method": 5], refused("method"))
        case 2: return make(["method": "Check"], refused("method"))
        case 3: return make(["method": "\(Self.lookup).Check", "parameters": [1]], refused("parameters"))
        case 4: return make(["method": "\(Self.lookup).GetTable", "upgrade": true], refused("upgrade"))
        default: return make(["method": "\(Self.lookup).GetTable", "more": "yes"], refused("more"))
        }
    }

    /// Something that is not JSON, or that nobody should have to read.
    private mutating func end() -> RandomRequest {
        let bytes: [UInt8]
        switch below(6) {
        case 0: bytes = []
        case 1: bytes = Array("{\"method\":\"\(Self.lookup).Check\"".utf8)
        case 2: bytes = [0xFF, 0xFE]
        case 3: bytes = Array(String(repeating: "[", count: 5000).utf8)
        case 4:
            return RandomRequest(
                bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 150_000),
                expectation: .refusal("\(Self.lookup).Busy", parameter: "limit", value: "request_size"))
        default: bytes = Array(#"{"method":"a.B","method":"c.D"}"#.utf8)
        }
        return RandomRequest(bytes: bytes, expectation: .end)
    }

    private mutating func oddText() -> String {
        let scalars: [Unicode.Scalar] = ["q", "\"", "\\", "\n", "\u{1}", "é", "€", "\u{1F600}", "\u{10FFFF}", "\u{7F}"]
        return String(String.UnicodeScalarView((0..<below(8)).map { _ in pick(scalars) }))
    }
}
