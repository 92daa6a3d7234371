/// Codes that places go by, as far as their form tells them from names.
enum PlaceCode: Equatable {
    /// Two letters: a country, a state's postal abbreviation, or either.
    case twoLetters(ISOCode)
    /// `US-CA`, `CHE`
    case iso(ISOCode)
    /// `US-CA/place:san_diego`: the area and the path below it
    case path(ISOCode, String)
    /// An OCD-ID, already in the form of the others
    indirect case ocd(PlaceCode)
    /// `fips:06073`
    case geoid(String)
    case zip(UInt32)

    init?(_ text: Substring) {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= 200 else { return nil }
        if let zip = Self.zip(text) {
            self = .zip(zip)
            return
        }
        let lower = text.lowercased()
        for prefix in ["fips:", "geoid:"] where lower.hasPrefix(prefix) {
            let digits = text.dropFirst(prefix.count).drop { $0 == " " }
            guard digits.utf8.count <= 10, !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
                return nil
            }
            self = .geoid(String(digits))
            return
        }
        if lower.hasPrefix("zip") {
            let rest = text.dropFirst(3).drop { $0 == " " || $0 == ":" }
            if let zip = Self.zip(rest) {
                self = .zip(zip)
                return
            }
        }
        if lower.hasPrefix("ocd-division/") {
            guard let code = Self.ocd(lower.dropFirst("ocd-division/".count)) else { return nil }
            self = .ocd(code)
            return
        }
        if let slash = text.firstIndex(of: "/") {
            guard let code = ISOCode(bytes[..<slash]), code.length != 3, text.last != "/" else { return nil }
            self = .path(code, String(text[text.index(after: slash)...]).lowercased())
            return
        }
        if let country = Self.flag(text) {
            self = .iso(country)
            return
        }
        guard let code = ISOCode(bytes) else { return nil }
        self = code.isCountry ? .twoLetters(code) : .iso(code)
    }

    /// A ZIP code of five digits, or of nine with or without the hyphen.
    static func zip(_ text: Substring) -> UInt32? {
        let bytes = Array(text.utf8.prefix(11))
        switch bytes.count {
        case 5: return bytes.decimalValue
        case 9: return bytes.decimalValue == nil ? nil : bytes[..<5].decimalValue
        case 10 where bytes[5] == UInt8(ascii: "-"):
            return bytes[6...].decimalValue == nil ? nil : bytes[..<5].decimalValue
        default: return nil
        }
    }

    /// `country:us/state:ca/place:san_diego`
    private static func ocd(_ text: Substring) -> PlaceCode? {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        let values = parts.prefix(2).map { $0.split(separator: ":", omittingEmptySubsequences: false) }
        guard let country = values.first, country.count == 2, country[0] == "country" else { return nil }
        guard parts.count > 1 else { return ISOCode(country[1].utf8).map { .iso($0) } }
        guard values[1].count == 2,
            ["state", "territory", "district", "province", "region", "canton", "subdivision"].contains(values[1][0]),
            let code = ISOCode("\(country[1])-\(values[1][1])")
        else { return nil }
        return parts.count == 3 ? .path(code, String(parts[2])) : .iso(code)
    }

    /// The country of an emoji flag.
    private static func flag(_ text: Substring) -> ISOCode? {
        let letters = text.unicodeScalars.map { $0.value }
        guard letters.count == 2, letters.allSatisfy({ $0 >= 0x1F1E6 && $0 <= 0x1F1FF }) else { return nil }
        return ISOCode(letters.map { UInt8($0 - 0x1F1E6) + 0x41 })
    }
}
