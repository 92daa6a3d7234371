import Glibc

/// Writes compact JSON into bytes that are reused, without intermediate values.
///
/// Commas are set by the writer; that names and values alternate in objects, and that what is opened is closed, is the
/// caller's part. Strings are written with the escapes that RFC 8259 demands and nothing else escaped; floats in their
/// shortest form, without `.0`; a float that JSON cannot express (infinite, not a number) becomes null.
public struct JSONWriter: ~Copyable {
    /// What was written so far.
    public var buffer: ByteBuffer
    /// Whether a comma has to stand before the next value.
    @usableFromInline var needsComma: Bool

    public init() {
        buffer = ByteBuffer()
        needsComma = false
    }

    /// What was written so far. Valid until the next write.
    @inlinable public var bytes: UnsafeRawBufferPointer { buffer.bytes }

    /// Drops what was written and keeps the storage.
    @inlinable public mutating func removeAll() {
        buffer.removeAll()
        needsComma = false
    }

    @inlinable @inline(__always)
    mutating func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
    }

    @inlinable public mutating func beginObject() {
        separate()
        buffer.append(UInt8(ascii: "{"))
        needsComma = false
    }

    @inlinable public mutating func endObject() {
        buffer.append(UInt8(ascii: "}"))
        needsComma = true
    }

    @inlinable public mutating func beginArray() {
        separate()
        buffer.append(UInt8(ascii: "["))
        needsComma = false
    }

    @inlinable public mutating func endArray() {
        buffer.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// The name of the next value. Names written this way need no escapes.
    @inlinable public mutating func name(_ name: StaticString) {
        separate()
        buffer.append(UInt8(ascii: "\""))
        buffer.append(name)
        buffer.append(UInt8(ascii: "\""))
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of the next value.
    public mutating func name(_ name: String) {
        write(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func writeNull() {
        separate()
        buffer.append("null")
        needsComma = true
    }

    public mutating func write(_ value: Bool) {
        separate()
        if value { buffer.append("true") } else { buffer.append("false") }
        needsComma = true
    }

    public mutating func write(_ value: Int64) {
        separate()
        appendInteger(value)
        needsComma = true
    }

    public mutating func write(_ value: Int) { write(Int64(value)) }

    public mutating func write(_ value: Double) {
        guard value.isFinite else { return writeNull() }
        separate()
        if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 {
            appendInteger(integer)
        } else {
            // Swift prints the shortest text that reads back as the same number, and JSON takes its form.
            var text = value.description
            if text.hasSuffix(".0") { text.removeLast(2) }
            buffer.append(utf8: text)
        }
        needsComma = true
    }

    public mutating func write(_ value: String) {
        var value = value
        value.withUTF8 { writeString(UnsafeRawBufferPointer($0)) }
    }

    @inlinable public mutating func write(_ value: StaticString) {
        writeString(UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    /// A string from its UTF-8, which has to be valid.
    public mutating func writeString(_ utf8: UnsafeRawBufferPointer) {
        separate()
        buffer.reserve(utf8.count &+ 2)
        buffer.append(UInt8(ascii: "\""))
        var run = 0
        var index = 0
        while index < utf8.count {
            // Most text has nothing to escape: eight bytes at a time are passed over.
            if index &+ 8 <= utf8.count,
                !JSONEscape.isNeeded(inAnyOf: utf8.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            {
                index &+= 8
                continue
            }
            let byte = utf8[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                if run < index { buffer.append(UnsafeRawBufferPointer(rebasing: utf8[run..<index])) }
                appendEscape(byte)
                run = index &+ 1
            }
            index &+= 1
        }
        if run < utf8.count { buffer.append(UnsafeRawBufferPointer(rebasing: utf8[run...])) }
        buffer.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A value that is already JSON.
    @inlinable public mutating func write(rawJSON json: UnsafeRawBufferPointer) {
        separate()
        buffer.append(json)
        needsComma = true
    }

    /// A value that is already JSON.
    public mutating func write(rawJSON json: [UInt8]) {
        json.withUnsafeBytes { write(rawJSON: $0) }
    }

    /// A whole object whose members `body` writes.
    @inlinable public mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    /// A whole array whose elements `body` writes.
    @inlinable public mutating func array(_ body: (inout JSONWriter) -> Void) {
        beginArray()
        body(&self)
        endArray()
    }

    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): write(value)
        case .integer(let value): write(value)
        case .double(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .object(let object): write(object)
        }
    }

    public mutating func write(_ object: JSONObject) {
        beginObject()
        for member in object {
            name(member.key)
            write(member.value)
        }
        endObject()
    }

    // MARK: Members, name and value in one

    @inlinable public mutating func member(_ key: StaticString, _ value: String) {
        name(key)
        write(value)
    }

    @inlinable public mutating func member(_ key: StaticString, _ value: Int) {
        name(key)
        write(value)
    }

    @inlinable public mutating func member(_ key: StaticString, _ value: Double) {
        name(key)
        write(value)
    }

    @inlinable public mutating func member(_ key: StaticString, _ value: Bool) {
        name(key)
        write(value)
    }

    /// Writes nothing for nil: what is absent is absent.
    @inlinable public mutating func member(_ key: StaticString, ifPresent value: String?) {
        if let value { member(key, value) }
    }

    /// Writes nothing for nil: what is absent is absent.
    @inlinable public mutating func member(_ key: StaticString, ifPresent value: Int?) {
        if let value { member(key, value) }
    }

    /// Writes nothing for nil: what is absent is absent.
    @inlinable public mutating func member(_ key: StaticString, ifPresent value: Double?) {
        if let value { member(key, value) }
    }

    /// Writes nothing for nil: what is absent is absent.
    @inlinable public mutating func member(_ key: StaticString, ifPresent value: Bool?) {
        if let value { member(key, value) }
    }

    @inlinable public mutating func member(_ key: StaticString, _ values: [String]) {
        name(key)
        beginArray()
        for value in values { write(value) }
        endArray()
    }

    private mutating func appendEscape(_ byte: UInt8) {
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer.append(byte)
        case 0x08: buffer.append(UInt8(ascii: "b"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0C: buffer.append(UInt8(ascii: "f"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            buffer.append("u00")
            buffer.append(digits.utf8Start[Int(byte >> 4)])
            buffer.append(digits.utf8Start[Int(byte & 15)])
        }
    }

    private mutating func appendInteger(_ value: Int64) {
        buffer.reserve(20)
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var position = 20
            repeat {
                position &-= 1
                digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            buffer.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[position...]))
        }
    }
}
