import Varlink

/// The call of one method about many places: all but the place is written once.
struct PlaceRequest: ~Copyable {
    private let head: [UInt8]
    private let tail: [UInt8]
    private var scratch = JSONWriter()

    init(method: StaticString, parameters: (inout JSONWriter) -> Void) {
        head = Array("{\"method\":\"\(Daemon.interface).\(method)\",\"parameters\":{\"place\":".utf8)
        var others = JSONWriter()
        others.object(parameters)
        // The members without their braces.
        let members = others.bytes.dropFirst().dropLast()
        tail = (members.isEmpty ? [] : [UInt8(ascii: ",")]) + members + Array("}}\0".utf8)
    }

    /// Appends the call for a place, whose bytes need not be UTF-8, with its NUL.
    mutating func append(place: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
        scratch.removeAll()
        if place.allSatisfy({ $0 < 0x80 }) {
            scratch.writeString(place)
        } else {
            // What is not UTF-8 becomes replacement characters.
            scratch.write(String(decoding: place, as: UTF8.self))
        }
        head.withUnsafeBytes { buffer.append($0) }
        buffer.append(scratch.bytes)
        tail.withUnsafeBytes { buffer.append($0) }
    }
}
