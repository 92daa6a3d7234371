/// Holds the parameters of a call against the fields of a method, in place and without allocation.
///
/// The types are laid out once as flat tables. The same rules as ``InterfaceDescription/problems(in:against:)``, but
/// only the first parameter that does not fit is told.
final class ParameterChecker {
    private enum Kind: UInt8 {
        case bool, int, float, string, object, any, array, map, structure, enumeration
    }

    private struct TypeEntry {
        var kind: Kind
        var isOptional: Bool
        /// Index of the element's type, for arrays and maps.
        var element: Int32
        /// The fields of a structure, the values of an enumeration.
        var firstField: Int32
        var fieldCount: Int32
    }

    private struct FieldEntry {
        var name: UnsafeRawBufferPointer
        var type: Int32
    }

    private let types: UnsafeMutableBufferPointer<TypeEntry>
    private let fields: UnsafeMutableBufferPointer<FieldEntry>

    /// The input of each method, in the order of the description.
    init(interface: InterfaceDescription) {
        var layout = Layout(interface: interface)
        for method in interface.methods { layout.roots.append(layout.add(.structure(method.input))) }
        types = .allocate(capacity: layout.types.count)
        _ = types.initialize(from: layout.types)
        fields = .allocate(capacity: layout.fields.count)
        _ = fields.initialize(from: layout.fields)
        roots = layout.roots
    }

    private let roots: [Int32]

    deinit {
        for field in fields { field.name.deallocate() }
        types.deallocate()
        fields.deallocate()
    }

    /// The parameter at fault, or nil if all fit. Absent parameters are passed as null.
    func firstProblem(in parameters: JSONView, method: Int) -> String? {
        let root = types[Int(roots[method])]
        if parameters.isNull {
            for index in 0..<Int(root.fieldCount) {
                let field = fields[Int(root.firstField) &+ index]
                if !types[Int(field.type)].isOptional { return String(decoding: field.name, as: UTF8.self) }
            }
            return nil
        }
        var fault: JSONView?
        var missing: UnsafeRawBufferPointer?
        if fits(parameters, structure: root, fault: &fault, missing: &missing) { return nil }
        if let fault { return fault.stringValue ?? "" }
        return missing.map { String(decoding: $0, as: UTF8.self) } ?? "parameters"
    }

    private func fits(_ value: JSONView, type: TypeEntry) -> Bool {
        if value.isNull, type.isOptional { return true }
        switch type.kind {
        case .bool: return value.boolValue != nil
        case .int: return value.kind == .integer || value.integerValue != nil
        case .float: return value.kind == .integer || value.kind == .double
        case .string: return value.isString
        case .object: return value.isObject
        case .any: return true
        case .array:
            guard value.kind == .array else { return false }
            let element = types[Int(type.element)]
            for item in value.elements where !fits(item, type: element) { return false }
            return true
        case .map:
            guard value.isObject else { return false }
            let element = types[Int(type.element)]
            for member in value.members where !fits(member.value, type: element) { return false }
            return true
        case .enumeration:
            for index in 0..<Int(type.fieldCount)
            where value.isString(equalTo: fields[Int(type.firstField) &+ index].name) { return true }
            return false
        case .structure:
            var fault: JSONView?
            var missing: UnsafeRawBufferPointer?
            return fits(value, structure: type, fault: &fault, missing: &missing)
        }
    }

    private func fits(
        _ value: JSONView, structure: TypeEntry, fault: inout JSONView?, missing: inout UnsafeRawBufferPointer?
    ) -> Bool {
        guard value.isObject else { return false }
        // Each required field that is met counts once: names are unique in a document that is passed on.
        var required = 0
        for member in value.members {
            guard let field = field(named: member.name, of: structure) else {
                let isExtension = member.name.withStringBytes { $0.contains(UInt8(ascii: ".")) } ?? false
                if isExtension { continue }
                fault = member.name
                return false
            }
            let type = types[Int(field.type)]
            guard fits(member.value, type: type) else {
                fault = member.name
                return false
            }
            if !type.isOptional { required &+= 1 }
        }
        for index in 0..<Int(structure.fieldCount)
        where !types[Int(fields[Int(structure.firstField) &+ index].type)].isOptional {
            required &-= 1
        }
        if required == 0 { return true }
        for index in 0..<Int(structure.fieldCount) {
            let field = fields[Int(structure.firstField) &+ index]
            if types[Int(field.type)].isOptional { continue }
            var isPresent = false
            for member in value.members where member.name.isString(equalTo: field.name) { isPresent = true }
            if !isPresent {
                missing = field.name
                return false
            }
        }
        return false
    }

    private func field(named name: JSONView, of structure: TypeEntry) -> FieldEntry? {
        for index in 0..<Int(structure.fieldCount) {
            let field = fields[Int(structure.firstField) &+ index]
            if name.isString(equalTo: field.name) { return field }
        }
        return nil
    }

    /// Lays out types as tables; every named type once, so that types may refer to themselves.
    private struct Layout {
        let interface: InterfaceDescription
        var types: [TypeEntry] = []
        var fields: [FieldEntry] = []
        var roots: [Int32] = []
        private var named: [String: Int32] = [:]

        init(interface: InterfaceDescription) { self.interface = interface }

        mutating func add(_ type: TypeExpression, isOptional: Bool = false) -> Int32 {
            switch type {
            case .optional(let inner):
                return add(inner, isOptional: true)
            case .named(let name):
                let key = isOptional ? "?" + name : name
                if let index = named[key] { return index }
                let index = reserve(isOptional: isOptional)
                named[key] = index
                if let declaration = interface.type(named: name) { fill(index, with: declaration.type) }
                return index
            default:
                let index = reserve(isOptional: isOptional)
                fill(index, with: type)
                return index
            }
        }

        private mutating func reserve(isOptional: Bool) -> Int32 {
            types.append(TypeEntry(kind: .any, isOptional: isOptional, element: 0, firstField: 0, fieldCount: 0))
            return Int32(types.count - 1)
        }

        private mutating func fill(_ index: Int32, with type: TypeExpression) {
            let index = Int(index)
            switch type {
            case .bool: types[index].kind = .bool
            case .int: types[index].kind = .int
            case .float: types[index].kind = .float
            case .string: types[index].kind = .string
            case .object: types[index].kind = .object
            case .any, .named, .optional: types[index].kind = .any
            case .array(let inner):
                types[index].kind = .array
                types[index].element = add(inner)
            case .map(let inner):
                types[index].kind = .map
                types[index].element = add(inner)
            case .structure(let members):
                types[index].kind = .structure
                // The entries of one structure stand together, so inner types come first.
                let entries = members.map { FieldEntry(name: Self.copy($0.name), type: add($0.type)) }
                types[index].firstField = Int32(fields.count)
                types[index].fieldCount = Int32(entries.count)
                fields += entries
            case .enumeration(let values):
                types[index].kind = .enumeration
                types[index].firstField = Int32(fields.count)
                types[index].fieldCount = Int32(values.count)
                fields += values.map { FieldEntry(name: Self.copy($0.name), type: 0) }
            }
        }

        private static func copy(_ name: String) -> UnsafeRawBufferPointer {
            let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(name.utf8.count, 1), alignment: 1)
            let copy = UnsafeMutableRawBufferPointer(rebasing: bytes[..<name.utf8.count])
            copy.copyBytes(from: name.utf8)
            return UnsafeRawBufferPointer(copy)
        }
    }
}
