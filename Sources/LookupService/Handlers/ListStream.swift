import Varlink

/// A list as a stream: one entry a reply.
final class ListStream: ReplyStream {
    /// Jurisdictions judged in one piece of work; less than a user's turn takes.
    static let jurisdictionsPerPiece = 1

    private var entries: ListEntries
    /// Judged and not written; the last one is held back until another one shows that it is not the last of all.
    private var upcoming: ArraySlice<ListEntries.Entry> = []

    init(_ entries: ListEntries) { self.entries = entries }

    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
        var isAtEnd = false
        if upcoming.count < 2 {
            if let piece = entries.next(ofNext: ListStream.jurisdictionsPerPiece) {
                upcoming += piece
                if upcoming.count < 2 { return true }
            } else {
                isAtEnd = true
            }
        }
        let (entry, table) = (upcoming.popFirst(), entries.table)
        func body(_ json: inout JSONWriter) {
            json.name("entries")
            json.array { json in
                if let entry { json.entry(entry, of: table) }
            }
        }
        guard !isAtEnd else {
            reply.parameters(body)
            return false
        }
        reply.continuing(body)
        return true
    }
}

/// A list in one reply, made in small pieces, so that other clients have their turn between.
final class WholeList: ReplyStream {
    private var entries: ListEntries
    private var json = JSONWriter()
    private let finished: (UnsafeRawBufferPointer) -> Void

    /// `finished` is given the whole reply, with its NUL byte.
    init(_ entries: ListEntries, finished: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.entries = entries
        self.finished = finished
        json.beginObject()
        json.name("parameters")
        json.beginObject()
        json.name("entries")
        json.beginArray()
    }

    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
        if let piece = entries.next(ofNext: ListStream.jurisdictionsPerPiece) {
            for entry in piece { json.entry(entry, of: entries.table) }
            return true
        }
        json.endArray()
        json.endObject()
        json.endObject()
        json.buffer.append(UInt8(0))
        reply.frame(json.bytes)
        finished(json.bytes)
        return false
    }
}
