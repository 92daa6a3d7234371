import Legality
import Varlink

/// What monitors are told.
struct MonitorEvent {
    enum Kind: String {
        case started
        case reload
        case refused
        case rule
    }

    let kind: Kind
    let table: String
    let digest: String
    let previous: String?
    let text: String
    let changes: [StatusChange]

    static func started(table: Table) -> MonitorEvent {
        MonitorEvent(
            kind: .started, table: table.version, digest: table.digest, previous: nil,
            text: "Monitoring table \(table.version).", changes: [])
    }

    static func reload(from old: Table, to new: Table, changes: [StatusChange]) -> MonitorEvent {
        let places = Set(changes.map(\.place.id)).count
        let text =
            changes.isEmpty
            ? "Reloaded: no answer changed."
            : "Reloaded: the answers of \(places) jurisdiction\(places == 1 ? "" : "s") changed."
        return MonitorEvent(
            kind: .reload, table: new.version, digest: new.digest, previous: old.version, text: text, changes: changes)
    }

    static func refused(by table: Table, fault: String) -> MonitorEvent {
        MonitorEvent(
            kind: .refused, table: table.version, digest: table.digest, previous: nil,
            text: "Reload refused, \(table.version) goes on: \(fault)", changes: [])
    }

    static func rules(_ text: String, of table: Table, changes: [StatusChange]) -> MonitorEvent {
        MonitorEvent(
            kind: .rule, table: table.version, digest: table.digest, previous: nil, text: text, changes: changes)
    }
}

extension JSONWriter {
    /// The event with those of its changes that the reader asked for.
    mutating func event(_ event: MonitorEvent, changes: [StatusChange]) {
        object { json in
            json.member("kind", event.kind.rawValue)
            json.member("table", event.table)
            json.member("digest", event.digest)
            json.member("previous", ifPresent: event.previous)
            json.member("text", event.text)
            json.name("changes")
            json.array { json in
                for change in changes { json.statusChange(change) }
            }
        }
    }
}
