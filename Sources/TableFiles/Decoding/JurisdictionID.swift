import Legality

/// The parts of a jurisdiction's id: `US`, `US-CA`, `US-CA/place:san_diego`.
struct JurisdictionID {
    /// ISO 3166-1 alpha-2.
    let country: String
    /// ISO 3166-2, where the id has one.
    let subdivision: String?
    /// What the last step of the path is, `place`; nil where there is no path.
    let localKind: Jurisdiction.Kind?

    var isLocal: Bool { localKind != nil }

    /// The kinds that an Open Civic Data path can name.
    static let localKinds: [Jurisdiction.Kind] = [
        .county, .parish, .borough, .municipio, .censusArea, .place, .reservation,
    ]

    init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let code = parts.removeFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard code[0].utf8.count == 2, code[0].utf8.allSatisfy(JurisdictionID.isUpper) else { return nil }
        country = String(code[0])
        if code.count == 2 {
            guard (1...3).contains(code[1].utf8.count),
                code[1].utf8.allSatisfy({ JurisdictionID.isUpper($0) || JurisdictionID.isDigit($0) })
            else { return nil }
            subdivision = "\(country)-\(code[1])"
        } else {
            subdivision = nil
        }
        var last: Jurisdiction.Kind?
        for part in parts {
            let step = part.split(separator: ":", omittingEmptySubsequences: false)
            guard step.count == 2, let kind = Jurisdiction.Kind(rawValue: String(step[0])),
                JurisdictionID.localKinds.contains(kind), !step[1].isEmpty,
                step[1].unicodeScalars.allSatisfy(JurisdictionID.isPathScalar)
            else { return nil }
            last = kind
        }
        localKind = last
    }

    /// What the id itself says that the jurisdiction lies in: the country of a state, the state of a city.
    var owner: String? { isLocal ? subdivision ?? country : subdivision == nil ? nil : country }

    /// Whether a jurisdiction with the other id can lie in this one.
    func canHold(_ other: JurisdictionID) -> Bool {
        country == other.country && (subdivision == nil || !other.isLocal || subdivision == other.subdivision)
    }

    /// What is wrong with a kind beside this id.
    func problem(with kind: Jurisdiction.Kind) -> (message: String, hint: String)? {
        if let localKind {
            guard kind != localKind else { return nil }
            return ("kind \"\(kind.rawValue)\" does not fit the id", "by its id it is a \(localKind.rawValue)")
        }
        let fitting: [Jurisdiction.Kind] =
            subdivision == nil ? [.country, .territory, .union] : [.state, .territory, .district]
        guard !fitting.contains(kind) else { return nil }
        let words = fitting.map(\.rawValue).joined(separator: ", ")
        return ("kind \"\(kind.rawValue)\" does not fit the id", "with such an id it is one of \(words)")
    }

    static func hint(for text: String) -> String {
        if JurisdictionID(text.uppercased()) != nil { return "write \(text.uppercased())" }
        if text.hasPrefix("ocd-division/") { return "write the ISO code and the rest: US-CA/place:san_diego" }
        return "ids are CH, US-AL, or US-CA/place:san_diego (\(localKinds.map(\.rawValue).joined(separator: ", ")))"
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Open Civic Data: lower case, digits, and `-._~`.
    private static func isPathScalar(_ scalar: Unicode.Scalar) -> Bool {
        if "-._~".unicodeScalars.contains(scalar) { return true }
        return scalar.properties.numericType == .decimal
            || (scalar.properties.isAlphabetic && !scalar.properties.isUppercase)
    }
}
