import Legality
import Varlink

/// A reply as it is kept: its own bytes, and where which others come in.
///
/// How many pieces there are, the pieces, then the reply's own bytes. Nothing in it is aligned.
struct CompactReply {
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
    private static let headerSize = MemoryLayout<Int32>.size
    private static let pieceSize = MemoryLayout<Piece>.stride

    let bytes: UnsafeRawBufferPointer

    /// Writes a reply in this form.
    ///
    /// - Parameter servesAnyDay: whether the day is left out, to be put in again; else it is kept as it is.
    static func write(
        _ reply: UnsafeRawBufferPointer, _ pieces: [ReplyOutline.Piece], servesAnyDay: Bool, to output: inout ByteBuffer
    ) {
        let kept = pieces.filter { $0.isPart ? $0.count >= leastCount : servesAnyDay }
        append(Int32(kept.count), size: headerSize, to: &output)
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

    /// Appends the whole reply.
    ///
    /// - Parameter day: the one to put in; nil for a reply that was kept with its own.
    @inline(__always)
    func append(on day: CivilDate?, to output: inout ByteBuffer) {
        let pieceCount = Int(bytes.loadUnaligned(as: Int32.self))
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
            case .day:
                if let day { output.append(utf8: day.description) }
            case .days:
                if let day { output.append(utf8: String(Int(day.daysSinceEpoch) - piece.value)) }
            }
        }
        output.append(UnsafeRawBufferPointer(rebasing: own[position...]))
    }
}

extension ReplyOutline.Piece {
    fileprivate var isPart: Bool { if case .part = content { true } else { false } }
}
