/// Reads the text of an interface description; the grammar is that of varlink.org.
///
/// Comment lines directly above a declaration, a field or a value are its documentation.
struct InterfaceParser {
    private let text: String
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var lineStart = 0
    /// Nested structures; a text is refused beyond the limit, so that no input exhausts the stack.
    private var depth = 0
    private static let maximumDepth = 32

    init(text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(InterfaceSyntaxError) -> InterfaceDescription {
        let documentation = try skipSpace()
        try expectWord("interface")
        try skipSpace()
        let name = try interfaceName()
        var types: [InterfaceDescription.TypeDeclaration] = []
        var methods: [InterfaceDescription.Method] = []
        var errors: [InterfaceDescription.Failure] = []
        while true {
            let documentation = try skipSpace()
            if offset == bytes.count { break }
            let start = position
            let keyword = word()
            guard ["type", "method", "error"].contains(keyword) else {
                throw fault(at: start, "expected 'type', 'method' or 'error'\(found(keyword))")
            }
            try skipSpace()
            let namePosition = position
            let member = try memberName()
            let behindName = (offset, line, lineStart)
            try skipSpace()
            switch keyword {
            case "type":
                let type = try structureOrEnumeration()
                types.append(
                    .init(name: member, type: type, documentation: documentation, position: namePosition))
            case "method":
                let input = try structure()
                try skipSpace()
                try expect("->")
                try skipSpace()
                let output = try structure()
                methods.append(
                    .init(
                        name: member, input: input, output: output, documentation: documentation,
                        position: namePosition))
            default:
                // Parameters may be left out altogether; a comment that follows then belongs to the next member.
                var parameters: [Field] = []
                if peek == UInt8(ascii: "(") {
                    parameters = try structure()
                } else {
                    (offset, line, lineStart) = behindName
                }
                errors.append(
                    .init(name: member, parameters: parameters, documentation: documentation, position: namePosition))
            }
        }
        guard !(types.isEmpty && methods.isEmpty && errors.isEmpty) else {
            throw fault(at: position, "an interface needs at least one type, method or error")
        }
        return InterfaceDescription(
            name: name, documentation: documentation, types: types, methods: methods, errors: errors, text: text)
    }

    // MARK: Types

    private mutating func type() throws(InterfaceSyntaxError) -> TypeExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw fault(at: position, "nested deeper than \(Self.maximumDepth) levels")
        }
        switch peek {
        case UInt8(ascii: "?"):
            let start = position
            advance()
            let inner = try type()
            if inner.isOptional { throw fault(at: start, "'??': a type is optional once") }
            return .optional(inner)
        case UInt8(ascii: "["):
            advance()
            if peek == UInt8(ascii: "]") {
                advance()
                return .array(try type())
            }
            guard word() == "string", peek == UInt8(ascii: "]") else {
                throw fault(at: position, "expected '[]' or '[string]'")
            }
            advance()
            return .map(try type())
        case UInt8(ascii: "("):
            return try structureOrEnumeration()
        default:
            let start = position
            let name = word()
            switch name {
            case "bool": return .bool
            case "int": return .int
            case "float": return .float
            case "string": return .string
            case "object": return .object
            case "any": return .any
            default:
                guard let first = name.utf8.first, Self.isUpper(first) else {
                    throw fault(at: start, "expected a type\(found(name))")
                }
                guard name.utf8.allSatisfy(Self.isAlphanumeric) else {
                    throw fault(at: start, "'\(name)' is no name of a type (letters and digits only)")
                }
                return .named(name)
            }
        }
    }

    private mutating func structure() throws(InterfaceSyntaxError) -> [Field] {
        let start = position
        switch try structureOrEnumeration() {
        case .structure(let fields): return fields
        default: throw fault(at: start, "expected fields with types, not an enumeration")
        }
    }

    private mutating func structureOrEnumeration() throws(InterfaceSyntaxError) -> TypeExpression {
        try expect("(")
        var fields: [Field] = []
        var values: [EnumerationValue] = []
        var documentation = try skipSpace()
        if peek == UInt8(ascii: ")") {
            advance()
            return .structure([])
        }
        while true {
            let start = position
            let name = try fieldName()
            try skipSpace()
            if peek == UInt8(ascii: ":") {
                guard values.isEmpty else { throw fault(at: start, "a value of an enumeration has no type") }
                advance()
                try skipSpace()
                fields.append(
                    Field(name: name, type: try type(), documentation: documentation, position: start))
                try skipSpace()
            } else {
                guard fields.isEmpty else { throw fault(at: position, "expected ':' and the type of '\(name)'") }
                values.append(EnumerationValue(name: name, documentation: documentation, position: start))
            }
            if peek == UInt8(ascii: ",") {
                advance()
                documentation = try skipSpace()
                continue
            }
            try expect(")")
            return fields.isEmpty ? .enumeration(values) : .structure(fields)
        }
    }

    // MARK: Names

    private mutating func interfaceName() throws(InterfaceSyntaxError) -> String {
        let start = position
        let from = offset
        while let byte = peek, Self.isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") {
            advance()
        }
        let name = String(decoding: bytes[from..<offset], as: UTF8.self)
        guard InterfaceName.isValid(name) else {
            throw fault(at: start, "'\(name)' is no name of an interface (reverse-domain, as org.example.service)")
        }
        return name
    }

    private mutating func memberName() throws(InterfaceSyntaxError) -> String {
        let start = position
        let name = word()
        guard let first = name.utf8.first, Self.isUpper(first), name.utf8.allSatisfy(Self.isAlphanumeric) else {
            throw fault(at: start, "'\(name)' is no name of a member (a capital letter, then letters and digits)")
        }
        return name
    }

    private mutating func fieldName() throws(InterfaceSyntaxError) -> String {
        let start = position
        let name = word()
        var previousIsUnderscore = false
        for (index, byte) in name.utf8.enumerated() {
            let isUnderscore = byte == UInt8(ascii: "_")
            let isFine =
                index == 0
                ? Self.isAlphanumeric(byte) && !(byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                : !(isUnderscore && previousIsUnderscore)
            guard isFine else { throw fault(at: start, "'\(name)' is no name of a field") }
            previousIsUnderscore = isUnderscore
        }
        guard !name.isEmpty, !previousIsUnderscore else {
            throw fault(at: start, name.isEmpty ? "expected a name\(found(""))" : "'\(name)' is no name of a field")
        }
        return name
    }

    static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isUpper(byte) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    // MARK: Scanning

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    private var position: SourcePosition { SourcePosition(line: line, column: offset - lineStart + 1) }

    private mutating func advance() {
        if peek == UInt8(ascii: "\n") {
            line += 1
            lineStart = offset + 1
        }
        offset += 1
    }

    /// Letters, digits and underscores.
    private mutating func word() -> String {
        let from = offset
        while let byte = peek, Self.isAlphanumeric(byte) || byte == UInt8(ascii: "_") { advance() }
        return String(decoding: bytes[from..<offset], as: UTF8.self)
    }

    private mutating func expectWord(_ expected: String) throws(InterfaceSyntaxError) {
        let start = position
        let name = word()
        guard name == expected else { throw fault(at: start, "expected '\(expected)'\(found(name))") }
    }

    private mutating func expect(_ symbol: StaticString) throws(InterfaceSyntaxError) {
        for index in 0..<symbol.utf8CodeUnitCount {
            guard peek == symbol.utf8Start[index] else { throw fault(at: position, "expected '\(symbol)'\(found(""))") }
            advance()
        }
    }

    /// Skips white space and comments.
    ///
    /// - Returns: the comment that ends directly above what follows, without its number signs.
    @discardableResult
    private mutating func skipSpace() throws(InterfaceSyntaxError) -> String {
        var comment: [String] = []
        var newlines = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\n"):
                newlines += 1
                if newlines > 1 { comment = [] }
                advance()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                advance()
            case UInt8(ascii: "#"):
                advance()
                if peek == UInt8(ascii: " ") { advance() }
                let from = offset
                while let byte = peek, byte != UInt8(ascii: "\n") { advance() }
                comment.append(String(decoding: bytes[from..<offset], as: UTF8.self))
                newlines = 0
            default:
                return comment.joined(separator: "\n")
            }
        }
        return comment.joined(separator: "\n")
    }

    private func fault(at position: SourcePosition, _ message: String) -> InterfaceSyntaxError {
        InterfaceSyntaxError(position: position, message: message)
    }

    private func found(_ word: String) -> String {
        if !word.isEmpty { return ", found '\(word)'" }
        guard let byte = peek else { return ", found the end of the text" }
        return byte > 0x20 && byte < 0x7F ? ", found '\(Unicode.Scalar(byte))'" : ""
    }
}
