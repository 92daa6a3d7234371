/// A ZIP code with a name: "San Diego, CA 92101".
extension Resolver {
    /// "ca 92101" in its two parts.
    static func splittingZIP(_ words: [UInt8]) -> (rest: [UInt8], zip: UInt32)? {
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
    func finding(address parts: [[UInt8]], zip number: UInt32, in text: Substring) -> Finding {
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

    /// The words as they were typed; folded where there is something among them that a terminal or a list would obey.
    private static func spelling(of words: [UInt8], in text: Substring) -> String {
        for part in text.split(whereSeparator: { separators.contains($0) }) {
            // The ZIP code at the end of a part is one word or two.
            var typed = part
            for _ in 0..<3 {
                while typed.last?.isWhitespace == true { typed.removeLast() }
                if PlaceName.words(of: typed.utf8) == words, typed.unicodeScalars.allSatisfy(isShown) {
                    return String(typed.drop { $0.isWhitespace })
                }
                guard let blank = typed.lastIndex(where: { $0.isWhitespace }) else { break }
                typed = typed[..<blank]
            }
        }
        return String(decoding: words, as: UTF8.self)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
        default: scalar != "\""
        }
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
