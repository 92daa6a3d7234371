import ArgumentParser
import Varlink

struct Status: Documented {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the law is in a place, and who says so.")

    static let details = [
        "Shows the answer for each substance and activity, what has to be met, the rules that decided it with "
            + "their citation, the next change that is enacted, how far the evidence reaches and how sure it is, "
            + "positions that decide nothing, and what to mind.",
        "The day, the person and the product can be given; without them the answer is for today and lists "
            + "what would be asked for. With - as place there is one line for each.",
    ]

    static let examples = [
        Example(#"legality status "San Diego, CA""#, "what the law is in San Diego"),
        Example("legality status US-FL --substance 7-oh --on 2025-08-20", "concentrated 7-OH in Florida on a day"),
        Example("legality status US-UT --age 19", "for somebody of 19"),
        Example("legality status 92101 --explain", "each step to the answer"),
    ]

    static let tellsAnswerByExitCode = true

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Question") var circumstances: CircumstanceOptions
    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

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
            form: form, separator: arguments.separator, terminal: display.pagedTerminal(form == .page),
            query: asked, connection: connection, source: arguments.source)
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
    private let places: [String]
    private var answered = 0
    private var isFirst = true
    private(set) var exitStatus = ExitStatus.lawful
    var hasUnknownPlace = false

    init(
        form: Form, separator: UInt8, terminal: Terminal, query: Query, connection: ConnectionOptions,
        source: PlaceSource
    ) {
        places = source.list
        self.form = form
        self.separator = separator
        self.terminal = terminal
        self.query = query
        self.connection = connection
    }

    mutating func receive(answer: JSONValue) throws(Failure) {
        answered += 1
        let verdict = try Verdict(Fields(answer, path: "").object("verdict"))
        exitStatus = exitStatus.combined(with: ExitStatus(verdict.status))
        switch form {
        case .json: try output.writeLine(answer["verdict"]?.text ?? "", end: separator)
        case .line: try output.writeLine(Self.line(verdict), terminal, end: separator)
        case .page: try writePage(verdict)
        }
    }

    mutating func receiveUnknownPlace(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        answered += 1
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
            // As it was typed: where a place is ambiguous, another jurisdiction may be the strictest.
            let place = places.indices.contains(answered - 1) ? places[answered - 1] : verdict.place.id
            daemon.send("Check") { asked.write(place: place, to: &$0) }
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
