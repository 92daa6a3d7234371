import Legality
import Varlink

/// The connections that watch for changes, and for which places.
final class Monitors {
    private var filters: [ConnectionID: Set<String>?] = [:]

    var isEmpty: Bool { filters.isEmpty }

    /// `ids`: the jurisdictions whose changes are of interest; nil: all.
    func add(_ connection: ConnectionID, ids: Set<String>?) { filters[connection] = .some(ids) }

    func remove(_ connection: ConnectionID) { filters[connection] = nil }

    /// The readers of an event, each with the changes that it asked for. Changes of rules go only to whom they concern,
    /// reloads to everybody.
    func readers(of event: MonitorEvent) -> [(connection: ConnectionID, changes: [StatusChange])] {
        filters.compactMap { connection, ids in
            guard let ids else { return (connection, event.changes) }
            let changes = event.changes.filter { ids.contains($0.place.id) }
            return event.kind == .rule && changes.isEmpty ? nil : (connection, changes)
        }
    }
}
