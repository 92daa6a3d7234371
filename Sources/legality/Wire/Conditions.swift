/// What makes a regulated thing lawful. What is absent is not asked for.
struct Conditions: Equatable, Sendable {
    var minimumAge: Int?
    var max7OHPercent: Double?
    var max7OHPartsPerMillion: Double?
    var forms: [String]
    var excludedForms: [String]
    var isBarredToSynthetics: Bool
    var needsLicence: Bool
    var needsRegistration: Bool
    var needsPrescription: Bool
    var needsLabelling: Bool
    var needsTesting: Bool
    var isBehindCounter: Bool
    var other: [String]

    init(_ fields: Fields) throws(Failure) {
        minimumAge = try fields.optionalInteger("minimum_age")
        max7OHPercent = try fields.optionalNumber("max_7oh_percent")
        max7OHPartsPerMillion = try fields.optionalNumber("max_7oh_ppm")
        forms = try fields.optionalStrings("forms") ?? []
        excludedForms = try fields.optionalStrings("excluded_forms") ?? []
        isBarredToSynthetics = try fields.optionalBoolean("no_synthetics") ?? false
        needsLicence = try fields.optionalBoolean("licence") ?? false
        needsRegistration = try fields.optionalBoolean("registration") ?? false
        needsPrescription = try fields.optionalBoolean("prescription") ?? false
        needsLabelling = try fields.optionalBoolean("labelling") ?? false
        needsTesting = try fields.optionalBoolean("testing") ?? false
        isBehindCounter = try fields.optionalBoolean("behind_counter") ?? false
        other = try fields.optionalStrings("other") ?? []
    }

    /// Each condition that has a name of its own, in a few words.
    var phrases: [String] {
        var phrases: [String] = []
        if let minimumAge { phrases.append("\(minimumAge) years or older") }
        if let max7OHPercent { phrases.append("7-OH at most \(Decimal.text(max7OHPercent)) % of the alkaloids") }
        if let max7OHPartsPerMillion { phrases.append("7-OH at most \(Decimal.text(max7OHPartsPerMillion)) ppm") }
        if !forms.isEmpty { phrases.append("only as " + forms.joined(separator: ", ")) }
        if !excludedForms.isEmpty { phrases.append("not as " + excludedForms.joined(separator: ", ")) }
        if isBarredToSynthetics { phrases.append("no synthetic alkaloids") }
        if needsPrescription { phrases.append("on prescription") }
        if needsLicence { phrases.append("licensed seller") }
        if needsRegistration { phrases.append("registered") }
        if needsLabelling { phrases.append("prescribed label") }
        if needsTesting { phrases.append("laboratory-tested") }
        if isBehindCounter { phrases.append("behind the counter") }
        return phrases
    }
}

extension Conditions {
    /// All of them, in words.
    var texts: [String] { phrases + other }
}

/// Numbers for people.
enum Decimal {
    /// The shortest text for it, without a fraction where there is none.
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}
