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
        // What begins with none of the words costs no more than a look at its first bytes.
        if Self.begins(bytes, with: "fips:") || Self.begins(bytes, with: "geoid:") {
            let lower = text.lowercased()
            for prefix in ["fips:", "geoid:"] where lower.hasPrefix(prefix) {
                let digits = text.dropFirst(prefix.count).drop { $0 == " " }
                guard digits.utf8.count <= 10, !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
                else { return nil }
                self = .geoid(String(digits))
                return
            }
        }
        if Self.begins(bytes, with: "zip"), text.lowercased().hasPrefix("zip") {
            let rest = text.dropFirst(3).drop { $0 == " " || $0 == ":" }
            if let zip = Self.zip(rest) {
                self = .zip(zip)
                return
            }
        }
        if Self.begins(bytes, with: "ocd-division/") {
            let lower = text.lowercased()
            if lower.hasPrefix("ocd-division/") {
                guard let code = Self.ocd(lower.dropFirst("ocd-division/".count)) else { return nil }
                self = .ocd(code)
                return
            }
        }
        if let slash = Self.slash(in: text) {
            guard let code = ISOCode(bytes[..<slash]), code.length != 3, text.last != "/" else { return nil }
            let path = text.utf8[bytes.index(after: slash)...]
            let isLower = path.allSatisfy { $0 < 0x80 && !($0 >= 0x41 && $0 <= 0x5A) }
            self = .path(code, isLower ? String(Substring(path)) : Substring(path).lowercased())
            return
        }
        if bytes.count == 8, bytes.first == 0xF0, let country = Self.flag(text) {
            self = .iso(country)
            return
        }
        guard let code = ISOCode(bytes) else { return nil }
        self = code.isCountry ? .twoLetters(code) : .iso(code)
    }

    /// The first slash that is a character of its own.
    private static func slash(in text: Substring) -> Substring.Index? {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        return text.utf8.allSatisfy { $0 < 0x80 } ? slash : text.firstIndex(of: "/")
    }

    /// Whether the bytes begin with a word of ASCII, in any case.
    private static func begins(_ bytes: Substring.UTF8View, with word: StaticString) -> Bool {
        guard bytes.count >= word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in Swift.zip(bytes, word).allSatisfy { $0 == $1 || $0 | 0x20 == $1 } }
    }

    /// A ZIP code of five digits, or of nine with or without the hyphen.
    static func zip(_ text: Substring) -> UInt32? {
        guard (5...10).contains(text.utf8.count), let first = text.utf8.first, first >= 0x30, first <= 0x39 else {
            return nil
        }
        let bytes = Array(text.utf8)
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
