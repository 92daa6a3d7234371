/// A Varlink interface as its description file has it: types, methods and errors with their documentation.
public struct InterfaceDescription: Sendable, Equatable {
    /// A type of the interface.
    public struct TypeDeclaration: Sendable, Equatable {
        public let name: String
        /// A structure or an enumeration.
        public let type: TypeExpression
        public let documentation: String
        public let position: SourcePosition
    }

    /// A method with the fields that it takes and gives.
    public struct Method: Sendable, Equatable {
        public let name: String
        public let input: [Field]
        public let output: [Field]
        public let documentation: String
        public let position: SourcePosition
    }

    /// An error with its parameters.
    public struct Failure: Sendable, Equatable {
        public let name: String
        public let parameters: [Field]
        public let documentation: String
        public let position: SourcePosition
    }

    /// In reverse-domain notation: `org.varlink.service`.
    public let name: String
    /// The comment above the interface's name.
    public let documentation: String
    /// In the order of the text, as methods and errors are.
    public let types: [TypeDeclaration]
    public let methods: [Method]
    public let errors: [Failure]
    /// The text as it was read, to be served as it stands.
    public let text: String

    /// Reads an interface description.
    ///
    /// - Throws: ``InterfaceSyntaxError`` at the first fault of grammar, at a name that is declared twice, or at a type
    ///   that the interface does not declare.
    public init(parsing text: String) throws(InterfaceSyntaxError) {
        var parser = InterfaceParser(text: text)
        self = try parser.parse()
        try InterfaceNames.check(self)
    }

    init(
        name: String, documentation: String, types: [TypeDeclaration], methods: [Method], errors: [Failure],
        text: String
    ) {
        self.name = name
        self.documentation = documentation
        self.types = types
        self.methods = methods
        self.errors = errors
        self.text = text
    }

    public func type(named name: String) -> TypeDeclaration? { types.first { $0.name == name } }
    public func method(named name: String) -> Method? { methods.first { $0.name == name } }
    public func error(named name: String) -> Failure? { errors.first { $0.name == name } }
}

/// What is wrong in an interface description, and where.
public struct InterfaceSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    public let position: SourcePosition
    public let message: String

    public var description: String { "\(position): \(message)" }
}
