import Legality

/// A place that was asked about before.
final class ResolvedPlace {
    let resolution: Resolution
    /// Of the table that it was resolved with.
    private(set) lazy var turningPoints = table.turningPoints(of: resolution)
    private unowned let table: Table

    init(_ resolution: Resolution, in table: Table) {
        self.resolution = resolution
        self.table = table
    }
}

/// What places that were asked about before resolve to: it rests on the table alone, and most questions are about few
/// places. Bounded.
final class ResolvedPlaces {
    // Apart, so that ZIP codes, of which there are many, do not drive out misspellings, which cost most.
    private var resolutions = RecentValues<ResolvedPlace>(limit: 2048)
    private var failures = RecentValues<ResolutionError>(limit: 2048)

    /// As `table.resolve(input)`; always to be asked with the same table.
    func resolve(_ input: String, in table: Table) throws(ResolutionError) -> ResolvedPlace {
        // By the very bytes: equal strings may be written in several ways, and answers repeat what was written.
        let bytes = Array(input.utf8)
        if let known = resolutions[bytes] { return known }
        if let known = failures[bytes] { throw known }
        do throws(ResolutionError) {
            let place = ResolvedPlace(try table.resolve(input), in: table)
            resolutions[bytes] = place
            return place
        } catch {
            failures[bytes] = error
            throw error
        }
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
}
