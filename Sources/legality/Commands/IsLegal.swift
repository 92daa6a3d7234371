import ArgumentParser

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
