import ArgumentParser
import Varlink

extension LegalStatus: ExpressibleByArgument {}

/// The kinds of jurisdictions.
enum JurisdictionKind: String, CaseIterable, ExpressibleByArgument, Sendable {
    case country, state, territory, district, county, parish, borough, municipio
    case censusArea = "census_area"
    case place, reservation, union
}

/// Which jurisdictions are listed.
struct ListFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only this country and what lies in it, by code (ISO 3166) or name; or a state and what lies in it.",
            valueName: "country"),
        completion: .custom(Completion.places))
    var country: String?

    @Option(help: ArgumentHelp("Only with this answer.", valueName: "status"))
    var status: LegalStatus?

    @Option(help: ArgumentHelp("Only this kind of jurisdiction.", valueName: "kind"))
    var kind: JurisdictionKind?

    @Option(help: ArgumentHelp("Only where a rule began or ended on this day or later.", valueName: "YYYY-MM-DD"))
    var changedSince: String?

    /// The code that the daemon takes: what is not in the form of one is a name, which the daemon knows.
    func countryCode(_ daemon: inout Daemon) throws(Failure) -> String? {
        guard let country else { return nil }
        let parts = country.split(separator: "-", omittingEmptySubsequences: false)
        let isCode =
            parts.first?.utf8.count == 2 && parts.count <= 2
            && parts.allSatisfy { $0.utf8.count <= 3 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        return isCode ? country : try Self.id(of: country, &daemon)
    }

    /// Where nothing is listed: that there is no such country, if there is none.
    func checkCountry(_ code: String?, _ daemon: inout Daemon) throws(Failure) {
        if let code { _ = try Self.id(of: code, &daemon) }
    }

    private static func id(of place: String, _ daemon: inout Daemon) throws(Failure) -> String? {
        let resolution = try Resolution(Fields(daemon.call("Resolve") { $0.member("place", place) }, path: ""))
        return resolution.candidates.first?.place.id
    }

    func write(country: String?, to writer: inout JSONWriter) {
        writer.member("country", ifPresent: country)
        writer.member("status", ifPresent: status?.rawValue)
        writer.member("kind", ifPresent: kind?.rawValue)
        writer.member("changed_since", ifPresent: changedSince)
    }
}
