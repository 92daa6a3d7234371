import ArgumentParser
import Varlink

struct List: Documented {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List jurisdictions with their answer.")

    static let details = [
        "Lists the jurisdictions that the table holds, with the answer for each and the levels above it. "
            + "CHANGED is the day on which a rule of it began or ended last. Long output is paged on a terminal."
    ]

    static let examples = [
        Example("legality list --country US --status prohibited", "where in the United States it is prohibited"),
        Example("legality list --kind state --sort -changed", "states, the newest change first"),
        Example("legality list --changed-since 2026-01-01 --format tsv", "what changed this year, for a program"),
    ]

    @OptionGroup(title: "Filter") var filter: ListFilterOptions
    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Output") var format: ListFormatOptions
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The column to sort by; a minus before it reverses.", valueName: "column"))
    var sort: SortKey?

    func run() throws {
        var daemon = try connection.connect()
        let country = try filter.countryCode(&daemon)
        let reply = try daemon.call("List") { writer in
            filter.write(country: country, to: &writer)
            writer.member("substance", ifPresent: subject.substance)
            writer.member("activity", ifPresent: subject.activity?.rawValue)
            writer.member("on", ifPresent: day.on)
        }
        var output = StandardOutput()
        let isTable = format.effective == .table
        if reply["entries"]?.arrayValue?.isEmpty == true {
            try filter.checkCountry(country, &daemon)
            if isTable { return StandardError.report("no jurisdiction of the table fits") }
        }
        if format.effective == .json, sort == nil {
            try output.writeLine(reply.text)
            return try output.flush()
        }
        let fields = try Fields(reply, path: "")
        var entries = try fields.objects("entries", as: Entry.init)
        if let sort {
            let order = sort.order(of: entries)
            entries = order.map { entries[$0] }
            if format.effective == .json {
                let values = reply["entries"]?.arrayValue ?? []
                try output.writeLine(JSONValue.object(["entries": .array(order.map { values[$0] })]).text)
                return try output.flush()
            }
        }
        try Self.listing(entries).print(
            as: format.effective, withHeader: !format.isHeaderOff, terminal: display.pagedTerminal(isTable),
            to: &output)
    }

    static func listing(_ entries: [Entry]) -> Listing {
        var listing = Listing(columns: [
            .init(name: "status", title: "STATUS"),
            .init(name: "id", title: "ID", least: 27),
            .init(name: "name", title: "NAME", least: 14),
            .init(name: "kind", title: "KIND", isOptional: true),
            .init(name: "minimum_age", title: "AGE", isOptional: true),
            .init(name: "next_change", title: "NEXT CHANGE", isOptional: true),
            .init(name: "changed", title: "CHANGED", isOptional: true),
            .init(name: "reviewed", title: "REVIEWED", isOptional: true),
            .init(name: "rule", title: "RULE", least: 16, isOptional: true),
        ])
        listing.rows = entries.map { entry in
            [
                .init(entry.status),
                .init(entry.place.id),
                .init(entry.place.name),
                .init(entry.place.kind, text: StyledText(Words.spelledOut(entry.place.kind))),
                .init(entry.minimumAge.map { "\($0)" } ?? ""),
                .init(entry.nextChange.map { "\($0.on) \($0.status.rawValue)" } ?? ""),
                .init(entry.changed),
                .init(entry.reviewed),
                .init(entry.rule),
            ]
        }
        return listing
    }
}

/// A column to sort by.
struct SortKey: ExpressibleByArgument, Sendable {
    enum Column: String, CaseIterable, Sendable {
        case status, id, name, kind, age
        case nextChange = "next-change"
        case changed, reviewed, rule
    }

    var column: Column
    var isReversed: Bool

    init?(argument: String) {
        isReversed = argument.hasPrefix("-")
        // The columns' names for programs are taken as well.
        let word = String(argument.drop { $0 == "-" }.map { $0 == "_" ? "-" : $0 })
        guard let column = Column(rawValue: word == "minimum-age" ? "age" : word) else { return nil }
        self.column = column
    }

    static var allValueStrings: [String] { Column.allCases.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

    /// The positions of the entries in that order; what is equal stays in the order of the daemon, what has no value
    /// goes last.
    func order(of entries: [Entry]) -> [Int] {
        let keyed = entries.enumerated().map { (offset: $0.offset, key: key(of: $0.element)) }
        return keyed.sorted { left, right in
            if left.key == right.key { return left.offset < right.offset }
            if left.key.isEmpty || right.key.isEmpty { return !left.key.isEmpty }
            return isReversed ? left.key > right.key : left.key < right.key
        }.map(\.offset)
    }

    private func key(of entry: Entry) -> String {
        switch column {
        // The strictest first.
        case .status: "\(9 - (LegalStatus.allCases.firstIndex(of: entry.status) ?? 0))"
        case .id: entry.place.id
        case .name: entry.place.name
        case .kind: entry.place.kind
        case .age: entry.minimumAge.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? ""
        case .nextChange: entry.nextChange?.on ?? ""
        case .rule: entry.rule ?? ""
        case .changed: entry.changed ?? ""
        case .reviewed: entry.reviewed ?? ""
        }
    }
}
