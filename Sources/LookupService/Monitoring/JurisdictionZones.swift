public import Legality

/// The time zone of each jurisdiction of a table. Takes milliseconds to find out: to be made where nobody waits.
public struct JurisdictionZones: Sendable {
    /// Different ones; nil stands for UTC.
    private let zones: [String?]
    /// For each jurisdiction of the table a place in `zones`.
    private let positions: [Int]

    public init(of table: Table) {
        var zones: [String?] = []
        var known: [String?: Int] = [:]
        positions = table.jurisdictions.indices.map { index in
            let zone = table.timeZone(of: table.resolution(ofJurisdictionAt: index).candidates[0])
            if let position = known[zone] { return position }
            known[zone] = zones.count
            zones.append(zone)
            return zones.count - 1
        }
        self.zones = zones
    }

    /// The civil date of each jurisdiction.
    func today(by clock: ZoneClock) -> [CivilDate] {
        let dates = zones.map { clock.today(in: $0) }
        return positions.map { dates[$0] }
    }
}
