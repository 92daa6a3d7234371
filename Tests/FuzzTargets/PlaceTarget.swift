import Legality
import TableFiles

/// Resolving a place with the whole gazetteer.
public final class PlaceTarget: FuzzTarget {
    public static let name = "places"
    private let table: Table

    public init(data: String) throws {
        let reading = TableReader(directory: data).read()
        guard let table = reading.table else {
            throw Unprepared(reason: "the shipped table: \(reading.faults.first.map { "\($0)" } ?? "")")
        }
        self.table = table
    }

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        do throws(ResolutionError) {
            let resolution = try table.resolve(text)
            guard !resolution.candidates.isEmpty else { return "no candidate" }
            for candidate in resolution.candidates {
                guard let place = candidate.chain.first else { return "an empty chain" }
                if let share = candidate.share, !(0...1).contains(share) { return "a share of \(share)" }
                if let problem = problem(id: place.id) { return problem }
            }
            return nil
        } catch {
            switch error {
            case .unknown(_, let suggestions):
                return suggestions.count > 5 ? "\(suggestions.count) suggestions" : nil
            case .ambiguous(_, let matches):
                if matches.count < 2 { return "ambiguous among \(matches.count)" }
                for match in matches.prefix(3) {
                    if let problem = problem(id: match.id) { return problem }
                }
                return nil
            }
        }
    }

    /// An id resolves to itself.
    private func problem(id: String) -> String? {
        guard let again = try? table.resolve(id) else { return "the id \(id) does not resolve" }
        return again.candidates.contains { $0.place.id == id } ? nil : "the id \(id) resolves to something else"
    }
}
