/// Values by bytes. Bounded: for room the oldest goes that was not asked for again since it came or was passed over.
///
/// For each that comes one goes. To let go of many at once, as of a generation that is full, would take milliseconds, and
/// everybody would wait for it.
struct RecentValues<Value> {
    /// Longer input is nobody's habit.
    private static var keyLimit: Int { 128 }

    private struct Entry {
        let key: [UInt8]
        let value: Value
        var wasAsked = false
    }

    private let limit: Int
    private var entries: [Entry] = []
    /// Where in `entries` each key is.
    private var indices: [[UInt8]: Int] = [:]
    /// Which entry is to go next, unless it was asked for again.
    private var hand = 0

    /// - Parameter limit: how many are kept at most; at least one.
    init(limit: Int) {
        self.limit = max(limit, 1)
        // To grow is to find a new place for each, one call of many times the usual length.
        entries.reserveCapacity(self.limit)
        indices.reserveCapacity(self.limit)
    }

    var count: Int { entries.count }

    /// The value that is kept for a key; asking for it keeps it longer.
    mutating func value(for key: [UInt8]) -> Value? {
        guard let index = indices[key] else { return nil }
        entries[index].wasAsked = true
        return entries[index].value
    }

    /// Keeps a value, in the place of one that is kept for the same key; nothing for a key of more than 128 bytes.
    mutating func keep(_ value: Value, for key: [UInt8]) {
        guard key.count <= Self.keyLimit else { return }
        let entry = Entry(key: key, value: value)
        if let index = indices[key] {
            entries[index] = entry
        } else if entries.count < limit {
            indices[key] = entries.count
            entries.append(entry)
        } else {
            // Comes to an end after one round: then none is marked any more.
            while entries[hand].wasAsked {
                entries[hand].wasAsked = false
                hand = (hand + 1) % limit
            }
            indices[entries[hand].key] = nil
            indices[key] = hand
            entries[hand] = entry
            hand = (hand + 1) % limit
        }
    }
}
