import ArgumentParser
import Varlink

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show all that the table holds of a place: every rule, past and coming, with sources.")

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup var day: DayOption
    @OptionGroup var output: JSONOption
    @OptionGroup var display: DisplayOptions
    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let day = day.on
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator,
            method: "Describe", parameters: { $0.member("on", ifPresent: day) })
        // A record does not go into one line of text.
        let isJSON = output.json || arguments.source == .standardInput
        let pager = try Pager(isWanted: !isJSON && !display.isPagerOff, terminal: display.terminal())
        var answers = RecordPages(isJSON: isJSON, separator: arguments.separator, terminal: pager.terminal)
        try conversation.run(&answers)
        pager.finish()
        if answers.hasUnknownPlace {
            try arguments.suggestQuotes(connection, command: "show")
            throw ExitCode(ExitStatus.unknown.rawValue)
        }
    }
}

private struct RecordPages: ReplyReceiver, ~Copyable {
    private let isJSON: Bool
    private let separator: UInt8
    private let terminal: Terminal
    private var output = StandardOutput()
    private var isFirst = true
    private(set) var hasUnknownPlace = false

    init(isJSON: Bool, separator: UInt8, terminal: Terminal) {
        self.isJSON = isJSON
        self.separator = separator
        self.terminal = terminal
    }

    mutating func receive(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        switch try Reply(frame: Array(frame)).outcome {
        case .failure(let error):
            guard error.isAboutPlace else { throw error.failure }
            hasUnknownPlace = true
            if isJSON { try output.writeLine(bytes: frame, end: separator) }
            StandardError.report(error.failure.message)
        case .success(let value):
            if isJSON { return try output.writeLine(value.text, end: separator) }
            if !isFirst { try output.writeLine("") }
            isFirst = false
            let description = try Description(Fields(value, path: ""))
            for line in RecordPage(description: description, terminal: terminal).lines() {
                try output.writeLine(terminal.rendered(line))
            }
        }
    }

    mutating func pause() throws(Failure) { try output.flush() }
}
