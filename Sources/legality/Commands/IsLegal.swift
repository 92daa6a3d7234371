import ArgumentParser
import Varlink

struct IsLegal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "is-legal",
        abstract: "Print one status word and set the exit code.")

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup var subject: SubjectOptions
    @OptionGroup var day: DayOption
    @OptionGroup var circumstances: CircumstanceOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var connection: ConnectionOptions

    @Flag(name: [.short, .long], help: "Print nothing; the exit code tells.")
    var quiet = false

    func run() throws {
        let query = Query(subject, day, circumstances)
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator, method: "Check",
            parameters: { query.write(to: &$0) })
        var answers = StatusWords(
            form: quiet ? .none : output.json ? .json : .word, separator: arguments.separator)
        try conversation.run(&answers)
        if answers.hasUnknownPlace, !quiet { try arguments.suggestQuotes(connection, command: "is-legal") }
        throw ExitCode(answers.exitStatus.rawValue)
    }
}

/// One word, or one JSON object, for each reply to `Check`.
private struct StatusWords: ReplyReceiver, ~Copyable {
    enum Form {
        case none, word, json
    }

    private let form: Form
    private let separator: UInt8
    private var output = StandardOutput()
    private var document = JSONDocument()
    private(set) var exitStatus = ExitStatus.lawful
    private(set) var hasUnknownPlace = false

    init(form: Form, separator: UInt8) {
        self.form = form
        self.separator = separator
    }

    mutating func receive(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        guard let status = VerdictScanner.status(in: frame) else { return try receiveError(frame) }
        exitStatus = exitStatus.combined(with: ExitStatus(status))
        switch form {
        case .none: break
        case .word: try output.writeLine(status.rawValue, end: separator)
        case .json: try output.writeLine(bytes: try VarlinkReply.verdict(in: frame, using: &document), end: separator)
        }
    }

    private mutating func receiveError(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        guard let error = try VarlinkReply(frame: frame).error else {
            throw Failure(.internalFault, "the daemon sent a reply that is not understood: it has no verdict")
        }
        guard error.isAboutPlace else {
            try output.flush()
            throw error.failure
        }
        hasUnknownPlace = true
        exitStatus = exitStatus.combined(with: .unknown)
        switch form {
        case .none: return
        case .word: try output.writeLine(LegalStatus.unknown.rawValue, end: separator)
        case .json: try output.writeLine(bytes: frame, end: separator)
        }
        StandardError.report(error.failure.message)
    }

    mutating func pause() throws(Failure) { try output.flush() }
}
