import Legality
import Varlink

/// Which bytes of the reply that is being written are a shared part's, and which are about the day alone: what a cache
/// need not keep.
final class ReplyOutline {
    /// Bytes of a reply that can be had from elsewhere.
    struct Piece {
        enum Content {
            /// A part that stays where it is as long as the table does.
            case part(UnsafeRawBufferPointer)
            /// The day asked about, as `YYYY-MM-DD`.
            case day
            /// Whole days from this one to the day asked about.
            case days(since: CivilDate)
        }

        /// Of its first byte in the reply.
        let offset: Int
        let count: Int
        let content: Content
    }

    let parts: SharedParts
    private(set) var pieces: [Piece] = []
    private var start = 0

    init(parts: SharedParts) { self.parts = parts }

    /// - Parameter start: how many bytes come before the reply in what is being written.
    func begin(at start: Int) {
        self.start = start
        pieces.removeAll(keepingCapacity: true)
    }

    /// Notes what the bytes between two counts of what was written are. In their order, without overlaps.
    func note(_ content: Piece.Content, from: Int, to end: Int) {
        pieces.append(Piece(offset: from - start, count: end - from, content: content))
    }

    /// Writes a shared part in the place of a value, or of members.
    func write(_ part: UnsafeRawBufferPointer, to json: inout JSONWriter) {
        json.write(rawJSON: part)
        let end = json.bytes.count
        note(.part(part), from: end - part.count, to: end)
    }
}
