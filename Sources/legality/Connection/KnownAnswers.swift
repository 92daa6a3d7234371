import Varlink

/// The answers for jurisdictions and substances as they were at one time, to tell what changed while nobody watched.
struct KnownAnswers {
    private struct Key: Hashable {
        var place: String
        var substance: String
    }

    private var places: [String: Place] = [:]
    private var statuses: [Key: LegalStatus] = [:]
    /// In the order of the daemon.
    private var order: [Key] = []

    /// Asks for the answers.
    ///
    /// - Parameter names: the places, with all that governs them; none: all of the table.
    init(from daemon: inout Daemon, about names: [String]) throws(Failure) {
        var wanted: Set<String>?
        for name in names {
            let resolution = try Resolution(Fields(daemon.call("Resolve") { $0.member("place", name) }, path: ""))
            wanted = (wanted ?? []).union(resolution.candidates.flatMap { $0.chain.map(\.id) })
        }
        for substance in try daemon.substances() {
            let reply = try daemon.call("List") { $0.member("substance", substance) }
            for entry in try Fields(reply, path: "").objects("entries", as: Entry.init)
            where wanted?.contains(entry.place.id) ?? true {
                set(entry.status, of: substance, in: entry.place)
            }
        }
    }

    private mutating func set(_ status: LegalStatus, of substance: String, in place: Place) {
        let key = Key(place: place.id, substance: substance)
        places[place.id] = place
        if statuses.updateValue(status, forKey: key) == nil { order.append(key) }
    }

    /// Takes over what the daemon reported.
    mutating func apply(_ changes: [StatusChange]) {
        for change in changes { set(change.after, of: change.substance, in: change.place) }
    }

    /// What differs in `newer`; what one of both does not have counts as unknown.
    func changes(to newer: KnownAnswers) -> [StatusChange] {
        (newer.order + order.filter { newer.statuses[$0] == nil }).compactMap { key in
            let before = statuses[key] ?? .unknown
            let after = newer.statuses[key] ?? .unknown
            guard before != after, let place = newer.places[key.place] ?? places[key.place] else { return nil }
            return StatusChange(place: place, substance: key.substance, before: before, after: after)
        }
    }
}

extension Daemon {
    /// The ids of the table's substances.
    mutating func substances() throws(Failure) -> [String] {
        // One that cannot be is answered with those that can.
        let reply = try reply(to: "List") { $0.member("substance", "?") }
        return (reply.error?.parameters["known"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
