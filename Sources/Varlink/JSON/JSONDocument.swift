import Glibc

/// A parsed JSON text: a flat table of nodes that refer to the text's bytes, reused from text to text.
///
/// Parsing checks the whole text (RFC 8259, UTF-8, escapes, number ranges, depth) and allocates nothing once the table
/// has grown to the size that is needed. The nodes refer to the bytes, so the text has to stay where it is for as long
/// as the document is read.
///
/// Numbers: without fraction and exponent and within 64 bits they are integers, exactly; everything else is a float;
/// what overflows a float is refused. Names that stand twice in one object are not a fault of syntax: the first is
/// remembered in ``duplicateKeyOffset`` and the caller decides.
public struct JSONDocument: ~Copyable {
    /// Arrays and objects in one another; a deeper text is refused.
    public static let maximumDepth = 32
    /// In bytes; a longer text is refused.
    public static let maximumLength = Int(UInt32.max >> 1)

    @usableFromInline enum Kind: UInt8 {
        case null, `false`, `true`, integer, double, string, escapedString, array, object
    }

    /// One value, or the name of a member (always followed by its value).
    @usableFromInline struct Node {
        /// First byte; for strings behind the opening quote.
        @usableFromInline var start: UInt32
        /// Behind the last byte; for strings the closing quote.
        @usableFromInline var end: UInt32
        /// Index of the node behind this one and everything in it.
        @usableFromInline var next: UInt32
        /// Elements of an array, members of an object.
        @usableFromInline var count: UInt32
        @usableFromInline var kind: Kind
    }

    @usableFromInline var nodes: UnsafeMutablePointer<Node>
    @usableFromInline var nodeCount: Int
    private var nodeCapacity: Int
    @usableFromInline var base: UnsafePointer<UInt8>
    private var length: Int
    /// Where the first name stands that its object already has, if there is one.
    public private(set) var duplicateKeyOffset: Int?
    /// Whether that name stands in the outermost object.
    public private(set) var duplicateKeyIsAtTop = false

    public init() {
        nodeCapacity = 32
        nodes = .allocate(capacity: nodeCapacity)
        nodes[0] = Node(start: 0, end: 0, next: 1, count: 0, kind: .null)
        nodeCount = 0
        base = UnsafePointer(UnsafeRawPointer(nodes).assumingMemoryBound(to: UInt8.self))
        length = 0
    }

    deinit { nodes.deallocate() }

    /// Gives back what an unusually large text has taken.
    public mutating func trim() {
        guard nodeCapacity > 4096 else { return }
        nodes.deallocate()
        nodeCapacity = 32
        nodes = .allocate(capacity: nodeCapacity)
        nodes[0] = Node(start: 0, end: 0, next: 1, count: 0, kind: .null)
        nodeCount = 0
        base = UnsafePointer(UnsafeRawPointer(nodes).assumingMemoryBound(to: UInt8.self))
        length = 0
    }

    /// Calls `body` with the outermost value.
    @inlinable public func withRoot<Result>(_ body: (JSONView) -> Result) -> Result {
        body(root)
    }

    /// The outermost value; valid as long as the document is not changed and the bytes stay. Null before the first
    /// successful ``parse(_:)``.
    @inlinable public var root: JSONView { JSONView(nodes: nodes, base: base, index: 0) }

    /// Reads one JSON text with nothing but white space around it.
    ///
    /// - Throws: ``JSONError`` at the first fault; the document is then empty.
    public mutating func parse(_ text: UnsafeRawBufferPointer) throws(JSONError) {
        nodeCount = 0
        duplicateKeyOffset = nil
        duplicateKeyIsAtTop = false
        nodes[0] = Node(start: 0, end: 0, next: 1, count: 0, kind: .null)
        guard text.count <= Self.maximumLength else { throw JSONError(offset: Self.maximumLength, reason: .tooLong) }
        guard let address = text.baseAddress else { throw JSONError(offset: 0, reason: .unexpectedEnd) }
        base = address.assumingMemoryBound(to: UInt8.self)
        length = text.count
        do throws(JSONError) {
            var position = 0
            skipSpace(&position)
            try parseValue(&position, depth: 0)
            skipSpace(&position)
            if position < length { throw JSONError(offset: position, reason: .trailingBytes) }
        } catch {
            nodeCount = 0
            nodes[0] = Node(start: 0, end: 0, next: 1, count: 0, kind: .null)
            throw error
        }
    }

    @inline(__always)
    private func skipSpace(_ position: inout Int) {
        while position < length {
            switch base[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position &+= 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func append(_ kind: Kind, start: Int, end: Int) -> Int {
        if nodeCount == nodeCapacity { growNodes() }
        let index = nodeCount
        nodes[index] = Node(
            start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
            next: UInt32(truncatingIfNeeded: index &+ 1), count: 0, kind: kind)
        nodeCount = index &+ 1
        return index
    }

    @inline(never)
    private mutating func growNodes() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
        larger.update(from: nodes, count: nodeCount)
        nodes.deallocate()
        nodes = larger
        nodeCapacity *= 2
    }

    private func unexpected(_ position: Int) -> JSONError {
        position < length
            ? JSONError(offset: position, reason: .unexpectedByte(base[position]))
            : JSONError(offset: length, reason: .unexpectedEnd)
    }

    private mutating func parseValue(_ position: inout Int, depth: Int) throws(JSONError) {
        guard position < length else { throw unexpected(position) }
        switch base[position] {
        case UInt8(ascii: "\""): try parseString(&position)
        case UInt8(ascii: "{"): try parseObject(&position, depth: depth)
        case UInt8(ascii: "["): try parseArray(&position, depth: depth)
        case UInt8(ascii: "t"): try parseWord("true", .true, &position)
        case UInt8(ascii: "f"): try parseWord("false", .false, &position)
        case UInt8(ascii: "n"): try parseWord("null", .null, &position)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber(&position)
        default: throw unexpected(position)
        }
    }

    private mutating func parseWord(_ word: StaticString, _ kind: Kind, _ position: inout Int) throws(JSONError) {
        let start = position
        for index in 0..<word.utf8CodeUnitCount {
            guard position < length, base[position] == word.utf8Start[index] else { throw unexpected(position) }
            position &+= 1
        }
        _ = append(kind, start: start, end: position)
    }

    private mutating func parseObject(_ position: inout Int, depth: Int) throws(JSONError) {
        guard depth < Self.maximumDepth else { throw JSONError(offset: position, reason: .tooDeep) }
        let object = append(.object, start: position, end: position)
        var count: UInt32 = 0
        position &+= 1
        skipSpace(&position)
        if position < length, base[position] == UInt8(ascii: "}") {
            position &+= 1
        } else {
            while true {
                guard position < length, base[position] == UInt8(ascii: "\"") else { throw unexpected(position) }
                try parseString(&position)
                skipSpace(&position)
                guard position < length, base[position] == UInt8(ascii: ":") else { throw unexpected(position) }
                position &+= 1
                skipSpace(&position)
                try parseValue(&position, depth: depth &+ 1)
                count &+= 1
                skipSpace(&position)
                guard position < length else { throw unexpected(position) }
                if base[position] == UInt8(ascii: "}") {
                    position &+= 1
                    break
                }
                guard base[position] == UInt8(ascii: ",") else { throw unexpected(position) }
                position &+= 1
                skipSpace(&position)
            }
        }
        nodes[object].end = UInt32(truncatingIfNeeded: position)
        nodes[object].next = UInt32(truncatingIfNeeded: nodeCount)
        nodes[object].count = count
        if count > 1, duplicateKeyOffset == nil || depth == 0 { findDuplicate(in: object, depth: depth) }
    }

    private mutating func parseArray(_ position: inout Int, depth: Int) throws(JSONError) {
        guard depth < Self.maximumDepth else { throw JSONError(offset: position, reason: .tooDeep) }
        let array = append(.array, start: position, end: position)
        var count: UInt32 = 0
        position &+= 1
        skipSpace(&position)
        if position < length, base[position] == UInt8(ascii: "]") {
            position &+= 1
        } else {
            while true {
                try parseValue(&position, depth: depth &+ 1)
                count &+= 1
                skipSpace(&position)
                guard position < length else { throw unexpected(position) }
                if base[position] == UInt8(ascii: "]") {
                    position &+= 1
                    break
                }
                guard base[position] == UInt8(ascii: ",") else { throw unexpected(position) }
                position &+= 1
                skipSpace(&position)
            }
        }
        nodes[array].end = UInt32(truncatingIfNeeded: position)
        nodes[array].next = UInt32(truncatingIfNeeded: nodeCount)
        nodes[array].count = count
    }

    private mutating func parseString(_ position: inout Int) throws(JSONError) {
        position &+= 1
        let start = position
        var kind = Kind.string
        while true {
            guard position < length else { throw unexpected(position) }
            let byte = base[position]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                kind = .escapedString
                try skipEscape(&position)
            } else if byte < 0x20 {
                throw JSONError(offset: position, reason: .controlCharacter)
            } else if byte < 0x80 {
                position &+= 1
            } else {
                let size = UTF8Sequence.length(
                    at: UnsafeRawBufferPointer(start: base + position, count: length &- position))
                guard size > 0 else { throw JSONError(offset: position, reason: .invalidUTF8) }
                position &+= size
            }
        }
        _ = append(kind, start: start, end: position)
        position &+= 1
    }

    private func skipEscape(_ position: inout Int) throws(JSONError) {
        let start = position
        guard position &+ 1 < length else { throw JSONError(offset: length, reason: .unexpectedEnd) }
        switch base[position &+ 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position &+= 2
        case UInt8(ascii: "u"):
            let unit = try hexUnit(at: position &+ 2, escape: start)
            position &+= 6
            if unit & 0xFC00 == 0xDC00 { throw JSONError(offset: start, reason: .loneSurrogate) }
            guard unit & 0xFC00 == 0xD800 else { return }
            guard position &+ 1 < length, base[position] == UInt8(ascii: "\\"),
                base[position &+ 1] == UInt8(ascii: "u"),
                try hexUnit(at: position &+ 2, escape: position) & 0xFC00 == 0xDC00
            else { throw JSONError(offset: start, reason: .loneSurrogate) }
            position &+= 6
        default: throw JSONError(offset: start, reason: .invalidEscape)
        }
    }

    private func hexUnit(at position: Int, escape: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for index in position..<(position &+ 4) {
            guard index < length else { throw JSONError(offset: length, reason: .unexpectedEnd) }
            guard let digit = JSONEscape.hexDigit(base[index]) else {
                throw JSONError(offset: escape, reason: .invalidEscape)
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    private mutating func parseNumber(_ position: inout Int) throws(JSONError) {
        let start = position
        func isDigit(_ index: Int) -> Bool { index < length && base[index] &- UInt8(ascii: "0") < 10 }
        if base[position] == UInt8(ascii: "-") { position &+= 1 }
        guard isDigit(position) else {
            throw position < length ? JSONError(offset: start, reason: .malformedNumber) : unexpected(position)
        }
        if base[position] == UInt8(ascii: "0"), isDigit(position &+ 1) {
            throw JSONError(offset: start, reason: .malformedNumber)
        }
        while isDigit(position) { position &+= 1 }
        var isIntegral = true
        if position < length, base[position] == UInt8(ascii: ".") {
            isIntegral = false
            position &+= 1
            guard isDigit(position) else { throw JSONError(offset: start, reason: .malformedNumber) }
            while isDigit(position) { position &+= 1 }
        }
        if position < length, base[position] | 0x20 == UInt8(ascii: "e") {
            isIntegral = false
            position &+= 1
            if position < length, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") {
                position &+= 1
            }
            guard isDigit(position) else { throw JSONError(offset: start, reason: .malformedNumber) }
            while isDigit(position) { position &+= 1 }
        }
        let number = UnsafeRawBufferPointer(start: base + start, count: position &- start)
        if isIntegral, JSONNumber.integer(number) != nil {
            _ = append(.integer, start: start, end: position)
            return
        }
        guard JSONNumber.double(number) != nil else { throw JSONError(offset: start, reason: .numberOutOfRange) }
        _ = append(.double, start: start, end: position)
    }

    // MARK: Duplicate names

    private mutating func findDuplicate(in object: Int, depth: Int) {
        let count = Int(nodes[object].count)
        var hasEscapes = false
        if count <= 16 {
            var index = object &+ 1
            for _ in 0..<count {
                let name = nodes[index]
                if name.kind == .escapedString {
                    hasEscapes = true
                    break
                }
                let size = Int(name.end &- name.start)
                var other = object &+ 1
                while other < index {
                    let candidate = nodes[other]
                    if Int(candidate.end &- candidate.start) == size,
                        memcmp(base + Int(candidate.start), base + Int(name.start), size) == 0
                    {
                        noteDuplicate(at: Int(name.start) - 1, depth: depth)
                        return
                    }
                    other = Int(nodes[other &+ 1].next)
                }
                index = Int(nodes[index &+ 1].next)
            }
            if !hasEscapes { return }
        }
        // Many names, or names whose spelling may differ: a set of the decoded names, so that the cost stays linear.
        var seen = Set<[UInt8]>(minimumCapacity: count)
        var index = object &+ 1
        for _ in 0..<count {
            let name = JSONView(nodes: nodes, base: base, index: index)
            let bytes = name.withStringBytes { [UInt8]($0) } ?? []
            if !seen.insert(bytes).inserted {
                noteDuplicate(at: Int(nodes[index].start) - 1, depth: depth)
                return
            }
            index = Int(nodes[index &+ 1].next)
        }
    }

    private mutating func noteDuplicate(at offset: Int, depth: Int) {
        if depth == 0 { duplicateKeyIsAtTop = true }
        if duplicateKeyOffset == nil || depth == 0 { duplicateKeyOffset = offset }
    }
}
