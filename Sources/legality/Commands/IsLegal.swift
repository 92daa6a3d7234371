import ArgumentParser

struct IsLegal: Documented {
    static let configuration = CommandConfiguration(
        commandName: "is-legal",
        abstract: "Print one status word and set the exit code.")

    static let details = [
        "Prints legal, regulated, uncertain, prohibited or unknown, one line for each place, and tells the "
            + "strictest answer by the exit code: made for scripts, like systemctl is-active."
    ]

    static let examples = [
        Example("legality is-legal US-AL", #"prints "prohibited" and exits 1"#),
        Example(#"legality is-legal --quiet "$STATE" || refuse_order"#, "a check in a shop"),
        Example("legality is-legal --activity possess --age 20 US-RI", "may somebody of 20 hold it?"),
        Example("cut -f3 orders | legality is-legal - | paste orders -", "an answer beside each order"),
    ]

    static let tellsAnswerByExitCode = true

    @OptionGroup var arguments: PlaceArguments
    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Question") var circumstances: CircumstanceOptions
    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    @Flag(name: [.short, .long], help: "Print nothing; the exit code tells.")
    var quiet = false

    /// What is to be done, without how it was written down.
    var check: Check {
        Check(
            places: arguments.source, separator: arguments.separator, query: Query(subject, day, circumstances),
            form: quiet ? .none : output.json ? .json : .word, socket: connection.socket)
    }

    func run() throws {
        throw ExitCode(try check.run().rawValue)
    }
}
