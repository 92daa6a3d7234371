import ArgumentParser
import Varlink

struct Resolve: Documented {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Show which jurisdictions a place resolves to.")

    static let details = [
        "Shows the jurisdictions that govern a place, most local first, how the place was understood, and, "
            + "where it may lie in several, how likely each is. With - as place there is one line for each: the "
            + "ids, separated by tabs.",
        "Of an address the city picks among what the ZIP code may mean. A city that is known elsewhere "
            + "contradicts it, and both are judged; one that nobody knows is passed over, and the answer says so.",
    ]

    static let examples = [
        Example("legality resolve 83856", "a ZIP code that lies in several places"),
        Example(#"legality resolve "Sarasota County, FL" --json"#, "for a program"),
    ]

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup(title: "Output") var format: ListFormatOptions
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator, method: "Resolve")
        var answers = ResolutionLines(
            format: format.effective, isStream: arguments.source == .standardInput, separator: arguments.separator,
            terminal: display.pagedTerminal(format.effective == .table && arguments.source != .standardInput))
        try conversation.run(&answers)
        try answers.finish(withHeader: !format.isHeaderOff)
        if answers.hasUnknownPlace {
            try arguments.source.suggestQuotes(command: "resolve", connection.connect)
            throw ExitCode(ExitStatus.unknown.rawValue)
        }
    }
}

/// A row for each candidate of each place; one line a place where places come from standard input.
private struct ResolutionLines: AnswerReceiver, ~Copyable {
    private let format: TableFormat
    private let isStream: Bool
    private let separator: UInt8
    private let terminal: Terminal
    private var output = StandardOutput()
    private var listing = Listing(columns: [
        .init(name: "input", title: "PLACE", least: 16),
        .init(name: "id", title: "ID"),
        .init(name: "certainty", title: "CERTAINTY"),
        .init(name: "share", title: "SHARE", isOptional: true),
        .init(name: "understood_as", title: "UNDERSTOOD AS", isOptional: true),
        .init(name: "chain", title: "GOVERNED BY", least: 16),
        .init(name: "note", title: "NOTE", least: 16, isOptional: true),
    ])
    var hasUnknownPlace = false

    init(format: TableFormat, isStream: Bool, separator: UInt8, terminal: Terminal) {
        self.format = format
        self.isStream = isStream
        self.separator = separator
        self.terminal = terminal
    }

    mutating func receive(answer: JSONValue) throws(Failure) {
        if format == .json { return try output.writeLine(answer.text, end: separator) }
        let resolution = try Resolution(Fields(answer, path: ""))
        guard isStream else { return add(resolution) }
        let ids = resolution.candidates.map { PlainText.printable($0.place.id) }.joined(separator: "\t")
        try output.writeLine(ids, end: separator)
    }

    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        if format == .json {
            try output.writeLine(bytes: frame, end: separator)
        } else if isStream {
            try output.writeLine("", end: separator)
        }
    }

    private mutating func add(_ resolution: Resolution) {
        for candidate in resolution.candidates {
            listing.rows.append([
                .init(resolution.input),
                .init(candidate.place.id, text: StyledText(candidate.place.id, .strong)),
                .init(candidate.certainty),
                .init(
                    candidate.share.map { Decimal.text($0) } ?? "",
                    text: StyledText(candidate.share.map { "\(Int(($0 * 100).rounded())) %" } ?? "")),
                .init(resolution.method, text: StyledText(Words.spelledOut(resolution.method))),
                .init(
                    candidate.chain.map(\.id).joined(separator: " "),
                    text: StyledText(candidate.chain.map(\.name).joined(separator: " → "))),
                .init(candidate.note),
            ])
        }
    }

    mutating func pause() throws(Failure) { try output.flush() }

    mutating func finish(withHeader: Bool) throws(Failure) {
        guard !listing.rows.isEmpty else { return }
        try listing.print(as: format, withHeader: withHeader, terminal: terminal, to: &output)
    }
}
