import Varlink

/// The replies that are being made from a table, as long as it is not too old.
///
/// What was begun is finished on the table that it began on; but a client that reads slowly could keep every table that
/// there ever was in memory. So a stream survives one reload; the second one ends it.
final class TableStreams {
    private struct Entry {
        weak var stream: TableStream?
        let generation: Int
    }

    private var entries: [Entry] = []
    private var generation = 0

    func add(_ stream: any ReplyStream) -> TableStream {
        let stream = TableStream(stream)
        if entries.count >= 64, entries.count & (entries.count - 1) == 0 { entries.removeAll { $0.stream == nil } }
        entries.append(Entry(stream: stream, generation: generation))
        return stream
    }

    /// Another table answers from here on.
    func tableReplaced() {
        generation += 1
        for entry in entries where entry.generation < generation - 1 { entry.stream?.expire() }
        entries.removeAll { $0.stream == nil || $0.generation < generation - 1 }
    }
}

/// A stream that lets go of its table when it expires; its client is told, and may ask again.
final class TableStream: ReplyStream {
    private var stream: (any ReplyStream)?

    init(_ stream: any ReplyStream) { self.stream = stream }

    func expire() { stream = nil }

    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
        guard let stream else { throw .busy(limit: "reloads", maximum: 1) }
        return try stream.writeNext(&reply)
    }
}
