import ArgumentParser
import Varlink

extension LegalStatus: ExpressibleByArgument {}

/// Which jurisdictions are listed.
struct ListFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this country and what lies in it (ISO 3166-1).", valueName: "code"))
    var country: String?

    @Option(help: ArgumentHelp("Only with this answer.", valueName: "status"))
    var status: LegalStatus?

    @Option(help: ArgumentHelp("Only this kind: country, state, county, place …", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Only where a rule began or ended on this day or later.", valueName: "YYYY-MM-DD"))
    var changedSince: String?

    func write(to writer: inout JSONWriter) {
        writer.member("country", ifPresent: country)
        writer.member("status", ifPresent: status?.rawValue)
        writer.member("kind", ifPresent: kind)
        writer.member("changed_since", ifPresent: changedSince)
    }
}
