/// The names of an interface: each is declared once, and what is used is declared.
enum InterfaceNames {
    static func check(_ interface: InterfaceDescription) throws(InterfaceSyntaxError) {
        var declared = Set<String>()
        var members: [(name: String, position: SourcePosition)] = []
        members += interface.types.map { ($0.name, $0.position) }
        members += interface.methods.map { ($0.name, $0.position) }
        members += interface.errors.map { ($0.name, $0.position) }
        members.sort { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
        for member in members where !declared.insert(member.name).inserted {
            throw InterfaceSyntaxError(position: member.position, message: "'\(member.name)' is declared twice")
        }
        let types = Set(interface.types.map(\.name))
        for declaration in interface.types {
            try check(declaration.type, at: declaration.position, types: types)
        }
        for method in interface.methods {
            try check(method.input, types: types)
            try check(method.output, types: types)
        }
        for error in interface.errors { try check(error.parameters, types: types) }
    }

    private static func check(_ fields: [Field], types: Set<String>) throws(InterfaceSyntaxError) {
        var names = Set<String>()
        for field in fields {
            guard names.insert(field.name).inserted else {
                throw InterfaceSyntaxError(position: field.position, message: "field '\(field.name)' stands twice")
            }
            try check(field.type, at: field.position, types: types)
        }
    }

    private static func check(
        _ type: TypeExpression, at position: SourcePosition, types: Set<String>
    ) throws(InterfaceSyntaxError) {
        switch type {
        case .bool, .int, .float, .string, .object, .any: break
        case .named(let name):
            guard types.contains(name) else {
                throw InterfaceSyntaxError(position: position, message: "type '\(name)' is not declared")
            }
        case .optional(let inner), .array(let inner), .map(let inner):
            try check(inner, at: position, types: types)
        case .structure(let fields): try check(fields, types: types)
        case .enumeration(let values):
            var names = Set<String>()
            for value in values where !names.insert(value.name).inserted {
                throw InterfaceSyntaxError(position: value.position, message: "value '\(value.name)' stands twice")
            }
        }
    }
}
