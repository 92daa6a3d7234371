import Legality

/// What places that were asked about before resolve to: it rests on the table alone, and most questions are about few
/// places. Bounded.
final class ResolvedPlaces {
    // Apart, so that ZIP codes, of which there are many, do not drive out misspellings, which cost most.
    private var resolutions = RecentValues<Resolution>(limit: 1024)
    private var failures = RecentValues<ResolutionError>(limit: 1024)

    /// As `table.resolve(input)`; always to be asked with the same table, until ``removeAll()``.
    func resolve(_ input: String, in table: Table) throws(ResolutionError) -> Resolution {
        // By the very bytes: equal strings may be written in several ways, and answers repeat what was written.
        let bytes = Array(input.utf8)
        if let known = resolutions[bytes] { return known }
        if let known = failures[bytes] { throw known }
        do throws(ResolutionError) {
            let resolution = try table.resolve(input)
            resolutions[bytes] = resolution
            return resolution
        } catch {
            failures[bytes] = error
            throw error
        }
    }

    func removeAll() {
        resolutions.removeAll()
        failures.removeAll()
    }
}

/// Values by bytes, between `limit` and twice as many: two halves, of which the older one is dropped when the younger
/// one is full; what is asked for moves to the younger one.
private struct RecentValues<Value> {
    /// Longer input is nobody's habit.
    private static var keyLimit: Int { 128 }

    private let limit: Int
    private var younger: [[UInt8]: Value] = [:]
    private var older: [[UInt8]: Value] = [:]

    init(limit: Int) { self.limit = limit }

    subscript(key: [UInt8]) -> Value? {
        mutating get {
            if let value = younger[key] { return value }
            guard let value = older[key] else { return nil }
            self[key] = value
            return value
        }
        set {
            guard let newValue, key.count <= Self.keyLimit else { return }
            if younger.count >= limit {
                older = younger
                younger = [:]
            }
            younger[key] = newValue
        }
    }

    mutating func removeAll() {
        younger = [:]
        older = [:]
    }
}
