/// Why some bytes are not the JSON that was expected, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        /// The text ends where more was expected.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte(UInt8)
        /// Something stands behind the value.
        case trailingBytes
        /// More than ``JSONDocument/maximumDepth`` arrays and objects in one another.
        case tooDeep
        /// Not UTF-8 (overlong forms and surrogates count as wrong).
        case invalidUTF8
        /// A backslash with something behind it that is no escape.
        case invalidEscape
        /// Half a surrogate pair.
        case loneSurrogate
        /// A control character that has to be escaped.
        case controlCharacter
        /// A number in a form that JSON does not have: `01`, `1.`, `+1`.
        case malformedNumber
        /// A number beyond the range of a 64-bit float.
        case numberOutOfRange
        /// A name that stands twice in one object.
        case duplicateKey
        /// The text is longer than ``JSONDocument/maximumLength``.
        case tooLong
    }

    /// In bytes from the start of the text.
    public let offset: Int
    public let reason: Reason

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    public var description: String {
        let what =
            switch reason {
            case .unexpectedEnd: "the text ends too early"
            case .unexpectedByte(let byte) where byte > 0x20 && byte < 0x7F:
                "unexpected '\(Unicode.Scalar(byte))'"
            case .unexpectedByte(let byte): "unexpected byte \(byte)"
            case .trailingBytes: "something stands behind the value"
            case .tooDeep: "nested deeper than \(JSONDocument.maximumDepth) levels"
            case .invalidUTF8: "not UTF-8"
            case .invalidEscape: "no such escape sequence"
            case .loneSurrogate: "half a surrogate pair"
            case .controlCharacter: "a control character that is not escaped"
            case .malformedNumber: "malformed number"
            case .numberOutOfRange: "number out of range"
            case .duplicateKey: "a name that stands twice in one object"
            case .tooLong: "longer than \(JSONDocument.maximumLength) bytes"
            }
        return "not JSON at byte \(offset): \(what)"
    }
}
