import Legality
import Varlink

/// A reply as it is kept: its own bytes, and where which others come in.
///
/// A header (how many pieces there are, and the day), the pieces, then the reply's own bytes. Nothing in it is aligned.
struct CompactReply {
    private struct Header {
        var pieceCount: Int32
        var day: CivilDate
    }

    private struct Piece {
        enum Kind: UInt8 { case part, day, days }

        /// How many of the reply's own bytes come before it.
        var offset: UInt32
        var kind: Kind
        /// Of a part.
        var count: UInt32
        /// A part's address; the day that days are counted from.
        var value: Int
    }

    /// Shorter parts are as soon copied, and take no less.
    private static let leastCount = 64
    private static let headerSize = MemoryLayout<Header>.stride
    private static let pieceSize = MemoryLayout<Piece>.stride

    let bytes: UnsafeRawBufferPointer

    /// Writes a reply in this form.
    ///
    /// - Parameter day: the one that the reply names, where it is to serve for others; nil where it is kept as it is.
    static func write(
        _ reply: UnsafeRawBufferPointer, _ pieces: [ReplyOutline.Piece], day: CivilDate?, to output: inout ByteBuffer
    ) {
        let kept = pieces.filter { $0.isPart ? $0.count >= leastCount : day != nil }
        append(
            Header(pieceCount: Int32(kept.count), day: day ?? CivilDate(daysSinceEpoch: 0)), size: headerSize,
            to: &output)
        var left = 0
        for piece in kept {
            let offset = UInt32(piece.offset - left)
            left += piece.count
            let entry =
                switch piece.content {
                case .part(let part):
                    Piece(
                        offset: offset, kind: .part, count: UInt32(part.count),
                        value: Int(bitPattern: part.baseAddress))
                case .day: Piece(offset: offset, kind: .day, count: 0, value: 0)
                case .days(let first):
                    Piece(offset: offset, kind: .days, count: 0, value: Int(first.daysSinceEpoch))
                }
            append(entry, size: pieceSize, to: &output)
        }
        var position = 0
        for piece in kept {
            output.append(UnsafeRawBufferPointer(rebasing: reply[position..<piece.offset]))
            position = piece.offset + piece.count
        }
        output.append(UnsafeRawBufferPointer(rebasing: reply[position...]))
    }

    private static func append<Value>(_ value: Value, size: Int, to output: inout ByteBuffer) {
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { memory in
            memory.initializeMemory(as: UInt8.self, repeating: 0)
            memory.storeBytes(of: value, as: Value.self)
            output.append(UnsafeRawBufferPointer(memory))
        }
    }

    /// Appends the whole reply, on another day than the one that it was kept with where one is given.
    @inline(__always)
    func append(on otherDay: CivilDate?, to output: inout ByteBuffer) {
        let header = bytes.loadUnaligned(as: Header.self)
        let pieceCount = Int(header.pieceCount)
        let day = otherDay ?? header.day
        let own = UnsafeRawBufferPointer(rebasing: bytes[(Self.headerSize + pieceCount * Self.pieceSize)...])
        var position = 0
        for index in 0..<pieceCount {
            let piece = bytes.loadUnaligned(
                fromByteOffset: Self.headerSize &+ index &* Self.pieceSize, as: Piece.self)
            output.append(UnsafeRawBufferPointer(rebasing: own[position..<Int(piece.offset)]))
            position = Int(piece.offset)
            switch piece.kind {
            case .part:
                output.append(
                    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: piece.value), count: Int(piece.count)))
            case .day: Self.append(day, to: &output)
            case .days: Self.append(Int(day.daysSinceEpoch) - piece.value, to: &output)
            }
        }
        output.append(UnsafeRawBufferPointer(rebasing: own[position...]))
    }

    /// As `YYYY-MM-DD`.
    private static func append(_ day: CivilDate, to output: inout ByteBuffer) {
        let (year, month, dayOfMonth) = day.fields
        func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10) }
        output.append(digit(year / 1000))
        output.append(digit(year / 100))
        output.append(digit(year / 10))
        output.append(digit(year))
        output.append(UInt8(ascii: "-"))
        output.append(digit(month / 10))
        output.append(digit(month))
        output.append(UInt8(ascii: "-"))
        output.append(digit(dayOfMonth / 10))
        output.append(digit(dayOfMonth))
    }

    private static func append(_ number: Int, to output: inout ByteBuffer) {
        output.append(utf8: String(number))
    }
}

extension ReplyOutline.Piece {
    fileprivate var isPart: Bool { if case .part = content { true } else { false } }
}
