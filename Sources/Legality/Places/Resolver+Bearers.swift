/// What bears a name.
extension Resolver {
    /// Everything of that name: in a state, or anywhere.
    func places(_ form: NameForm, in state: Place?) -> [Place] {
        var found: [Place] = []
        // The divisions of a state stand together: those elsewhere are passed over without a look at them.
        var inState = 0..<Int.max
        if let state {
            inState = 0..<0
            if case .area(let area) = state { inState = gazetteer.divisions.divisions(ofArea: area) }
        }
        gazetteer.names.forEachTarget(named: form.key) { target in
            switch target.kind {
            case .area where form.kind == nil && state == nil:
                append(.area(gazetteer.areas.resolved(target.index)), to: &found)
            case .division where inState.contains(target.index):
                if let kind = form.kind {
                    let record = gazetteer.divisions.records[target.index]
                    guard kind.allows(record.designation, record.rank) else { return }
                }
                append(.division(target.index), to: &found)
            default: return
            }
        }
        table.places.forEachJurisdiction(named: form.key) { index in
            guard form.kind?.allows(table.jurisdictions[index].kind) ?? true else { return }
            let place = table.places.places[index]
            if let state {
                guard table.jurisdictions[index].id.utf8.contains(UInt8(ascii: "/")), chains.state(of: place) == state
                else { return }
            }
            // A division that the gazetteer knows is judged by the gazetteer's words for its kind.
            if case .division(let division) = place, let kind = form.kind {
                let record = gazetteer.divisions.records[division]
                guard kind.allows(record.designation, record.rank) else { return }
            }
            append(place, to: &found)
        }
        return found
    }

    func isCounty(_ place: Place) -> Bool {
        guard case .division(let index) = place else { return chains.kind(of: place).isCountyLike }
        return gazetteer.divisions.records[index].rank == .county
    }

    /// Of several with one name those of the first kind that there is: cities and villages, towns, townships, counties.
    func firstRank(of places: [Place]) -> [Place] {
        guard places.count > 1, let first = rank(of: places) else { return places }
        return places.filter { rank(of: $0) == first }
    }

    func rank(of place: Place) -> DivisionList.Rank {
        if case .division(let index) = place { return gazetteer.divisions.records[index].rank }
        return isCounty(place) ? .county : .municipality
    }

    /// The first kind among the places.
    func rank(of places: [Place]) -> DivisionList.Rank? { places.lazy.map { rank(of: $0) }.min() }

    func append(_ place: Place, to places: inout [Place]) {
        if !places.contains(place) { places.append(place) }
    }
}
