import Foundation
import Testing

@testable import TableFiles

/// A value as tools that read YAML 1.2 see it.
enum PlainValue: Hashable {
    case null
    case truth(Bool)
    case number(Double)
    case string(String)
    case list([PlainValue])
    case object([String: PlainValue])

    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, let isPlain): self = isPlain ? PlainValue.resolved(text) : .string(text)
        case .list(let members): self = .list(members.map(PlainValue.init))
        case .mapping(let entries):
            self = .object(
                Dictionary(entries.map { ($0.key, PlainValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
        case .refused: self = .null
        }
    }

    /// The core schema of YAML 1.2.
    private static func resolved(_ text: String) -> PlainValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .truth(true)
        case "false", "False", "FALSE": return .truth(false)
        default:
            guard text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil else {
                return .string(text)
            }
            return Double(text).map(PlainValue.number) ?? .string(text)
        }
    }

    /// Reads a file, JSON or YAML; nil where it is not fit to be read.
    static func read(_ bytes: [UInt8]) -> PlainValue? {
        var limits = TableLimits()
        limits.nesting = 40
        let log = FaultLog(file: "", limit: 1)
        guard let root = YAMLComposer(log: log, limits: limits).compose(bytes), log.faults.isEmpty else { return nil }
        return PlainValue(root)
    }
}

/// As much of JSON Schema 2020-12 as `data/schema.json` uses. A keyword that it does not know is a failed test.
struct JSONSchema {
    let root: [String: PlainValue]
    /// Every pattern of the schema, compiled once.
    private let patterns: [String: NSRegularExpression]

    init(contentsOf path: String) throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        guard case .object(let root) = try #require(PlainValue.read(bytes)) else {
            throw Unusable()
        }
        self.root = root
        var patterns: [String: NSRegularExpression] = [:]
        try JSONSchema.forEachPattern(in: .object(root)) { patterns[$0] = try NSRegularExpression(pattern: $0) }
        self.patterns = patterns
    }

    private static func forEachPattern(in schema: PlainValue, _ body: (String) throws -> Void) rethrows {
        switch schema {
        case .object(let members):
            if case .string(let pattern)? = members["pattern"] { try body(pattern) }
            for member in members.values { try forEachPattern(in: member, body) }
        case .list(let members):
            for member in members { try forEachPattern(in: member, body) }
        default: break
        }
    }

    struct Unusable: Error {}

    func accepts(_ value: PlainValue) -> Bool { accepts(value, .object(root)) }

    func definition(_ name: String) -> [String: PlainValue] {
        guard case .object(let all)? = root["$defs"], case .object(let schema)? = all[name] else { return [:] }
        return schema
    }

    private func accepts(_ value: PlainValue, _ schema: PlainValue) -> Bool {
        switch schema {
        case .truth(let isAccepted): return isAccepted
        case .object(let keywords):
            return keywords.allSatisfy { accepts(value, keyword: $0, $1, keywords) }
        default:
            Issue.record("no schema: \(schema)")
            return false
        }
    }

    private func accepts(
        _ value: PlainValue, keyword: String, _ argument: PlainValue, _ keywords: [String: PlainValue]
    ) -> Bool {
        switch (keyword, argument) {
        case ("$schema", _), ("$defs", _), ("title", _), ("description", _), ("then", _), ("else", _): return true
        case ("$ref", .string(let path)):
            return accepts(value, .object(definition(String(path.dropFirst("#/$defs/".count)))))
        case ("if", let condition):
            return accepts(value, keywords[accepts(value, condition) ? "then" : "else"] ?? .truth(true))
        case ("allOf", .list(let schemas)): return schemas.allSatisfy { accepts(value, $0) }
        case ("anyOf", .list(let schemas)): return schemas.contains { accepts(value, $0) }
        case ("type", .string(let name)): return isOfType(value, name)
        case ("type", .list(let names)):
            return names.contains { if case .string(let name) = $0 { isOfType(value, name) } else { false } }
        case ("enum", .list(let values)): return values.contains(value)
        case ("const", let constant): return value == constant
        default: break
        }
        switch (value, keyword, argument) {
        case (.object(let members), "required", .list(let names)):
            return names.allSatisfy { if case .string(let name) = $0 { members[name] != nil } else { false } }
        case (.object(let members), "properties", .object(let schemas)):
            return members.allSatisfy { name, member in schemas[name].map { accepts(member, $0) } ?? true }
        case (.object(let members), "additionalProperties", .truth(false)):
            guard case .object(let schemas)? = keywords["properties"] else { return members.isEmpty }
            return members.keys.allSatisfy { schemas[$0] != nil }
        case (.object(let members), "dependentRequired", .object(let needs)):
            return needs.allSatisfy { name, others in
                guard members[name] != nil, case .list(let names) = others else { return true }
                return names.allSatisfy { if case .string(let other) = $0 { members[other] != nil } else { false } }
            }
        case (.list(let members), "items", let schema): return members.allSatisfy { accepts($0, schema) }
        case (.list(let members), "minItems", .number(let count)): return members.count >= Int(count)
        case (.list(let members), "maxItems", .number(let count)): return members.count <= Int(count)
        case (.list(let members), "uniqueItems", .truth(true)): return Set(members).count == members.count
        case (.string(let text), "pattern", .string(let pattern)):
            let whole = NSRange(text.startIndex..., in: text)
            return patterns[pattern]?.firstMatch(in: text, range: whole) != nil
        case (.string(let text), "minLength", .number(let length)): return text.unicodeScalars.count >= Int(length)
        case (.number(let number), "minimum", .number(let bound)): return number >= bound
        case (.number(let number), "maximum", .number(let bound)): return number <= bound
        case (_, "required", _), (_, "properties", _), (_, "additionalProperties", _), (_, "dependentRequired", _),
            (_, "items", _), (_, "minItems", _), (_, "maxItems", _), (_, "uniqueItems", _), (_, "pattern", _),
            (_, "minLength", _), (_, "minimum", _), (_, "maximum", _):
            return true
        default:
            Issue.record("the test knows no keyword \(keyword)")
            return false
        }
    }

    private func isOfType(_ value: PlainValue, _ name: String) -> Bool {
        switch (value, name) {
        case (.null, "null"), (.truth, "boolean"), (.number, "number"), (.string, "string"), (.list, "array"),
            (.object, "object"):
            true
        case (.number(let number), "integer"): number == number.rounded()
        default: false
        }
    }
}
