import ArgumentParser
import Varlink

struct Show: Documented {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that the table holds of a place: every rule, past and coming, with sources.")

    static let details = [
        "Shows the records of the place and of all that governs it: every rule, past, present and coming, "
            + "with conditions, exceptions, penalties, sources and what they say, advisories, bills and drafts "
            + "(which are not law), and what nobody has found out yet. Long output is paged on a terminal. With - "
            + "as place the answers are JSON, one line each."
    ]

    static let examples = [
        Example("legality show US-RI", "all that is known of Rhode Island"),
        Example("legality show CH --json | jq '.records[].rules[].sources[].url'", "every source on Switzerland"),
    ]

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        let day = day.on
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator,
            method: "Describe", parameters: { $0.member("on", ifPresent: day) })
        // A record does not go into one line of text.
        let isJSON = output.json || arguments.source == .standardInput
        var answers = RecordPages(
            isJSON: isJSON, separator: arguments.separator, terminal: display.pagedTerminal(!isJSON))
        try conversation.run(&answers)
        if answers.hasUnknownPlace {
            try arguments.source.suggestQuotes(command: "show", connection.connect)
            throw ExitCode(ExitStatus.unknown.rawValue)
        }
    }
}

private struct RecordPages: AnswerReceiver, ~Copyable {
    private let isJSON: Bool
    private let separator: UInt8
    private let terminal: Terminal
    private var output = StandardOutput()
    private var isFirst = true
    var hasUnknownPlace = false

    init(isJSON: Bool, separator: UInt8, terminal: Terminal) {
        self.isJSON = isJSON
        self.separator = separator
        self.terminal = terminal
    }

    mutating func receive(answer: JSONValue) throws(Failure) {
        if isJSON { return try output.writeLine(answer.text, end: separator) }
        if !isFirst { try output.writeLine("") }
        isFirst = false
        let page = RecordPage(description: try Description(Fields(answer, path: "")), terminal: terminal)
        for line in page.lines() { try output.writeLine(line, terminal) }
    }

    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        if isJSON { try output.writeLine(bytes: frame, end: separator) }
    }

    mutating func pause() throws(Failure) { try output.flush() }
}
