import ArgumentParser
import Varlink

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the law is in a place, and who says so.")

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup var subject: SubjectOptions
    @OptionGroup var day: DayOption
    @OptionGroup var circumstances: CircumstanceOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var display: DisplayOptions
    @OptionGroup var connection: ConnectionOptions

    @Flag(help: "Tell each step: places, levels and rules looked at, and what came of each.")
    var explain = false

    func run() throws {
        var query = Query(subject, day, circumstances)
        query.isExplained = explain
        let asked = query
        var conversation = Conversation(
            with: try connection.connect(), about: arguments.source, separator: arguments.separator, method: "Check",
            parameters: { asked.write(to: &$0) })
        let form: StatusPages.Form =
            output.json ? .json : arguments.source == .standardInput ? .line : .page
        var answers = StatusPages(
            form: form, separator: arguments.separator, terminal: display.terminal(), query: asked,
            connection: connection)
        try conversation.run(&answers)
        if answers.hasUnknownPlace { try arguments.source.suggestQuotes(command: "status", connection.connect) }
        throw ExitCode(answers.exitStatus.rawValue)
    }
}

private struct StatusPages: AnswerReceiver, ~Copyable {
    enum Form {
        case page, line, json
    }

    private let form: Form
    private let separator: UInt8
    private let terminal: Terminal
    private let query: Query
    private let connection: ConnectionOptions
    private var output = StandardOutput()
    private var isFirst = true
    private(set) var exitStatus = ExitStatus.lawful
    var hasUnknownPlace = false

    init(form: Form, separator: UInt8, terminal: Terminal, query: Query, connection: ConnectionOptions) {
        self.form = form
        self.separator = separator
        self.terminal = terminal
        self.query = query
        self.connection = connection
    }

    mutating func receive(answer: JSONValue) throws(Failure) {
        let verdict = try Verdict(Fields(answer, path: "").object("verdict"))
        exitStatus = exitStatus.combined(with: ExitStatus(verdict.status))
        switch form {
        case .json: try output.writeLine(answer["verdict"]?.text ?? "", end: separator)
        case .line: try output.writeLine(Self.line(verdict), terminal, end: separator)
        case .page: try writePage(verdict)
        }
    }

    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        exitStatus = exitStatus.combined(with: .unknown)
        switch form {
        case .json: try output.writeLine(bytes: frame, end: separator)
        case .line: try output.writeLine(LegalStatus.unknown.styled, terminal, end: separator)
        case .page: break
        }
    }

    private mutating func writePage(_ verdict: Verdict) throws(Failure) {
        if !isFirst { try output.writeLine("") }
        isFirst = false
        var matrix = [StatusPage.Row(substance: verdict.substance, activities: verdict.activities)]
        if verdict.substances.count > 1 { matrix = try rows(for: verdict) }
        for line in StatusPage(verdict: verdict, matrix: matrix, terminal: terminal).lines() {
            try output.writeLine(line, terminal)
        }
    }

    /// Asks about the other substances at the same place.
    private func rows(for verdict: Verdict) throws(Failure) -> [StatusPage.Row] {
        var daemon = try connection.connect()
        var query = query
        query.isExplained = false
        query.activity = nil
        query.on = verdict.on
        let names = verdict.substances.map(\.name)
        for name in names where name != verdict.substance {
            query.substance = name
            let asked = query
            daemon.send("Check") { asked.write(place: verdict.place.id, to: &$0) }
        }
        var rows: [StatusPage.Row] = []
        for name in names {
            if name == verdict.substance {
                rows.append(.init(substance: name, activities: verdict.activities))
                continue
            }
            let reply = try daemon.receive()
            if let error = reply.error { throw error.failure }
            let other = try Verdict(Fields(.object(reply.parameters), path: "").object("verdict"))
            rows.append(.init(substance: name, activities: other.activities))
        }
        return rows
    }

    /// The verdict in one line.
    private static func line(_ verdict: Verdict) -> StyledText {
        var line = verdict.status.styled + "  " + StyledText("\(verdict.place.name) (\(verdict.place.id))")
        if let rule = verdict.decidedBy.first {
            line += StyledText("  \(rule.authority?.citation ?? rule.id)", .faint)
        }
        return line
    }

    mutating func pause() throws(Failure) { try output.flush() }
}
