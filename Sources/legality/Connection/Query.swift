import Varlink

/// What is asked about a place.
struct Query: Sendable, Equatable {
    var substance: String?
    var activity: Activity?
    var age: Int?
    var on: String?
    var percent7OH: Double?
    var partsPerMillion7OH: Double?
    var form: String?
    var isLicensed = false
    var hasPrescription = false
    var isExplained = false

    /// Writes the members that are asked about, without the place.
    func write(to writer: inout JSONWriter) {
        writer.member("substance", ifPresent: substance)
        writer.member("activity", ifPresent: activity?.rawValue)
        writer.member("age", ifPresent: age)
        writer.member("on", ifPresent: on)
        writer.member("percent_7oh", ifPresent: percent7OH)
        writer.member("ppm_7oh", ifPresent: partsPerMillion7OH)
        writer.member("form", ifPresent: form)
        if isLicensed { writer.member("licensed", true) }
        if hasPrescription { writer.member("prescription", true) }
        if isExplained { writer.member("explain", true) }
    }

    /// Writes all parameters of `Check`.
    func write(place: String, to writer: inout JSONWriter) {
        writer.member("place", place)
        write(to: &writer)
    }
}
