import ArgumentParser
import Varlink

struct Monitor: Documented {
    static let configuration = CommandConfiguration(
        abstract: "Print a line for each change as it happens, until interrupted.")

    static let details = [
        "Prints a line when it has connected, for each reload of the table, for each reload that was refused, "
            + "for each rule that comes into force or ends, and for each answer that changes with it. It ends when "
            + "it is interrupted, or with 75 when the daemon goes away."
    ]

    static let examples = [
        Example("legality monitor", "all that changes"),
        Example("legality monitor US-OH CH --json", "two places, one JSON object for each event"),
    ]

    @Argument(
        help: ArgumentHelp("Only changes in these places.", valueName: "place"),
        completion: .custom(Completion.places))
    var places: [String] = []

    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        var daemon = try connection.connect()
        daemon.send("Monitor", more: true) { writer in
            if !places.isEmpty { writer.member("places", places) }
        }
        let terminal = display.terminal()
        var standardOutput = StandardOutput()
        while true {
            let reply = try daemon.receive(isPatient: true)
            if let error = reply.error { throw error.failure }
            if output.json {
                try standardOutput.writeLine(reply.parameters["event"]?.text ?? "")
            } else {
                let event = try Event(Fields(.object(reply.parameters), path: "").object("event"))
                for line in Self.lines(event, at: Today.now()) { try standardOutput.writeLine(line, terminal) }
            }
            try standardOutput.flush()
            if !reply.continues { return }
        }
    }

    /// One for the event, and one for each answer that changed with it.
    static func lines(_ event: Event, at time: String) -> [StyledText] {
        let head = StyledText("\(time)  ", .faint)
        var text = StyledText(event.kind.padded(to: 8), event.kind == "refused" ? .bad : .strong)
        text += StyledText("table \(event.table)")
        if let previous = event.previous, previous != event.table { text += StyledText(" after \(previous)") }
        if !event.text.isEmpty { text += StyledText(": \(event.text)") }
        return [head + text]
            + event.changes.map { change in
                head + StyledText("change".padded(to: 8), .strong)
                    + StyledText("\(change.place.id) \(change.substance): ") + change.before.styled + " → "
                    + change.after.styled + StyledText("  \(change.place.name)", .faint)
            }
    }
}

extension String {
    /// Spaces after it up to `width` columns, and one more at least.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width + 1 - CellWidth.of(self)))
    }
}
