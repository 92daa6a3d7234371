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
    private var resolutions = RecentValues<ResolvedPlace>(limit: 4096)
    private var failures = RecentValues<ResolutionError>(limit: 4096)

    /// As `table.resolve(input)`; always to be asked with the same table.
    func resolve(_ input: String, in table: Table) throws(ResolutionError) -> ResolvedPlace {
        // By the very bytes: equal strings may be written in several ways, and answers repeat what was written.
        let bytes = Array(input.utf8)
        if let known = resolutions.value(for: bytes) { return known }
        if let known = failures.value(for: bytes) { throw known }
        do throws(ResolutionError) {
            let place = ResolvedPlace(try table.resolve(input), in: table)
            resolutions.keep(place, for: bytes)
            return place
        } catch {
            failures.keep(error, for: bytes)
            throw error
        }
    }
}
