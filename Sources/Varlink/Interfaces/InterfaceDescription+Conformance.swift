extension InterfaceDescription {
    /// Holds an object against the fields that are declared for it.
    ///
    /// Precise and complete, for tests and tools; requests are checked by the service while they are read. Extensions
    /// (names with a dot) are passed over, every other field that is not declared is a problem.
    ///
    /// - Returns: a line for each problem, with the path to it; empty if the object conforms.
    public func problems(in object: JSONValue, against fields: [Field]) -> [String] {
        var problems: [String] = []
        check(object, against: .structure(fields), path: "", optional: false, into: &problems)
        return problems
    }

    private func check(
        _ value: JSONValue, against type: TypeExpression, path: String, optional: Bool, into problems: inout [String]
    ) {
        func mismatch(_ expected: String) {
            problems.append("\(path.isEmpty ? "the parameters" : path): expected \(expected), found \(value.kindName)")
        }
        if optional, value.isNull { return }
        switch type {
        case .bool: if value.boolValue == nil { mismatch("a bool") }
        case .int: if value.integerValue == nil { mismatch("an int") }
        case .float: if value.doubleValue == nil { mismatch("a float") }
        case .string: if value.stringValue == nil { mismatch("a string") }
        case .object: if value.objectValue == nil { mismatch("an object") }
        case .any: break
        case .named(let name):
            guard let declaration = self.type(named: name) else {
                return mismatch("a value of \(name), which is unknown")
            }
            check(value, against: declaration.type, path: path, optional: false, into: &problems)
        case .optional(let inner):
            check(value, against: inner, path: path, optional: true, into: &problems)
        case .array(let inner):
            guard let elements = value.arrayValue else { return mismatch("an array") }
            for (index, element) in elements.enumerated() {
                check(element, against: inner, path: "\(path)[\(index)]", optional: false, into: &problems)
            }
        case .map(let inner):
            guard let object = value.objectValue else { return mismatch("an object") }
            for member in object {
                check(member.value, against: inner, path: "\(path)[\(member.key)]", optional: false, into: &problems)
            }
        case .enumeration(let values):
            guard let word = value.stringValue, values.contains(where: { $0.name == word }) else {
                return mismatch("one of \(values.map(\.name).joined(separator: ", "))")
            }
        case .structure(let fields):
            guard let object = value.objectValue else { return mismatch("an object") }
            let prefix = path.isEmpty ? "" : "\(path)."
            for field in fields {
                if let member = object[field.name] {
                    check(member, against: field.type, path: prefix + field.name, optional: false, into: &problems)
                } else if !field.type.isOptional {
                    problems.append("\(prefix)\(field.name): missing")
                }
            }
            for member in object
            where !member.key.contains(".") && !fields.contains(where: { $0.name == member.key }) {
                problems.append("\(prefix)\(member.key): not declared")
            }
        }
    }
}

extension JSONValue {
    fileprivate var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a bool"
        case .integer: "an int"
        case .double: "a float"
        case .string(let value): "the string '\(value)'"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
