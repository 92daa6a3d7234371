import Legality

/// A mapping whose keys are known: unknown and missing ones have been reported.
struct Record {
    let shape: RecordShape
    let position: Position
    let values: ValueReader
    private let entries: [YAMLNode.Entry]

    /// Nil where the node is no mapping.
    init?(_ node: YAMLNode, _ shape: RecordShape, _ values: ValueReader) {
        guard let entries = Record.entries(of: node, shape.name, values) else { return nil }
        self.shape = shape
        self.values = values
        self.entries = entries
        position = node.position
        let known = shape.keys
        for entry in entries where !known.contains(entry.key) {
            values.log.report(
                "\(shape.name) has no key \"\(entry.key.printable)\"", at: entry.keyPosition,
                hint: Suggestion.hint(for: entry.key, among: known) ?? "its keys are \(known.joined(separator: ", "))")
        }
        for key in shape.required where !entries.contains(where: { $0.key == key }) {
            values.log.report("\(shape.name) lacks \"\(key)\"", at: node.position, hint: "add the key \(key)")
        }
    }

    /// The entries of a mapping; nil, after a report, where the node is none.
    static func entries(of node: YAMLNode, _ what: String, _ values: ValueReader) -> [YAMLNode.Entry]? {
        switch node.content {
        case .mapping(let entries): return entries
        case .refused: return nil
        case .scalar, .list:
            values.log.report(
                "\(what) is \(node.kindInWords)", at: node.position, hint: "it has to be a mapping of keys and values")
            return nil
        }
    }

    subscript(key: String) -> YAMLNode? {
        assert(shape.keys.contains(key))
        return entries.first { $0.key == key }?.value
    }

    func line(_ key: String) -> String? { self[key].flatMap { values.line($0, "\"\(key)\"") } }
    func sentence(_ key: String) -> String? { self[key].flatMap { values.sentence($0, "\"\(key)\"") } }
    func truth(_ key: String) -> Bool? { self[key].flatMap { values.truth($0, "\"\(key)\"") } }
    func date(_ key: String) -> PartialDate? { self[key].flatMap { values.date($0, "\"\(key)\"") } }
    func url(_ key: String) -> String? { self[key].flatMap { values.url($0, "\"\(key)\"") } }

    /// The members of a list that may be empty or absent.
    func members(_ key: String) -> [YAMLNode] {
        self[key].flatMap { values.members($0, "\"\(key)\"", mayBeEmpty: true) } ?? []
    }
}
