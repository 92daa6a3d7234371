import Foundation
import Testing
import Varlink

/// The interface description is the source of truth; this holds what the daemon sends against what it serves as its
/// own description.
@Suite("The interface description")
struct InterfaceTests {
    private static let lookup = "org.legalityd.Lookup"

    /// Calls that together make every field of every reply appear.
    private static let calls: [(method: String, parameters: JSONObject)] = [
        ("Check", ["place": "US-CA", "explain": true]),
        ("Check", ["place": "US-CA", "activity": "sell", "age": 30]),
        ("Check", ["place": "US-CA", "substance": "extract", "on": "2098-12-31"]),
        ("Check", ["place": "US-CA/place:san_diego", "activity": "sell", "on": "2026-06-01", "explain": true]),
        ("Check", ["place": "34228"]),
        ("Check", ["place": "KR"]),
        ("Describe", ["place": "US-CA/place:san_diego"]),
        ("Describe", ["place": "US-AL", "on": "2020-01-01"]),
        ("List", [:]),
        ("List", ["country": "us", "status": "regulated", "activity": "sell"]),
        ("List", ["substance": "extract", "on": "2098-12-31"]),
        ("Resolve", ["place": "34228"]),
        ("Resolve", ["place": "US-CA"]),
        ("History", ["place": "US-CA", "activity": "sell"]),
        ("Upcoming", ["within_days": 36500]),
        ("Upcoming", ["place": "US-CA", "within_days": 36500]),
        ("GetTable", [:]),
    ]

    @Test("fits every reply and every error of the daemon, method by method and field by field")
    func conformance() throws {
        let rich = try TemporaryDirectory()
        try RichTable.write(to: rich)
        var seen: Set<String> = []
        var described: InterfaceDescription?
        for table in [TestDaemon.shippedTable, rich.file("data")] {
            let daemon = try TestDaemon(table: table)
            let text = try daemon.call(
                "org.varlink.service.GetInterfaceDescription", ["interface": .string(Self.lookup)])["description"]
            let description = try InterfaceDescription(parsing: text?.stringValue ?? "")
            described = description
            for (name, parameters) in Self.calls {
                let method = try #require(description.method(named: name))
                do {
                    let reply = try daemon.call("\(Self.lookup).\(name)", parameters)
                    #expect(description.problems(in: .object(reply), against: method.output) == [], "\(name)")
                    collect(.object(reply), .structure(method.output), name, description, into: &seen)
                } catch ClientError.refused(let error) {
                    // The small table does not know every place that is asked for.
                    try hold(error, against: description, into: &seen)
                }
            }
            for parameters: JSONObject in [
                ["place": "Atlantis"], ["place": "CH", "substance": "x"], ["place": "CH", "activity": "x"],
                ["place": "CH", "on": "yesterday"], ["place": "Georgia"],
            ] {
                do {
                    _ = try daemon.call("\(Self.lookup).Check", parameters)
                } catch ClientError.refused(let error) {
                    try hold(error, against: description, into: &seen)
                }
            }
            for (name, parameters): (String, JSONObject) in [
                ("Blocklist", ["status": "regulated"]), ("List", ["country": "US"]),
            ] {
                try stream(daemon, description, name, parameters, into: &seen)
            }
            try monitor(daemon, description, rich, isRich: table != TestDaemon.shippedTable, into: &seen)
        }
        let description = try #require(described)
        // Told only by a daemon at its limits; the connection set's own tests show it.
        seen.formUnion(["Busy.limit", "Busy.maximum"])
        let unseen = declared(description).subtracting(seen)
        #expect(unseen == [], "declared, but sent in none of the calls")
    }

    /// The first replies of a stream; the rest is like them.
    private func stream(
        _ daemon: TestDaemon, _ description: InterfaceDescription, _ name: String, _ parameters: JSONObject,
        into seen: inout Set<String>
    ) throws {
        let method = try #require(description.method(named: name))
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        client.send("\(Self.lookup).\(name)", more: true, parameters: parameters)
        for _ in 0..<8 {
            let reply = try client.receive()
            #expect(reply.error == nil)
            #expect(description.problems(in: .object(reply.parameters), against: method.output) == [], "\(name)")
            collect(.object(reply.parameters), .structure(method.output), name, description, into: &seen)
            if !reply.continues { return }
        }
    }

    /// A monitor sees a reload that changes an answer, and one that is refused.
    private func monitor(
        _ daemon: TestDaemon, _ description: InterfaceDescription, _ rich: TemporaryDirectory, isRich: Bool,
        into seen: inout Set<String>
    ) throws {
        let method = try #require(description.method(named: "Monitor"))
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        client.send("\(Self.lookup).Monitor", more: true)
        func next() throws -> JSONObject { try client.receive().parameters }
        var events = [try next()]
        if isRich {
            try rich.write(
                RichTable.federal.replacing("status: legal", with: "status: prohibited"), to: "data/us.yaml")
            _ = try daemon.call("io.systemd.service.Reload")
            events.append(try next())
            try rich.write("id: US\n", to: "data/us.yaml")
            do {
                _ = try daemon.call("io.systemd.service.Reload")
                Issue.record("a broken table was taken")
            } catch ClientError.refused(let error) {
                try hold(error, against: description, into: &seen)
            }
            events.append(try next())
            let info = try daemon.call("\(Self.lookup).GetTable")
            collect(
                .object(info), .structure(try #require(description.method(named: "GetTable")).output), "GetTable",
                description, into: &seen)
            #expect(events.map { $0["event"]?["kind"]?.stringValue } == ["started", "reload", "refused"])
        }
        for event in events {
            #expect(description.problems(in: .object(event), against: method.output) == [])
            collect(.object(event), .structure(method.output), "Monitor", description, into: &seen)
        }
    }

    private func hold(
        _ error: VarlinkError, against description: InterfaceDescription, into seen: inout Set<String>
    ) throws {
        guard error.name.hasPrefix("\(Self.lookup).") else {
            Issue.record("not an error of the interface: \(error)")
            return
        }
        let name = String(error.name.dropFirst(Self.lookup.count + 1))
        let failure = try #require(description.error(named: name), "\(name) is not declared")
        #expect(description.problems(in: .object(error.parameters), against: failure.parameters) == [])
        collect(.object(error.parameters), .structure(failure.parameters), name, description, into: &seen)
    }

    /// Adds `Type.field` for every declared field that a value carries.
    private func collect(
        _ value: JSONValue, _ type: TypeExpression, _ owner: String, _ description: InterfaceDescription,
        into seen: inout Set<String>
    ) {
        switch type {
        case .optional(let inner):
            if !value.isNull { collect(value, inner, owner, description, into: &seen) }
        case .named(let name):
            if let declaration = description.type(named: name) {
                collect(value, declaration.type, name, description, into: &seen)
            }
        case .array(let inner):
            for element in value.arrayValue ?? [] { collect(element, inner, owner, description, into: &seen) }
        case .map(let inner):
            for member in value.objectValue ?? JSONObject() {
                collect(member.value, inner, owner, description, into: &seen)
            }
        case .structure(let fields):
            for field in fields {
                guard let member = value[field.name], !member.isNull else { continue }
                seen.insert("\(owner).\(field.name)")
                collect(member, field.type, owner, description, into: &seen)
            }
        default:
            break
        }
    }

    private func declared(_ description: InterfaceDescription) -> Set<String> {
        var names: Set<String> = []
        func add(_ owner: String, _ fields: [Field]) { for field in fields { names.insert("\(owner).\(field.name)") } }
        for type in description.types {
            if case .structure(let fields) = type.type { add(type.name, fields) }
        }
        for method in description.methods { add(method.name, method.output) }
        for error in description.errors { add(error.name, error.parameters) }
        return names
    }

    @Test("says something about every method, type, field and error")
    func documentation() throws {
        let daemon = try TestDaemon()
        for interface in [Self.lookup, "io.systemd.service", "org.varlink.service"] {
            let text = try daemon.call(
                "org.varlink.service.GetInterfaceDescription", ["interface": .string(interface)])["description"]
            let description = try InterfaceDescription(parsing: text?.stringValue ?? "")
            #expect(!description.documentation.isEmpty)
            for method in description.methods { #expect(!method.documentation.isEmpty, "\(method.name)") }
            for error in description.errors { #expect(!error.documentation.isEmpty, "\(error.name)") }
            for type in description.types {
                #expect(!type.documentation.isEmpty, "\(type.name)")
                if case .structure(let fields) = type.type {
                    for field in fields { #expect(!field.documentation.isEmpty, "\(type.name).\(field.name)") }
                }
            }
        }
    }
}
