import Foundation
import Varlink

/// Holds replies against what was asked and against the interface descriptions.
struct ReplyCheck {
    let descriptions: [String: InterfaceDescription]

    /// A reply that came for a request: whether more of it follow, or what is wrong with it.
    enum Finding: Equatable {
        case last
        case continues
        case fault(String)
    }

    func finding(in frame: [UInt8], for expectation: RandomRequest.Expectation) -> Finding {
        let reply: JSONValue
        do {
            reply = try JSONValue(parsing: frame)
            // A second opinion: the parser that judges is the daemon's own.
            _ = try JSONSerialization.jsonObject(with: Data(frame))
        } catch {
            return .fault("invalid JSON, \(error): \(shortened(frame))")
        }
        guard let object = reply.objectValue, Set(object.keys).isSubset(of: ["parameters", "error", "continues"]),
            ["parameters", "error", "continues"].allSatisfy({ Self.hasItsKind($0, in: object) })
        else { return .fault("not a reply: \(shortened(frame))") }
        let continues = reply["continues"] == true
        if continues, reply["error"] != nil { return .fault("an error that goes on: \(shortened(frame))") }
        if let problem = problem(in: reply, for: expectation) { return .fault("\(problem): \(shortened(frame))") }
        return continues ? .continues : .last
    }

    private static func hasItsKind(_ name: String, in reply: JSONObject) -> Bool {
        guard let value = reply[name] else { return true }
        switch name {
        case "parameters": return value.objectValue != nil
        case "error": return value.stringValue != nil
        default: return value.boolValue != nil
        }
    }

    private func problem(in reply: JSONValue, for expectation: RandomRequest.Expectation) -> String? {
        switch expectation {
        case .nothing: return "a reply to a call that wants none"
        case .end: return "a reply to what is no call"
        case .stream(let method): return undeclared(in: reply, of: method)
        case .departure(let method):
            return reply["continues"] == true ? undeclared(in: reply, of: method) : "a stream that has ended"
        case .answer(let method, let parameters):
            if reply["continues"] == true { return "goes on without being asked to" }
            return undeclared(in: reply, of: method) ?? foreign(in: reply, to: parameters)
        case .error(let name, let parameter, let value), .refusal(let name, let parameter, let value):
            guard reply["error"] == .string(name), reply["parameters"]?[parameter] == .string(value) else {
                return "expected \(name)(\(parameter): \(value))"
            }
            return undeclared(in: reply, of: name)
        case .echo(let method, let field, let value):
            guard reply["parameters"]?[field] == .string(value) else { return "expected \(field): \(value)" }
            return undeclared(in: reply, of: method)
        }
    }

    /// What is not declared, or not as declared.
    private func undeclared(in reply: JSONValue, of method: String) -> String? {
        func split(_ name: String) -> (interface: InterfaceDescription?, member: String) {
            guard let dot = name.lastIndex(of: ".") else { return (nil, name) }
            return (descriptions[String(name[..<dot])], String(name[name.index(after: dot)...]))
        }
        let fields: [Field]?
        let description: InterfaceDescription?
        if let error = reply["error"]?.stringValue {
            let (interface, member) = split(error)
            guard interface?.name == "org.varlink.service" || interface?.name == split(method).interface?.name else {
                return "an error of another interface"
            }
            (description, fields) = (interface, interface?.error(named: member)?.parameters)
        } else {
            let (interface, member) = split(method)
            (description, fields) = (interface, interface?.method(named: member)?.output)
        }
        guard let description, let fields else { return "not declared" }
        let problems = description.problems(in: reply["parameters"] ?? [:], against: fields)
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    /// What the reply repeats of a question, and is not what this question had.
    private func foreign(in reply: JSONValue, to parameters: JSONObject) -> String? {
        let asked = Set(parameters.compactMap { $0.value.stringValue })
        guard let answer = reply["parameters"] else { return nil }
        if let error = reply["error"]?.stringValue, error.hasPrefix("org.legalityd.Lookup.") {
            for name in ["place", "substance", "activity", "date"] {
                guard let value = answer[name]?.stringValue else { continue }
                let isPlaceOfList = parameters["places"]?.arrayValue?.contains(.string(value)) == true
                if !asked.contains(value), !isPlaceOfList { return "an error about something that was not asked" }
            }
            return nil
        }
        if reply["error"] != nil { return nil }
        for (field, name) in [("input", "place"), ("on", "on")] {
            if let value = answer[field]?.stringValue, let wanted = parameters[name]?.stringValue, value != wanted {
                return "an answer to another question (\(field))"
            }
        }
        if let day = parameters["on"]?.stringValue, let told = answer["verdict"]?["on"]?.stringValue, day != told {
            return "an answer about another day"
        }
        return nil
    }

    private func shortened(_ frame: [UInt8]) -> String {
        String(decoding: frame.prefix(2000), as: UTF8.self) + (frame.count > 2000 ? "…" : "")
    }
}
