extension Gazetteer {
    /// A US county or place: its id and its FIPS code (5 digits a county, 7 a place, 10 a county subdivision).
    public func division(at index: Int) -> (id: String, geoid: String) {
        let area = areas.areas[divisions.state(of: index).area]
        return ("\(area.code)/\(divisions.path(of: index))", divisions.geoid(of: index))
    }

    /// A ZIP code, five digits, in ascending order.
    public func zipCode(at index: Int) -> String { padded(Int(zips.records[index].number), to: 5) }
}
