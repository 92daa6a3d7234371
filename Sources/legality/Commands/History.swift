import ArgumentParser
import Glibc
import Varlink

struct History: Documented {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show how the answer changed over time, and how it will.")

    static let details = [
        "Shows the periods in which the answer stayed the same, the oldest first, with the rules that decided "
            + "each, and what is enacted for the time to come. With - as place the answers are JSON, one line each."
    ]

    static let examples = [
        Example("legality history TH", "how Thailand went from a ban to a regulated market"),
        Example("legality history US-RI --activity sell --format csv", "for a spreadsheet"),
    ]

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Output") var format: ListFormatOptions
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        let subject = subject
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator,
            method: "History",
            parameters: { writer in
                writer.member("substance", ifPresent: subject.substance)
                writer.member("activity", ifPresent: subject.activity?.rawValue)
            })
        // A time line does not go into one line of text.
        let form = arguments.source == .standardInput && format.effective == .table ? .json : format.effective
        var answers = TimeLines(
            format: form, withHeader: !format.isHeaderOff, separator: arguments.separator,
            terminal: display.pagedTerminal(form == .table))
        try conversation.run(&answers)
        try answers.finish()
        if answers.hasUnknownPlace {
            try arguments.source.suggestQuotes(command: "history", connection.connect)
            throw ExitCode(ExitStatus.unknown.rawValue)
        }
    }
}

private struct TimeLines: AnswerReceiver, ~Copyable {
    private let format: TableFormat
    private let withHeader: Bool
    private let separator: UInt8
    private let terminal: Terminal
    private var output = StandardOutput()
    private var rows: [[Listing.Cell]] = []
    private var isFirst = true
    var hasUnknownPlace = false

    init(format: TableFormat, withHeader: Bool, separator: UInt8, terminal: Terminal) {
        self.format = format
        self.withHeader = withHeader
        self.separator = separator
        self.terminal = terminal
    }

    mutating func receive(answer: JSONValue) throws(Failure) {
        if format == .json { return try output.writeLine(answer.text, end: separator) }
        let timeLine = try TimeLine(Fields(answer, path: ""))
        guard format == .table else {
            rows += TimeLinePage.rows(timeLine)
            return
        }
        if !isFirst { try output.writeLine("") }
        isFirst = false
        let page = TimeLinePage(timeLine: timeLine, today: Today.utc(), width: terminal.width)
        for line in page.lines() { try output.writeLine(line, terminal) }
    }

    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        if format == .json { try output.writeLine(bytes: frame, end: separator) }
    }

    mutating func pause() throws(Failure) { try output.flush() }

    mutating func finish() throws(Failure) {
        guard format == .tsv || format == .csv else { return }
        let listing = Listing(columns: TimeLinePage.columns, rows: rows)
        try listing.print(as: format, withHeader: withHeader, terminal: terminal, to: &output)
    }
}

/// The date where the time is counted.
enum Today {
    /// As YYYY-MM-DD, in UTC.
    static func utc() -> String { String(now().prefix(10)) }

    /// As YYYY-MM-DDThh:mm:ssZ.
    static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
            + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
    }
}
