import Legality

/// What places that were asked about before resolve to: it rests on the table alone, and most questions are about few
/// places. Bounded; when full it starts anew.
final class ResolvedPlaces {
    /// Places that are kept; some kilobytes each at most.
    static let limit = 1024
    /// Longer input is nobody's habit.
    private static let inputLimit = 128

    private enum Outcome {
        case resolved(Resolution)
        case failed(ResolutionError)
    }

    /// By the very bytes: equal strings may be written in several ways, and answers repeat what was written.
    private var outcomes: [[UInt8]: Outcome] = [:]

    /// As `table.resolve(input)`; always to be asked with the same table, until ``removeAll()``.
    func resolve(_ input: String, in table: Table) throws(ResolutionError) -> Resolution {
        let bytes = Array(input.utf8)
        switch outcomes[bytes] {
        case .resolved(let resolution): return resolution
        case .failed(let error): throw error
        case nil: break
        }
        do throws(ResolutionError) {
            let resolution = try table.resolve(input)
            keep(.resolved(resolution), for: bytes)
            return resolution
        } catch {
            keep(.failed(error), for: bytes)
            throw error
        }
    }

    func removeAll() { outcomes.removeAll() }

    private func keep(_ outcome: Outcome, for input: [UInt8]) {
        guard input.count <= Self.inputLimit else { return }
        if outcomes.count >= Self.limit { outcomes.removeAll(keepingCapacity: true) }
        outcomes[input] = outcome
    }
}
