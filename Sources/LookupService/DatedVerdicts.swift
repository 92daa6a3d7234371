import Legality
import Varlink

/// Verdicts on days that are given, rendered before: one serves all the days and ages between two turning points of its
/// place, as they differ in the day alone.
///
/// First it ``takes(_:about:_:)`` a question; the other methods are about the one that it took last.
final class DatedVerdicts {
    private let replies: RequestCache
    /// The question that was taken last.
    private var key = ByteBuffer()
    private var day = CivilDate(daysSinceEpoch: 0)
    private static let always = Int64.min..<Int64.max

    /// - Parameter capacity: bytes of all of them together.
    init(capacity: Int) { replies = RequestCache(capacity: capacity) }

    /// How many are kept.
    var count: Int { replies.count }

    /// Takes a question up.
    ///
    /// - Parameters:
    ///   - input: the place in the words of the question, which a verdict may repeat.
    ///   - place: what that resolves to.
    /// - Returns: false where it is not of the kind that is kept here: it names no day, or circumstances beyond the age.
    func takes(_ query: Query, about input: String, _ place: ResolvedPlace) -> Bool {
        guard let day = query.day, query.circumstances == Circumstances(age: query.circumstances.age) else {
            return false
        }
        self.day = day
        let span = place.turningPoints.span(of: day, age: query.circumstances.age)
        key.removeAll()
        // Fixed in length, so that no two questions have the same bytes.
        append(UInt32(truncatingIfNeeded: span.day))
        append(UInt32(truncatingIfNeeded: span.age))
        append(UInt16(query.substance))
        append(query.activity.map { UInt16($0.rawValue) } ?? .max)
        key.append(utf8: input)
        return true
    }

    /// Appends the whole reply, if a verdict is kept that serves; else nothing.
    func append(to output: inout ByteBuffer) -> Bool {
        replies.append(replyTo: key.bytes, at: 0, on: day, to: &output)
    }

    /// Keeps the verdict that was given.
    func keep(_ reply: UnsafeRawBufferPointer, _ outline: ReplyOutline) {
        replies.insert(
            request: key.bytes, reply: reply, pieces: outline.pieces, servesAnyDay: true, validity: Self.always)
    }

    private func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { key.append($0) }
    }
}
