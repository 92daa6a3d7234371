/// JSON put together by hand for the reports of the commands.
enum JSONText {
    case string(String)
    case number(Int)
    case truth(Bool)
    case null
    case list([JSONText])
    case object([(key: String, value: JSONText)])

    static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

    /// Compact, keys in the order given.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .string(let value): JSONText.write(value, to: &text)
        case .number(let value): text += String(value)
        case .truth(let value): text += value ? "true" : "false"
        case .null: text += "null"
        case .list(let members):
            text += "["
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                member.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                JSONText.write(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}
