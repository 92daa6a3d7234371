/// A type as an interface description writes it.
public indirect enum TypeExpression: Sendable, Equatable {
    case bool
    case int
    case float
    case string
    /// Any JSON object (a "foreign object").
    case object
    /// Any JSON value (an extension of systemd's).
    case any
    /// A type that the interface declares.
    case named(String)
    /// `?`: absent and null mean the same.
    case optional(TypeExpression)
    /// `[]`
    case array(TypeExpression)
    /// `[string]`
    case map(TypeExpression)
    case structure([Field])
    case enumeration([EnumerationValue])

    public var isOptional: Bool {
        if case .optional = self { return true }
        return false
    }
}

/// A named and typed part of a structure, of a method's input or output, or of an error.
public struct Field: Sendable, Equatable {
    public let name: String
    public let type: TypeExpression
    /// The comment above it.
    public let documentation: String
    public let position: SourcePosition
}

/// A word of an enumeration.
public struct EnumerationValue: Sendable, Equatable {
    public let name: String
    /// The comment above it.
    public let documentation: String
    public let position: SourcePosition
}

/// A place in a text; both count from 1, columns in bytes.
public struct SourcePosition: Sendable, Equatable, CustomStringConvertible {
    public let line: Int
    public let column: Int

    public var description: String { "\(line):\(column)" }
}
