import Foundation
import Testing
import Varlink

/// Random requests, valid and not, pipelined on several connections: each is made together with what has to come of it.
/// `RANDOM_REQUESTS` says how many (200000 in the full run), `RANDOM_SEED` which; a failure names seed and batch.
@Suite("Random requests")
struct RandomRequestTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let number = environment["RANDOM_REQUESTS"].flatMap { Int($0) } ?? 3000
    private static let seed = environment["RANDOM_SEED"].flatMap { UInt64($0) } ?? 20_261_121

    @Test("get their replies in order, as valid JSON, with declared errors and fields only, and nothing hangs or dies")
    func conversation() throws {
        let daemon = try TestDaemon()
        var requests = RandomRequests(seed: Self.seed, descriptions: try descriptions(of: daemon))
        var clients = try (0..<4).map { _ in try Client(path: daemon.socket) }
        var sent = 0
        var batch = 0
        while sent < Self.number {
            batch += 1
            let index = requests.random.below(clients.count)
            let frames = (0..<(requests.random.below(60) + 1)).map { _ in requests.next() }
            sent += frames.count
            if let fault = try clients[index].converse(frames, requests.descriptions) {
                Issue.record("seed \(Self.seed), batch \(batch): \(fault)")
                return
            }
            if frames.contains(where: { $0.expectation == .end }) { clients[index] = try Client(path: daemon.socket) }
        }
        #expect(daemon.isRunning)
        #expect(try daemon.check("US-AL")["status"] == "prohibited")
        #expect(daemon.stop() == 0)
    }

    private func descriptions(of daemon: TestDaemon) throws -> [String: InterfaceDescription] {
        var descriptions: [String: InterfaceDescription] = [:]
        for name in ["org.varlink.service", "org.legalityd.Lookup", "io.systemd.service"] {
            let text = try daemon.call(
                "org.varlink.service.GetInterfaceDescription", ["interface": .string(name)])["description"]
            descriptions[name] = try InterfaceDescription(parsing: text?.stringValue ?? "")
        }
        return descriptions
    }
}

/// A request, and what has to come of it.
private struct RandomRequest {
    enum Expectation: Equatable {
        /// One reply of the method, or an error that its interface or org.varlink.service declares.
        case answer(method: String)
        /// Any number of replies of the method, then the last one; or an error.
        case stream(method: String)
        /// This error, with this value of this parameter.
        case error(String, parameter: String, value: String)
        /// This value of this field: what was asked is echoed, so replies cannot change places unseen.
        case echo(method: String, field: String, value: String)
        case nothing
        /// The connection is closed, after what was asked before is answered.
        case end
    }

    let bytes: [UInt8]
    let expectation: Expectation
}

private struct RandomRequests {
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }

        mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
        mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
        mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
    }

    var random: Generator
    let descriptions: [String: InterfaceDescription]
    private var counter = 0

    init(seed: UInt64, descriptions: [String: InterfaceDescription]) {
        random = Generator(state: seed)
        self.descriptions = descriptions
    }

    private static let lookup = "org.legalityd.Lookup"
    private static let varlink = "org.varlink.service"

    mutating func next() -> RandomRequest {
        counter += 1
        switch random.below(100) {
        case 0..<50: return proper()
        case 50..<62:
            // Not five digits on their own: that would be a ZIP code.
            let place = "Nowhere n\(counter)x \(oddText())"
            return make(
                call("\(Self.lookup).Check", ["place": .string(place)]),
                .error("\(Self.lookup).UnknownPlace", parameter: "place", value: place))
        case 62..<70:
            let place = random.pick(["US-AL", "Genève", "92101", "AL", "San Diego, CA", "\tKR "])
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
            var object = call("\(Self.lookup).Check", ["place": .string(random.pick(Self.places))])
            object["oneway"] = true
            return make(object, .nothing)
        case 93..<98: return stream()
        case 98 where random.chance(20): return end()
        default: return proper()
        }
    }

    private func call(_ method: String, _ parameters: JSONObject) -> JSONObject {
        ["method": .string(method), "parameters": .object(parameters)]
    }

    /// Writes an object with the freedom that JSON leaves: order, white space, escapes, extensions.
    private mutating func make(_ object: JSONObject, _ expectation: RandomRequest.Expectation) -> RandomRequest {
        var members = Array(object)
        members.shuffle(using: &random)
        if random.chance(10) {
            members.append(.init(key: "org.example.extension", value: ["a": [1, nil, "\u{1F600}"]]))
        }
        if random.chance(5) { members.append(.init(key: "more", value: .null)) }
        var unique = JSONObject()
        for member in members where unique[member.key] == nil { unique[member.key] = member.value }
        var text = JSONValue.object(unique).text
        if random.chance(10) { text = " \n\(text)\t\r" }
        if random.chance(10) { text.replace("place", with: "pl\\u0061ce") }
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
            if random.chance(60) { return nil }
            if random.chance(10) { return .null }
        }
        switch unwrapped(field.type) {
        case .bool: return .bool(random.chance(50))
        case .int:
            let integers: [Int64] = [0, 1, 17, 18, 21, 90, -1, 150, 36500, 36501, .max, .min]
            return random.chance(10) ? .double(21) : .integer(random.pick(integers))
        case .float:
            return random.chance(30)
                ? .integer(Int64(random.below(1000)))
                : .double(random.pick([0.5, -1, 1e300, .leastNonzeroMagnitude, 99.99]))
        case .string:
            if let words = Self.words[field.name] { return .string(random.pick(words)) }
            return .string(random.pick(Self.places))
        case .array: return .array((0..<random.below(3)).map { _ in .string(random.pick(Self.places)) })
        default: return .object([:])
        }
    }

    /// A call of a method with parameters of the declared types.
    private mutating func proper() -> RandomRequest {
        let interface = random.chance(85) ? Self.lookup : random.pick([Self.varlink, "io.systemd.service"])
        guard let description = descriptions[interface] else { return end() }
        let method = random.pick(description.methods)
        // A monitor never ends, a reload takes its time, and what is logged would be another test's.
        guard !["Monitor", "Reload", "SetLogLevel"].contains(method.name), method.name != "List" || random.chance(10)
        else { return proper() }
        var parameters = JSONObject()
        for field in method.input { if let value = value(for: field) { parameters[field.name] = value } }
        return make(
            call("\(interface).\(method.name)", parameters), .answer(method: "\(interface).\(method.name)"))
    }

    private mutating func stream() -> RandomRequest {
        let method = random.pick(["List", "List", "Check", "Resolve"])
        var parameters: JSONObject = ["country": .string(random.pick(["CH", "DE", "XX"]))]
        if method != "List" { parameters = ["place": .string(random.pick(Self.places))] }
        var object = call("\(Self.lookup).\(method)", parameters)
        object["more"] = true
        return make(object, .stream(method: "\(Self.lookup).\(method)"))
    }

    /// Parameters that are missing, have the wrong type, or are not declared.
    private mutating func faultyParameters() -> RandomRequest {
        func refused(_ name: String) -> RandomRequest.Expectation {
            .error("\(Self.varlink).InvalidParameter", parameter: "parameter", value: name)
        }
        switch random.below(4) {
        case 0: return make(call("\(Self.lookup).Check", ["on": "2026-06-01"]), refused("place"))
        case 1:
            let wrong: JSONValue = random.pick([5, true, [], [:], nil, 1.5])
            return make(call("\(Self.lookup).Resolve", ["place": wrong]), refused("place"))
        case 2:
            let wrong: JSONValue = random.pick(["21", true, [], 20.5, 1e300])
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
        switch random.below(6) {
        case 0:
            let value: JSONValue = random.pick([[], 1, "call", nil, true, [:], ["parameters": [:]]])
            return RandomRequest(bytes: value.bytes, expectation: refused("method"))
        case 1: return make(["method": 5], refused("method"))
        case 2: return make(["method": "Check"], refused("method"))
        case 3: return make(["method": "\(Self.lookup).Check", "parameters": [1]], refused("parameters"))
        case 4:
            return make(
                ["method": "\(Self.lookup).GetTable", "upgrade": true], refused("upgrade"))
        default:
            return make(["method": "\(Self.lookup).GetTable", "more": "yes"], refused("more"))
        }
    }

    /// Something that is not JSON, or that nobody should have to read.
    private mutating func end() -> RandomRequest {
        let bytes: [UInt8]
        switch random.below(6) {
        case 0: bytes = []
        case 1: bytes = Array("{\"method\":\"\(Self.lookup).Check\"".utf8)
        case 2: bytes = [0xFF, 0xFE]
        case 3: bytes = Array(String(repeating: "[", count: 5000).utf8)
        case 4: bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 150_000)
        default: bytes = Array(#"{"method":"a.B","method":"c.D"}"#.utf8)
        }
        return RandomRequest(bytes: bytes, expectation: .end)
    }

    private mutating func oddText() -> String {
        let scalars: [Unicode.Scalar] = ["q", "\"", "\\", "\n", "\u{1}", "é", "€", "\u{1F600}", "\u{10FFFF}", "\u{7F}"]
        return String(String.UnicodeScalarView((0..<random.below(8)).map { _ in random.pick(scalars) }))
    }
}

/// One connection that holds replies against expectations.
private final class Client {
    private var client: VarlinkClient

    init(path: String) throws { client = try VarlinkClient(path: path, timeout: 60_000) }

    /// - Returns: what went wrong, if something did.
    func converse(_ requests: [RandomRequest], _ descriptions: [String: InterfaceDescription]) throws -> String? {
        for request in requests {
            (request.bytes + [0]).withUnsafeBytes { client.send(rawBytes: $0) }
        }
        for request in requests {
            let fault: String?
            do {
                fault = try self.fault(in: request.expectation, descriptions)
            } catch {
                fault = "\(error)"
            }
            if let fault { return "\(fault)\nrequest: \(String(decoding: request.bytes, as: UTF8.self).prefix(2000))" }
            if request.expectation == .end { return nil }
        }
        return nil
    }

    private func fault(
        in expectation: RandomRequest.Expectation, _ descriptions: [String: InterfaceDescription]
    ) throws -> String? {
        switch expectation {
        case .nothing: return nil
        case .end: return wasAnswered()
        case .stream(let method):
            while true {
                let reply = try receive()
                if let problem = problem(in: reply, of: method, descriptions) { return problem }
                if reply["continues"] != true { return nil }
            }
        case .answer(let method):
            let reply = try receive()
            return reply["continues"] == nil ? problem(in: reply, of: method, descriptions) : "goes on: \(reply.text)"
        case .error(let name, let parameter, let value):
            let reply = try receive()
            guard reply["error"] == .string(name), reply["parameters"]?[parameter] == .string(value) else {
                return "expected \(name)(\(parameter): \(value)): \(reply.text)"
            }
            return problem(in: reply, of: name, descriptions)
        case .echo(let method, let field, let value):
            let reply = try receive()
            guard reply["parameters"]?[field] == .string(value) else {
                return "expected \(field): \(value): \(reply.text)"
            }
            return problem(in: reply, of: method, descriptions)
        }
    }

    private func wasAnswered() -> String? {
        do throws(ClientError) {
            let frame = try client.receiveFrame()
            return "was answered: \(String(decoding: frame, as: UTF8.self))"
        } catch {
            return error == .disconnected ? nil : error.description
        }
    }

    private func receive() throws -> JSONValue { try client.receive { (view, _) in view.value } }

    /// What is not declared, or not as declared.
    private func problem(
        in reply: JSONValue, of method: String, _ descriptions: [String: InterfaceDescription]
    ) -> String? {
        guard let object = reply.objectValue, Set(object.keys).isSubset(of: ["parameters", "error", "continues"]) else {
            return "not a reply: \(reply.text)"
        }
        func split(_ name: String) -> (interface: InterfaceDescription?, member: String) {
            let dot = name.lastIndex(of: ".") ?? name.startIndex
            return (descriptions[String(name[..<dot])], String(name[name.index(after: dot)...]))
        }
        let fields: [Field]?
        let description: InterfaceDescription?
        if let error = reply["error"] {
            let (interface, member) = split(error.stringValue ?? "?.")
            guard interface?.name == "org.varlink.service" || interface?.name == split(method).interface?.name else {
                return "an error of another interface: \(reply.text)"
            }
            (description, fields) = (interface, interface?.error(named: member)?.parameters)
        } else {
            let (interface, member) = split(method)
            (description, fields) = (interface, interface?.method(named: member)?.output)
        }
        guard let description, let fields else { return "not declared: \(reply.text)" }
        let problems = description.problems(in: reply["parameters"] ?? [:], against: fields)
        return problems.isEmpty ? nil : "\(problems.joined(separator: "; ")): \(reply.text.prefix(2000))"
    }
}
