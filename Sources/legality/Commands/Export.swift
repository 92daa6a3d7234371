import ArgumentParser
import Varlink

struct Export: Documented {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Export what a shop's checkout has to block, as CSV, TSV or JSON.")

    static let details = [
        "With --blocklist: the areas of the United States where the answer is the given one (prohibited, if none is "
            + "given): states by postal abbreviation, counties by FIPS code, places by GEOID, and ZIP codes, in this "
            + "order. Each has its status, the age that is asked for, the rule that decided, and how certain it is "
            + "that an address in the area falls under it: a ZIP code may lie in several jurisdictions.",
        "Spreadsheets have to load the codes as text, as some begin with a zero. The list is long and comes as it is "
            + "made.",
    ]

    static let examples = [
        Example("legality export --blocklist --activity buy > blocklist.csv", "everything that a shop may not serve"),
        Example("legality export --blocklist --level zip --no-header | cut -d, -f2", "the ZIP codes alone"),
        Example("legality export --blocklist --status regulated --format json", "where there are conditions"),
    ]

    /// How an area is named.
    enum Level: String, CaseIterable, ExpressibleByArgument, Sendable {
        case state, county, place, zip
    }

    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
        case csv, tsv, json
    }

    @Flag(help: "The areas that have one answer.")
    var blocklist = false

    @Option(help: ArgumentHelp("The answer (default: prohibited).", valueName: "status"))
    var status: LegalStatus?

    @Option(help: ArgumentHelp("Only areas of this level.", valueName: "level"))
    var level: Level?

    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Question") var day: DayOption

    @Option(help: ArgumentHelp("The form of the rows.", valueName: "format"))
    var format = Format.csv

    @Flag(help: "Short for --format json.")
    var json = false

    @Flag(name: .customLong("no-header"), help: "Leave out the names of the columns.")
    var isHeaderOff = false

    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func validate() throws {
        if !blocklist { throw ValidationError("what is to be exported has to be said: --blocklist") }
    }

    func run() throws {
        var daemon = try connection.connect()
        daemon.send("Blocklist", more: true) { writer in
            writer.member("status", ifPresent: status?.rawValue)
            writer.member("substance", ifPresent: subject.substance)
            writer.member("activity", ifPresent: subject.activity?.rawValue)
            writer.member("on", ifPresent: day.on)
        }
        let format = json ? .json : format
        var output = StandardOutput()
        if format == .json { try output.write("{\"areas\":[") }
        var isFirst = true
        var continues = true
        while continues {
            let reply = try daemon.receive()
            if let error = reply.error { throw error.failure }
            let areas = reply.parameters["areas"]?.arrayValue ?? []
            let chosen = areas.filter { level == nil || $0["level"]?.stringValue == level?.rawValue }
            if format == .json {
                for area in chosen {
                    try output.write(isFirst ? area.text : ",\(area.text)")
                    isFirst = false
                }
            } else {
                var listing = Listing(columns: Self.columns)
                for (position, area) in chosen.enumerated() {
                    listing.rows.append(Self.row(try BlockedArea(Fields(area, path: "areas[\(position)]"))))
                }
                let withHeader = isFirst && !isHeaderOff
                let lines = format == .csv ? listing.csv(withHeader: withHeader) : listing.tsv(withHeader: withHeader)
                for line in lines { try output.writeLine(line) }
                isFirst = false
            }
            continues = reply.continues
        }
        if format == .json { try output.writeLine("]}") }
        try output.flush()
    }

    private static let columns: [Listing.Column] = [
        .init(name: "level", title: "LEVEL"), .init(name: "code", title: "CODE"), .init(name: "id", title: "ID"),
        .init(name: "name", title: "NAME"), .init(name: "state", title: "STATE"),
        .init(name: "status", title: "STATUS"), .init(name: "minimum_age", title: "AGE"),
        .init(name: "from", title: "FROM"), .init(name: "rule", title: "RULE"),
        .init(name: "certainty", title: "CERTAINTY"),
    ]

    private static func row(_ area: BlockedArea) -> [Listing.Cell] {
        [
            .init(area.level), .init(area.code), .init(area.id), .init(area.name), .init(area.state),
            .init(area.status), .init(area.minimumAge.map { "\($0)" } ?? ""), .init(area.from), .init(area.rule),
            .init(area.certainty),
        ]
    }
}
