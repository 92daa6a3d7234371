import ArgumentParser
import Varlink

struct Upcoming: Documented {
    static let configuration = CommandConfiguration(
        commandName: "upcoming", abstract: "List enacted changes that are still to come.")

    static let details = [
        "Lists the rules that begin or end within the time, by date. Bills and drafts are not among them: "
            + "show has those."
    ]

    static let examples = [
        Example("legality upcoming --within 1y", "what changes within a year"),
        Example("legality upcoming US-KY --json", "for one place, for a program"),
    ]

    @Argument(
        help: ArgumentHelp("Only what concerns this place.", valueName: "place"),
        completion: .custom(Completion.places))
    var place: String?

    @Option(
        help: ArgumentHelp(
            "How far to look ahead: a number of days, or with d, w, m or y behind it.", valueName: "time")
    )
    var within = Horizon(days: 90)

    @OptionGroup(title: "Output") var format: ListFormatOptions
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        var daemon = try connection.connect()
        let reply = try daemon.call("Upcoming") { writer in
            writer.member("within_days", within.days)
            writer.member("place", ifPresent: place)
        }
        var output = StandardOutput()
        if format.effective == .json {
            try output.writeLine(reply.text)
            return try output.flush()
        }
        let changes = try Fields(reply, path: "").objects("changes", as: UpcomingChange.init)
        if changes.isEmpty, format.effective == .table {
            StandardError.report("nothing is enacted for the next \(within.days) days")
        }
        let isTable = format.effective == .table
        guard !changes.isEmpty || !isTable else { return }
        try Self.listing(changes).print(
            as: format.effective, withHeader: !format.isHeaderOff, terminal: display.pagedTerminal(isTable), to: &output
        )
    }

    static func listing(_ changes: [UpcomingChange]) -> Listing {
        var listing = Listing(columns: [
            .init(name: "on", title: "ON"),
            .init(name: "id", title: "ID"),
            .init(name: "name", title: "NAME", least: 16, isOptional: true),
            .init(name: "event", title: "EVENT"),
            .init(name: "status", title: "STATUS"),
            .init(name: "substances", title: "SUBSTANCES", least: 16),
            .init(name: "rule", title: "RULE", least: 16, isOptional: true),
            .init(name: "citation", title: "CITATION", least: 16, isOptional: true),
        ])
        listing.rows = changes.map { change in
            [
                .init(change.on), .init(change.place.id), .init(change.place.name), .init(change.event),
                .init(change.status),
                .init(
                    change.substances.joined(separator: " "),
                    text: StyledText(change.substances.joined(separator: ", "))),
                .init(change.rule), .init(change.citation),
            ]
        }
        return listing
    }
}

/// How far to look ahead.
struct Horizon: ExpressibleByArgument, Sendable, CustomStringConvertible {
    static let limit = 36500

    var days: Int

    init(days: Int) { self.days = days }

    init?(argument: String) {
        var digits = Substring(argument)
        var factor = 1
        if let unit = digits.last, !unit.isNumber {
            switch unit {
            case "d": factor = 1
            case "w": factor = 7
            case "m": factor = 30
            case "y": factor = 365
            default: return nil
            }
            digits = digits.dropLast()
        }
        guard let number = Int(digits), number >= 0, number <= Horizon.limit / factor else { return nil }
        days = number * factor
    }

    var defaultValueDescription: String { "\(days)d" }
    var description: String { "\(days)d" }
}
