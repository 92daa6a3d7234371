extension Resolver {
    func finding(name text: Substring) -> Finding {
        let parts = Self.parts(of: text)
        guard let last = parts.last, parts.count <= 6 else { return .nothing }
        let whole = parts.count == 1 ? last : PlaceName.words(of: text.utf8)

        // "San Diego, CA 92101"
        if let (rest, zip) = Self.splittingZIP(last), !(rest.isEmpty && parts.count == 1) {
            return finding(address: Array(parts.dropLast()) + (rest.isEmpty ? [] : [rest]), zip: zip, in: text)
        }
        // Countries and states first, whole: "Korea, Republic of" and "Washington, D.C." have commas too.
        let great = greatPlaces(named: PlaceName.key(ofWords: whole))
        if !great.isEmpty { return conclude(great, .name, possible: possibleMeanings(of: whole)) }
        if parts.count > 1 {
            let finding = finding(parts: parts)
            if case .nothing = finding, parts.count == 2 {
                // "Fresno (city)", "Tokio; Tokyo": a comma that is part of a name.
                return self.finding(bare: whole)
            }
            return finding
        }
        return finding(unseparated: whole)
    }

    /// What stands between commas, as words; what has none is left out.
    static func parts(of text: Substring) -> [[UInt8]] {
        let parts = text.utf8.withContiguousStorageIfAvailable { bytes -> [[UInt8]]? in
            var parts: [[UInt8]] = []
            var start = 0
            for end in 0...bytes.count {
                if end < bytes.count {
                    guard let isSeparator = isSeparator(bytes, at: end) else { return nil }
                    guard isSeparator else { continue }
                }
                let words = PlaceName.words(of: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                if !words.isEmpty { parts.append(words) }
                start = end + 1
            }
            return parts
        }
        if let parts, let parts { return parts }
        return text.split { separators.contains($0) }.map { PlaceName.words(of: $0.utf8) }.filter { !$0.isEmpty }
    }

    /// Whether a comma or semicolon stands there; nil where only a look at whole characters can tell.
    private static func isSeparator(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool? {
        switch bytes[position] {
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            // What stands beside it may combine with it.
            let isAlone =
                (position == 0 || bytes[position - 1] < 0x80)
                && (position + 1 == bytes.count || bytes[position + 1] < 0x80)
            return isAlone ? true : nil
        case 0xCD, 0xE3, 0xEF:
            // Perhaps the Greek question mark, which is a semicolon, or a comma of East Asia.
            return nil
        default: return false
        }
    }

    /// "san diego ca", "portland oregon": without a comma the last words may be the state.
    private func finding(unseparated words: [UInt8]) -> Finding {
        let finding = finding(bare: words)
        guard case .nothing = finding else { return finding }
        var end = words.endIndex
        for _ in 0..<3 {
            guard let blank = words[..<end].lastIndex(of: 0x20) else { break }
            end = blank
            let found = self.finding(parts: [Array(words[..<blank]), Array(words[(blank + 1)...])])
            if case .nothing = found { continue }
            return found
        }
        return .nothing
    }

    // MARK: A name alone

    /// Countries, and the states and territories of the United States, of that name.
    private func greatPlaces(named key: [UInt8]) -> [Place] {
        var found: [Place] = []
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .area else { return }
            let area = gazetteer.areas.areas[target.index]
            if area.kind == .country || area.parent >= 0 && Int(area.parent) == gazetteer.unitedStates {
                append(.area(gazetteer.areas.resolved(target.index)), to: &found)
            }
        }
        table.places.forEachJurisdiction(named: key) { index in
            let jurisdiction = table.jurisdictions[index]
            if !jurisdiction.id.utf8.contains(UInt8(ascii: "/")),
                jurisdiction.kind == .country || jurisdiction.kind == .union || jurisdiction.id.hasPrefix("US-")
                    || jurisdiction.id.utf8.count == 2
            {
                append(table.places.places[index], to: &found)
            }
        }
        return found
    }

    /// What a name may mean besides what it means first: "Washington" the city.
    private func possibleMeanings(of words: [UInt8]) -> [Place] {
        var found: [Place] = []
        gazetteer.names.forEachTarget(named: PlaceName.key(ofWords: words)) { target in
            guard target.kind == .possibly else { return }
            let meaning = gazetteer.possibleMeaning(target.index)
            found.append(
                meaning.kind == .area ? .area(gazetteer.areas.resolved(meaning.index)) : .division(meaning.index))
        }
        return found
    }

    private func append(_ place: Place, to places: inout [Place]) {
        if !places.contains(place) { places.append(place) }
    }

    /// One place is found, several are ambiguous.
    private func conclude(_ places: [Place], _ method: Resolution.Method, possible: [Place] = []) -> Finding {
        guard let place = places.first else { return .nothing }
        guard places.count == 1 else { return .ambiguous(places) }
        var candidates = self.candidates(of: place)
        let others = possible.filter { $0 != place }
        if !others.isEmpty, candidates.count == 1, candidates[0].certainty == .certain {
            candidates = [
                Resolution.Candidate(
                    chain: candidates[0].chain, certainty: .likely, share: nil, timeZone: candidates[0].timeZone,
                    note: "\(described(others[0])) bears that name too")
            ]
        }
        for other in others {
            candidates += self.candidates(of: other).map { candidate in
                Resolution.Candidate(
                    chain: candidate.chain, certainty: .possible, share: candidate.share, timeZone: candidate.timeZone,
                    note: "\(described(other)) bears that name too")
            }
        }
        return .found(candidates, method)
    }

    private func described(_ place: Place) -> String { "\(chains.name(of: place)) (\(chains.id(of: place)))" }

    private func finding(bare words: [UInt8]) -> Finding {
        for form in NameForm.all(of: words) {
            var found = places(form, in: nil)
            // A subdivision and a part of it with one name: the greater.
            let all = found
            found.removeAll { place in
                guard case .area(let index) = place else { return false }
                return all.contains(.area(Int(gazetteer.areas.areas[index].parent)))
            }
            // In each state the kind that a bare name means first; counties only where nothing else has the name.
            if form.kind == nil { found = firstRankInEachState(of: found) }
            if form.kind == nil { appendPostalCities(named: form.key, to: &found) }
            let finding = conclude(found, .name)
            if case .nothing = finding { continue }
            return finding
        }
        return .nothing
    }

    private func firstRankInEachState(of places: [Place]) -> [Place] {
        guard places.count > 1 else { return places }
        var byState: [Int: [Place]] = [:]
        var others: [Place] = []
        for place in places {
            if case .division(let index) = place {
                byState[Int(gazetteer.divisions.records[index].state), default: []].append(place)
            } else {
                others.append(place)
            }
        }
        let firsts = byState.values.map { firstRank(of: $0) }
        let isOnlyCounties = others.isEmpty && firsts.allSatisfy { $0.allSatisfy { isCounty($0) } }
        return others + firsts.joined().filter { isOnlyCounties || !isCounty($0) }
    }

    func isCounty(_ place: Place) -> Bool {
        guard case .division(let index) = place else { return chains.kind(of: place).isCountyLike }
        return gazetteer.divisions.records[index].rank == .county
    }

    /// Communities without a government of their own, which are known by their post office: the county is what counts.
    private func appendPostalCities(named key: [UInt8], to found: inout [Place]) {
        var states: Set<AreaList.Index> = []
        for place in found {
            if case .division(let index) = place { states.insert(gazetteer.divisions.area(of: index)) }
            if case .jurisdiction = place, case .area(let area) = chains.state(of: place) { states.insert(area) }
        }
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .postalCity, gazetteer.zips.cities[target.index].weight > 0,
                let area = gazetteer.zips.area(ofCity: target.index), !states.contains(area)
            else { return }
            append(.community(target.index), to: &found)
        }
    }

    // MARK: Names in a state or country

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

    /// Of several with one name those of the first kind that there is: cities and villages, towns, townships, counties.
    func firstRank(of places: [Place]) -> [Place] {
        guard places.count > 1, let first = rank(of: places) else { return places }
        return places.filter { rank(of: $0) == first }
    }

    private func rank(of place: Place) -> DivisionList.Rank {
        if case .division(let index) = place { return gazetteer.divisions.records[index].rank }
        return isCounty(place) ? .county : .municipality
    }

    /// The first kind among the places.
    private func rank(of places: [Place]) -> DivisionList.Rank? { places.lazy.map { rank(of: $0) }.min() }

    private func finding(parts: [[UInt8]]) -> Finding {
        guard let last = parts.last else { return .nothing }
        for region in regions(named: last) {
            let finding = finding(Array(parts.dropLast()), in: region)
            if case .nothing = finding { continue }
            return finding
        }
        return .nothing
    }

    /// What the words after the last comma can be: a state before a country, "CA" is California here.
    func regions(named words: [UInt8]) -> [Place] {
        var found: [Place] = []
        if words.count == 2, let code = ISOCode(words) {
            if let state = place(code.ofUnitedStates) { append(state, to: &found) }
            if let country = place(code) { append(country, to: &found) }
        }
        let great = greatPlaces(named: PlaceName.key(ofWords: words))
        for place in great.count > 1 ? great.sorted(by: { weight(of: $0) > weight(of: $1) }) : great {
            append(place, to: &found)
        }
        if words.count == 3, let code = ISOCode(words), let country = place(code) { append(country, to: &found) }
        if words.count == 5, words[2] == 0x20, let code = ISOCode(words[..<2] + [0x2D] + words[3...]),
            let place = place(code)
        {
            append(place, to: &found)  // "San Diego, US-CA"
        }
        return found
    }

    func isInUnitedStates(_ place: Place) -> Bool {
        if case .area(let index) = place { return gazetteer.areas.areas[index].code.isOfUnitedStates }
        let id = chains.id(of: place)
        return id.hasPrefix("US-") && !id.utf8.contains(UInt8(ascii: "/"))
    }

    func finding(_ parts: [[UInt8]], in region: Place) -> Finding {
        guard let first = parts.first else { return .nothing }
        if isInUnitedStates(region) {
            switch parts.count {
            case 1: return finding(first, in: region)
            case 2:
                let found = finding(first, county: parts[1], in: region)
                guard case .nothing = found else { return found }
            default: break
            }
            // A comma of the name itself: "Islamorada, Village of Islands".
            return finding(Array(parts.joined(separator: [0x20])), in: region)
        }
        let country = chains.id(of: region)
        if country == "US" {
            // "California, USA", and "Virgin Islands, U.S., USA"
            let whole = Array(parts.joined(separator: [0x20]))
            if let state = regions(named: whole).first(where: { isInUnitedStates($0) }) {
                return .found(candidates(of: state), .qualifiedName)
            }
            if parts.count > 1 {
                guard let last = parts.last, let state = regions(named: last).first(where: { isInUnitedStates($0) })
                else { return .nothing }
                return finding(Array(parts.dropLast()), in: state)
            }
            for form in NameForm.all(of: first) {
                var found = places(form, in: nil).filter { if case .area = $0 { false } else { true } }
                if form.kind == nil { found = firstRankInEachState(of: found) }
                let finding = conclude(found, .qualifiedName)
                if case .nothing = finding { continue }
                return finding
            }
            // "san diego ca, usa"
            guard let blank = first.lastIndex(of: 0x20),
                let state = regions(named: Array(first[(blank + 1)...])).first(where: { isInUnitedStates($0) })
            else { return .nothing }
            return finding(Array(first[..<blank]), in: state)
        }
        guard parts.count == 1, country.utf8.count == 2 else { return .nothing }
        // "Genève, Switzerland", "Ontario, CA"
        var found: [Place] = []
        let key = PlaceName.key(ofWords: first)
        gazetteer.names.forEachTarget(named: key) { target in
            guard target.kind == .area else { return }
            let area = gazetteer.areas.areas[target.index]
            if !area.code.isCountry, area.code.country.description == country {
                append(.area(gazetteer.areas.resolved(target.index)), to: &found)
            }
        }
        table.places.forEachJurisdiction(named: key) { index in
            if table.jurisdictions[index].id.hasPrefix("\(country)-") {
                append(table.places.places[index], to: &found)
            }
        }
        if let code = ISOCode(Array("\(country)-".utf8) + first), let place = place(code) { append(place, to: &found) }
        let all = found
        found.removeAll { place in
            guard case .area(let index) = place else { return false }
            return all.contains(.area(Int(gazetteer.areas.areas[index].parent)))
        }
        return conclude(found, .qualifiedName)
    }

    /// "San Diego, CA", "Sarasota County, FL"
    private func finding(_ words: [UInt8], in state: Place) -> Finding {
        if words.count > 2, isName(words, of: state) {
            // "Washington, DC" is an alias; "Georgia, GA" names the state twice.
            if places(NameForm(key: PlaceName.key(ofWords: words), kind: nil), in: state).allSatisfy({ isCounty($0) }) {
                return .found(candidates(of: state), .qualifiedName)
            }
        }
        let (all, form) = bestReading(of: words, in: state)
        // A county that is not called one yields to cities, and to post offices elsewhere: "Boise" is not Boise County.
        if let form, form.kind != nil || !all.allSatisfy({ isCounty($0) }) || isPostOffice(words, of: all, in: state) {
            let finding = conclude(all, form: form)
            guard case .nothing = finding else { return finding }
        }
        // "Boise, ID" is "Boise City city" to the Census Bureau.
        let city = NameForm(key: PlaceName.key(ofWords: words + Array(" city".utf8)), kind: nil)
        let finding = conclude(places(city, in: state).filter { !isCounty($0) }, form: city)
        guard case .nothing = finding else { return finding }
        let postal = self.finding(postalCity: words, in: state)
        guard case .nothing = postal else { return postal }
        if !all.isEmpty { return conclude(all, form: form ?? city) }
        // "The Bronx"
        guard words.starts(with: "the ".utf8) else { return .nothing }
        return self.finding(Array(words.dropFirst(4)), in: state)
    }

    /// Whether the place goes by that name.
    private func isName(_ words: [UInt8], of place: Place) -> Bool {
        let name = chains.name(of: place)
        // Folding and writing out keep the first letter, which tells nearly all names apart.
        if let first = name.utf8.first, first < 0x80, first | 0x20 >= 0x61, first | 0x20 <= 0x7A,
            first | 0x20 != words.first
        {
            return false
        }
        return PlaceName.key(ofWords: words) == PlaceName.key(of: name)
    }

    /// Whether a county is where the post office of that name is, or there is none of that name.
    private func isPostOffice(_ words: [UInt8], of counties: [Place], in state: Place) -> Bool {
        guard case .area(let area) = state else { return true }
        let city = NameForm(key: PlaceName.key(ofWords: words + Array(" city".utf8)), kind: nil)
        guard places(city, in: state).allSatisfy({ isCounty($0) }) else { return false }
        let offices = postalCities(named: PlaceName.key(ofWords: words), in: area)
            .filter { gazetteer.zips.cities[$0].weight > 0 }
        return offices.allSatisfy { office in
            chains.county(ofCommunity: office).map { counties.contains(.division($0)) } ?? true
        }
    }

    /// The places that the words mean, with or without the last or first of them as a word for the kind: "Iowa City"
    /// is a name, "Union town" is Union and not Uniontown, "Bloomington city" no township of that name.
    private func bestReading(of words: [UInt8], in state: Place) -> ([Place], NameForm?) {
        let forms = NameForm.all(of: words)
        let whole = places(forms[0], in: state)
        for form in forms.dropFirst() {
            let stripped = places(form, in: state)
            guard let first = rank(of: stripped) else { continue }
            let exact = whole.filter { place in
                guard case .division(let index) = place else { return true }
                return gazetteer.divisions.baseWords(of: index) == words
            }
            if form.kind != .county, let best = rank(of: exact), best <= first { break }
            return (stripped, form)
        }
        guard !whole.isEmpty else { return ([], nil) }
        guard whole.count > 1 else { return (whole, forms[0]) }
        // "Lake View" and "Lakeview" may both be there.
        let exact = whole.filter { place in
            guard case .division(let index) = place else { return false }
            return gazetteer.divisions.baseWords(of: index) == words
        }
        return (rank(of: exact) == rank(of: whole) ? exact : whole, forms[0])
    }

    /// Decides between places of one name in one state.
    private func conclude(_ all: [Place], form: NameForm) -> Finding {
        guard form.kind == nil else { return conclude(withoutCountiesOfCities(all), .qualifiedName) }
        let first = firstRank(of: all)
        guard let place = first.first, first.count == 1, all.count > 1 else { return conclude(first, .qualifiedName) }
        if case .division(let index) = place, gazetteer.divisions.records[index].rank == .township {
            // A township alone does not outdo a county elsewhere: "Liberty" may be either.
            let counties = all.filter { other in
                guard case .division(let county) = other, isCounty(other) else { return false }
                return !gazetteer.divisions.lies(index, in: county)
            }
            if !counties.isEmpty { return .ambiguous([place] + counties) }
        }
        // What the table has rules of is never dropped for a namesake without: it is judged as well.
        let rivals = all.filter { $0 != place && !isCounty($0) && table.places.index(of: $0) != nil }
        return conclude([place], .qualifiedName, possible: rivals)
    }

    /// Leaves out counties that are one with a city among the places: "Juneau City and Borough" is both.
    private func withoutCountiesOfCities(_ places: [Place]) -> [Place] {
        places.filter { place in
            guard case .division(let index) = place,
                let city = gazetteer.divisions.place(containingCounty: index)
            else { return true }
            return !places.contains(.division(city))
        }
    }

    /// "City, County, ST"
    private func finding(_ words: [UInt8], county countyWords: [UInt8], in state: Place) -> Finding {
        var counties: [DivisionList.Index] = []
        for form in NameForm.all(of: countyWords) where form.kind == nil || form.kind != .city {
            for place in places(form, in: state) {
                if case .division(let index) = place, isCounty(place), !counties.contains(index) {
                    counties.append(index)
                }
            }
        }
        for form in NameForm.all(of: words) {
            let near = places(form, in: state).filter { place in
                switch place {
                case .area, .community: return false
                case .division(let index):
                    return counties.contains { $0 != index && gazetteer.divisions.lies(index, in: $0) }
                case .jurisdiction:
                    let chain = candidates(of: place).map { $0.chain }
                    return counties.contains { county in
                        let id = chains.id(of: .division(county))
                        return chain.contains { $0.contains { $0.id == id } }
                    }
                }
            }
            let first = form.kind == nil ? firstRank(of: near) : near
            guard let place = first.first else { continue }
            guard first.count == 1 else { return .ambiguous(first) }
            if case .division(let index) = place,
                let county = counties.first(where: { gazetteer.divisions.lies(index, in: $0) })
            {
                return .found([candidate(place, county: county, certainty: .certain)], .qualifiedName)
            }
            return .found(candidates(of: place), .qualifiedName)
        }
        return .nothing
    }

    /// A name that only the Postal Service has: a community without a government, a part of a city, or a city that
    /// shares its government with its county. What its ZIP codes may mean is what it may mean.
    private func finding(postalCity words: [UInt8], in state: Place) -> Finding {
        guard case .area(let area) = state else { return .nothing }
        let cities = postalCities(named: PlaceName.key(ofWords: words), in: area)
        return cities.isEmpty ? .nothing : .found(candidates(ofPostalCities: cities), .qualifiedName)
    }

    func candidates(ofPostalCities cities: [Int]) -> [Resolution.Candidate] {
        var found: [(candidate: Resolution.Candidate, ids: [String], count: Int)] = []
        var zips: [ZIPCodeList.Index] = []
        for city in cities {
            let all = gazetteer.zips.zipCodes(ofCity: city)
            let own = all.filter { Int(gazetteer.zips.records[$0].city) == city }
            zips += own.isEmpty ? all : own
        }
        for zip in zips.prefix(Self.postalLimit) {
            for candidate in candidates(ofZIP: zip) {
                let ids = candidate.chain.map { $0.id }
                if let known = found.firstIndex(where: { $0.ids == ids }) {
                    found[known].count += 1
                } else {
                    found.append((candidate, ids, 1))
                }
            }
        }
        // Small cities inside that have no rules differ in nothing from the county around them.
        let isMany = found.count > Self.manyCandidates
        let others = Set(found.compactMap { $0.candidate.place.kind.isCountyLike ? $0.ids.first : nil })
        found.removeAll { entry in
            isMany && entry.count * 2 < zips.count && entry.candidate.place.kind == .place
                && entry.candidate.place.index == nil
                && entry.ids.count > 1 && others.contains(entry.ids[1])
        }
        let sorted = found.enumerated().sorted { left, right in
            left.element.count != right.element.count
                ? left.element.count > right.element.count : left.offset < right.offset
        }.map { $0.element }
        let name = cities.first.map { String(decoding: gazetteer.zips.nameBytes(ofCity: $0), as: UTF8.self) } ?? ""
        let count = min(zips.count, Self.postalLimit)
        return sorted.enumerated().map { position, entry in
            Resolution.Candidate(
                chain: entry.candidate.chain,
                certainty: position == 0 && entry.count * 2 >= count ? .likely : .possible, share: nil,
                timeZone: entry.candidate.timeZone,
                note: "\(name) is a postal name; \(entry.count) of its \(count) ZIP codes may lie here")
        }
    }

    /// More candidates than these are thinned out.
    private static let manyCandidates = 8
    /// So many of a city's ZIP codes are looked at: what the rest would add is in the same counties.
    private static let postalLimit = 200

    // MARK: A ZIP code with a name

    /// "ca 92101" in its two parts.
    private static func splittingZIP(_ words: [UInt8]) -> (rest: [UInt8], zip: UInt32)? {
        guard let end = words.last, end >= 0x30, end <= 0x39 else { return nil }
        // Folding made "92101-1234" two words.
        for length in [5, 10, 9] where words.count >= length {
            let tail = words.suffix(length)
            guard
                let zip = PlaceCode.zip(Substring(String(decoding: tail.map { $0 == 0x20 ? 0x2D : $0 }, as: UTF8.self)))
            else { continue }
            let rest = words.dropLast(length)
            guard rest.isEmpty || rest.last == 0x20 else { continue }
            if length == 5, rest.count >= 6, rest.last == 0x20, rest.dropLast().suffix(5).decimalValue != nil {
                continue
            }
            return (Array(rest.isEmpty ? rest : rest.dropLast()), zip)
        }
        return nil
    }

    /// The city of an address and its ZIP code, each of which says something of where it is.
    private func finding(address parts: [[UInt8]], zip number: UInt32, in text: Substring) -> Finding {
        guard let zip = gazetteer.zips.index(of: number) else { return .nothing }
        let byCode = candidates(ofZIP: zip)
        var named: Finding = .nothing
        for start in parts.indices {
            // A street before the city is passed over.
            let rest = Array(parts[start...])
            named = rest.count > 1 ? finding(parts: rest) : finding(bareOrState: rest[0], zip: zip)
            if case .nothing = named, rest.count == 1 || rest.count == 2 { break }
            if case .nothing = named { continue }
            break
        }
        if case .nothing = named,
            let state = parts.last.flatMap({ regions(named: $0) })?.first(where: { isInUnitedStates($0) })
        {
            let id = chains.id(of: state)
            if !byCode.contains(where: { $0.chain.contains { $0.id == id } }) {
                named = .found(candidates(of: state), .name)
            }
        }
        guard case .found(let byName, _) = named else {
            let known = finding(zip: zip)
            guard case .found = known, case .nothing = named, let stranger = stranger(in: parts, to: zip) else {
                return known
            }
            // A slip of the pen, or the wrong code: the code is what can be judged, and the doubt is told.
            let code = gazetteer.zips.code(of: zip)
            let name = Self.spelling(of: stranger, in: text)
            return .doubted(
                byCode.map {
                    let doubt = "\"\(name)\" is no known name of \(code)"
                    return Resolution.Candidate(
                        chain: $0.chain, certainty: $0.certainty == .certain ? .likely : $0.certainty, share: $0.share,
                        timeZone: $0.timeZone, note: $0.note.map { "\($0); \(doubt)" } ?? doubt)
                }, .zipCode,
                caveat: "No place called \"\(name)\" is known at \(code); the ZIP code alone was judged.")
        }
        // The name picks among the candidates of the code, and a place of that name is likely.
        let ids = Set(byName.map { $0.place.id })
        let counties = Set(byCode.flatMap { $0.chain.map { $0.id } })
        let agreeing = byName.filter { candidate in
            let home =
                candidate.place.kind == .place && candidate.chain.count > 1 ? candidate.chain[1] : candidate.place
            return counties.contains(home.id)
        }
        guard !agreeing.isEmpty else {
            // They contradict each other: both are judged.
            let both = byName + byCode
            return .found(
                both.map {
                    Resolution.Candidate(
                        chain: $0.chain, certainty: .possible, share: $0.share, timeZone: $0.timeZone,
                        note: "the name and the ZIP code do not fit together")
                }, .zipCode)
        }
        let picked = byCode.filter { ids.contains($0.place.id) }
        guard !picked.isEmpty else {
            // The ZIP code does not know the city by that name, but it lies in the county.
            let isLocal = agreeing.allSatisfy { $0.place.kind == .place }
            return .found(isLocal ? Self.distinct(agreeing + byCode) : byCode, .zipCode)
        }
        let others = byCode.filter { candidate in !ids.contains(candidate.place.id) && candidate.place.kind != .place }
        return .found(picked + others, .zipCode)
    }

    /// What of an address names neither a state nor a postal city of the ZIP code.
    private func stranger(in parts: [[UInt8]], to zip: ZIPCodeList.Index) -> [UInt8]? {
        let names = gazetteer.zips.cityNames(of: zip).map { PlaceName.key(ofWords: PlaceName.words(of: $0)) }
        if parts.contains(where: { names.contains(PlaceName.key(ofWords: $0)) }) { return nil }
        return parts.first { part in !regions(named: part).contains { isInUnitedStates($0) } }
    }

    /// The words as they were typed.
    private static func spelling(of words: [UInt8], in text: Substring) -> String {
        for part in text.split(whereSeparator: { separators.contains($0) }) {
            // The ZIP code at the end of a part is one word or two.
            var typed = part
            for _ in 0..<3 {
                while typed.last?.isWhitespace == true { typed.removeLast() }
                if PlaceName.words(of: typed.utf8) == words { return String(typed.drop { $0.isWhitespace }) }
                guard let blank = typed.lastIndex(where: { $0.isWhitespace }) else { break }
                typed = typed[..<blank]
            }
        }
        return String(decoding: words, as: UTF8.self)
    }

    private func finding(bareOrState words: [UInt8], zip: ZIPCodeList.Index) -> Finding {
        if regions(named: words).contains(where: { isInUnitedStates($0) }) { return .nothing }
        guard let area = gazetteer.zips.state(of: zip).area else { return .nothing }
        return finding(words, in: .area(area))
    }

    private static func distinct(_ candidates: [Resolution.Candidate]) -> [Resolution.Candidate] {
        var seen: Set<[String]> = []
        return candidates.filter { seen.insert($0.chain.map { $0.id }).inserted }
    }
}
