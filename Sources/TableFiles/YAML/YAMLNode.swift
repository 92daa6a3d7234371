/// A value of a YAML file and where it stands.
struct YAMLNode {
    let position: Position
    let content: Content

    enum Content {
        /// A text as it was written; quoted or not makes the difference between `"true"` and `true`.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case mapping([Entry])
        /// Something that has been reported already.
        case refused
    }

    struct Entry {
        let key: String
        let keyPosition: Position
        let value: YAMLNode
    }

    /// Whether it is this single value.
    func isText(_ text: String) -> Bool {
        if case .scalar(text, _) = content { true } else { false }
    }

    /// What it is, in words for a message.
    var kindInWords: String {
        switch content {
        case .scalar(let text, let isPlain): isPlain && text.isEmpty ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping"
        case .refused: "something refused"
        }
    }
}
