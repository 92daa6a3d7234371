import ArgumentParser
import Varlink

struct Monitor: Documented {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Print a line for each change as it happens, until interrupted.")

    static let details = [
        "Prints a line when it has connected, for each reload of the table, for each reload that was refused, "
            + "for each rule that comes into force or ends, and for each answer that changes with it.",
        "When the daemon goes away, it says so on standard error and tries again, at first at once, then every few "
            + "seconds, for as long as --retry says. Once the daemon is back it prints a line, and one for each answer "
            + "that changed meanwhile. It ends when it is interrupted, or when it gives up: with 75 where --retry is 0, "
            + "else with 69, or with 75 where a daemon is there and refuses.",
    ]

    static let examples = [
        Example("legality monitor", "all that changes"),
        Example("legality monitor US-OH CH --json", "two places, one JSON object for each event"),
        Example("legality monitor --retry 0 || restart_shop", "for who looks after the daemon's end himself"),
    ]

    @Argument(
        help: ArgumentHelp("Only changes in these places and in what governs them.", valueName: "place"),
        completion: .custom(Completion.places))
    var places: [String] = []

    @Option(
        help: ArgumentHelp(
            "How long to try again when the daemon goes away: seconds, or with s, m, h or d behind; 0: not at all.",
            valueName: "time"))
    var retry = Patience(seconds: 300)

    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: ColourOption
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        let connection = connection
        var watch = Watch(
            places: places, form: output.json ? .json : .text(display.terminal()), connect: connection.connect)
        // The first failure is final: there may never have been a daemon.
        var backoff = Backoff(seconds: 0)
        while true {
            let failure: Failure
            do throws(Failure) {
                return try watch.follow(connection.connect())
            } catch {
                failure = error
            }
            if watch.wasStarted() {
                backoff = Backoff(seconds: retry.seconds)
                if retry.seconds > 0 { StandardError.report("\(failure.message); trying again for \(retry)") }
            }
            guard failure.code == .tryAgain || failure.code == .noDaemon, backoff.wait() else { throw failure }
        }
    }
}

/// How long to try.
struct Patience: ExpressibleByArgument, Sendable, CustomStringConvertible {
    private static let units: [(letter: Character, seconds: Int)] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86400)]
    private static let limit = 3650 * 86400

    var seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    init?(argument: String) {
        let unit = Patience.units.first { $0.letter == argument.last }
        let digits = unit == nil ? argument[...] : argument.dropLast()
        guard digits.allSatisfy(\.isNumber), let number = Int(digits), number <= Patience.limit / (unit?.seconds ?? 1)
        else { return nil }
        seconds = number * (unit?.seconds ?? 1)
    }

    /// In the largest unit that goes without a rest: `5m`.
    var description: String {
        let unit = Patience.units.last { seconds > 0 && seconds % $0.seconds == 0 } ?? Patience.units[0]
        return "\(seconds / unit.seconds)\(unit.letter)"
    }

    var defaultValueDescription: String { description }
}
