import Glibc

/// A value of a ``JSONDocument``, read in place.
///
/// Valid only as long as the document is not changed and its bytes stay where they are; do not keep it. Reading members
/// and scalars allocates nothing, except where a `String` is asked for.
public struct JSONView {
    @usableFromInline let nodes: UnsafeMutablePointer<JSONDocument.Node>
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let index: Int

    @inlinable init(nodes: UnsafeMutablePointer<JSONDocument.Node>, base: UnsafePointer<UInt8>, index: Int) {
        self.nodes = nodes
        self.base = base
        self.index = index
    }

    /// What kind of value it is.
    public enum Kind: Sendable, Equatable {
        case null, bool, integer, double, string, array, object
    }

    public var kind: Kind {
        switch nodes[index].kind {
        case .null: .null
        case .true, .false: .bool
        case .integer: .integer
        case .double: .double
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The bytes of the text that are this value; strings with their quotes.
    public var rawBytes: UnsafeRawBufferPointer {
        let node = nodes[index]
        let margin = isString ? 1 : 0
        return UnsafeRawBufferPointer(
            start: base + Int(node.start) - margin, count: Int(node.end &- node.start) + 2 * margin)
    }

    public var isNull: Bool { nodes[index].kind == .null }
    public var isObject: Bool { nodes[index].kind == .object }
    public var isString: Bool { nodes[index].kind == .string || nodes[index].kind == .escapedString }

    public var boolValue: Bool? {
        switch nodes[index].kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    private var scalarBytes: UnsafeRawBufferPointer {
        let node = nodes[index]
        return UnsafeRawBufferPointer(start: base + Int(node.start), count: Int(node.end &- node.start))
    }

    /// The number, if it is integral and fits 64 bits (`5.0` is 5).
    public var integerValue: Int64? {
        switch nodes[index].kind {
        case .integer: JSONNumber.integer(scalarBytes)
        case .double: JSONNumber.double(scalarBytes).flatMap { Int64(exactly: $0) }
        default: nil
        }
    }

    public var doubleValue: Double? {
        switch nodes[index].kind {
        case .integer: JSONNumber.integer(scalarBytes).map { Double($0) }
        case .double: JSONNumber.double(scalarBytes)
        default: nil
        }
    }

    public var stringValue: String? {
        guard isString else { return nil }
        if nodes[index].kind == .string { return String(decoding: scalarBytes, as: UTF8.self) }
        let source = scalarBytes
        return String(unsafeUninitializedCapacity: source.count) { JSONEscape.decode(source, into: $0) }
    }

    /// Calls `body` with the string's UTF-8, escapes resolved, in place where there are none. Nil if it is no string.
    public func withStringBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        switch nodes[index].kind {
        case .string:
            return body(scalarBytes)
        case .escapedString:
            let source = scalarBytes
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(source.count, 1)) { target in
                let count = JSONEscape.decode(source, into: target)
                return body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<count]))
            }
        default:
            return nil
        }
    }

    /// Whether this is a string with that content.
    public func isString(equalTo text: StaticString) -> Bool {
        isString(equalTo: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Whether this is a string with that UTF-8.
    public func isString(equalTo bytes: UnsafeRawBufferPointer) -> Bool {
        if nodes[index].kind == .string {
            let node = nodes[index]
            guard Int(node.end &- node.start) == bytes.count else { return false }
            guard let address = bytes.baseAddress, bytes.count > 0 else { return true }
            return memcmp(base + Int(node.start), address, bytes.count) == 0
        }
        return withStringBytes { $0.elementsEqual(bytes) } ?? false
    }

    /// The number of elements of an array or members of an object; 0 for others.
    public var count: Int { Int(nodes[index].count) }

    /// The value of that name, if this is an object that has it (the first, if it stands twice).
    public subscript(key: StaticString) -> JSONView? {
        for member in members where member.name.isString(equalTo: key) { return member.value }
        return nil
    }

    /// The value of that name, if this is an object that has it (the first, if it stands twice).
    public func member(named key: String) -> JSONView? {
        var key = key
        return key.withUTF8 { bytes in
            for member in members where member.name.isString(equalTo: UnsafeRawBufferPointer(bytes)) {
                return member.value
            }
            return nil
        }
    }

    /// The elements of an array, in order; none for others.
    public var elements: Elements {
        Elements(view: self, remaining: nodes[index].kind == .array ? count : 0)
    }

    /// The members of an object, in order; none for others.
    public var members: Members {
        Members(view: self, remaining: isObject ? count : 0)
    }

    public struct Elements: Sequence, IteratorProtocol {
        private var upcoming: JSONView
        private var remaining: Int

        init(view: JSONView, remaining: Int) {
            upcoming = JSONView(nodes: view.nodes, base: view.base, index: view.index &+ 1)
            self.remaining = remaining
        }

        public mutating func next() -> JSONView? {
            guard remaining > 0 else { return nil }
            remaining &-= 1
            let element = upcoming
            upcoming = JSONView(
                nodes: element.nodes, base: element.base, index: Int(element.nodes[element.index].next))
            return element
        }
    }

    public struct Members: Sequence, IteratorProtocol {
        private var upcoming: JSONView
        private var remaining: Int

        init(view: JSONView, remaining: Int) {
            upcoming = JSONView(nodes: view.nodes, base: view.base, index: view.index &+ 1)
            self.remaining = remaining
        }

        public mutating func next() -> (name: JSONView, value: JSONView)? {
            guard remaining > 0 else { return nil }
            remaining &-= 1
            let name = upcoming
            let value = JSONView(nodes: name.nodes, base: name.base, index: name.index &+ 1)
            upcoming = JSONView(nodes: value.nodes, base: value.base, index: Int(value.nodes[value.index].next))
            return (name, value)
        }
    }

    /// A copy that is independent of the document.
    public var value: JSONValue {
        switch nodes[index].kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .integer: return .integer(JSONNumber.integer(scalarBytes) ?? 0)
        case .double: return .double(JSONNumber.double(scalarBytes) ?? 0)
        case .string, .escapedString: return .string(stringValue ?? "")
        case .array: return .array(elements.map(\.value))
        case .object:
            return .object(
                JSONObject(members.map { JSONObject.Member(key: $0.name.stringValue ?? "", value: $0.value.value) }))
        }
    }
}
