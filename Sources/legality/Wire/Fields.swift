import Varlink

/// The members of an object that the daemon sent, read with the types that the interface promises. What is missing
/// or of another type is a fault of the daemon and is reported with its name.
struct Fields {
    private let object: JSONObject
    /// Where the object stands in the reply, for messages.
    private let path: String

    init(_ value: JSONValue, path: String) throws(Failure) {
        guard let object = value.objectValue else { throw Self.fault(path, "an object") }
        self.object = object
        self.path = path
    }

    private static func fault(_ path: String, _ expected: String) -> Failure {
        Failure(.internalFault, "the daemon sent a reply that is not understood: \(path) should be \(expected)")
    }

    /// The member; `nil` also where it is null.
    private func member(_ name: String) -> JSONValue? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    private func child(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func required<Value>(_ name: String, _ expected: String, _ value: Value?) throws(Failure) -> Value {
        guard let value else { throw Self.fault(child(name), expected) }
        return value
    }

    private func optional<Value>(
        _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws(Failure) -> Value? {
        guard let value = member(name) else { return nil }
        guard let converted = convert(value) else { throw Self.fault(child(name), expected) }
        return converted
    }

    func optionalString(_ name: String) throws(Failure) -> String? {
        try optional(name, "a string", \.stringValue)
    }

    func string(_ name: String) throws(Failure) -> String { try required(name, "a string", optionalString(name)) }

    func optionalInteger(_ name: String) throws(Failure) -> Int? {
        try optional(name, "an integer") { $0.integerValue.flatMap { Int(exactly: $0) } }
    }

    func integer(_ name: String) throws(Failure) -> Int { try required(name, "an integer", optionalInteger(name)) }

    func optionalNumber(_ name: String) throws(Failure) -> Double? {
        try optional(name, "a number", \.doubleValue)
    }

    func optionalBoolean(_ name: String) throws(Failure) -> Bool? {
        try optional(name, "true or false", \.boolValue)
    }

    func boolean(_ name: String) throws(Failure) -> Bool {
        try required(name, "true or false", optionalBoolean(name))
    }

    func optionalStrings(_ name: String) throws(Failure) -> [String]? {
        try optional(name, "a list of strings") { value in
            guard let elements = value.arrayValue else { return nil }
            let strings = elements.compactMap(\.stringValue)
            return strings.count == elements.count ? strings : nil
        }
    }

    func strings(_ name: String) throws(Failure) -> [String] {
        try required(name, "a list of strings", optionalStrings(name))
    }

    func optionalStatus(_ name: String) throws(Failure) -> LegalStatus? {
        try optional(name, "a status") { $0.stringValue.flatMap { LegalStatus(rawValue: $0) } }
    }

    func status(_ name: String) throws(Failure) -> LegalStatus {
        try required(name, "a status", optionalStatus(name))
    }

    /// A map from names to statuses, in the order of the wire.
    func statuses(_ name: String) throws(Failure) -> [NamedStatus] {
        guard let map = member(name)?.objectValue else { throw Self.fault(child(name), "a map of statuses") }
        var result: [NamedStatus] = []
        for member in map {
            guard let status = member.value.stringValue.flatMap({ LegalStatus(rawValue: $0) }) else {
                throw Self.fault("\(child(name)).\(member.key)", "a status")
            }
            result.append(NamedStatus(name: member.key, status: status))
        }
        return result
    }

    func object(_ name: String) throws(Failure) -> Fields {
        try Fields(required(name, "an object", member(name)), path: child(name))
    }

    func optionalObject<Value>(
        _ name: String, as make: (Fields) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        guard let value = member(name) else { return nil }
        return try make(Fields(value, path: child(name)))
    }

    func optionalObjects<Value>(
        _ name: String, as make: (Fields) throws(Failure) -> Value
    ) throws(Failure) -> [Value]? {
        guard let value = member(name) else { return nil }
        guard let elements = value.arrayValue else { throw Self.fault(child(name), "a list") }
        var result: [Value] = []
        result.reserveCapacity(elements.count)
        for (position, element) in elements.enumerated() {
            result.append(try make(Fields(element, path: "\(child(name))[\(position)]")))
        }
        return result
    }

    func objects<Value>(
        _ name: String, as make: (Fields) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        try required(name, "a list", optionalObjects(name, as: make))
    }
}
