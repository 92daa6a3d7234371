import ArgumentParser
import Varlink

struct Route: Documented {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Judge a journey: departure, transit and destination, the strictest first.")

    static let details = [
        "Judges each place of a journey: possession everywhere; import where the journey enters a country and "
            + "export where it leaves one. The strictest answer comes first and sets the exit code. The places "
            + "stand in the order of the journey: the first is the departure, the last the destination, those "
            + "between are transit."
    ]

    static let examples = [
        Example("legality route US-OR KR TH", "from Oregon by way of Seoul to Thailand"),
        Example("legality route CH DE --substance extract --json", "for a program"),
    ]

    static let tellsAnswerByExitCode = true

    @Argument(
        help: ArgumentHelp("The places in the order of the journey, two at least.", valueName: "place"),
        completion: .custom(Completion.places))
    var places: [String]

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The substance, by id or another name (default: kratom).", valueName: "substance"),
        completion: .custom { _, _, prefix in Completion.substances(prefix: prefix) })
    var substance: String?

    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Question") var circumstances: CircumstanceOptions
    @OptionGroup(title: "Output") var format: ListFormatOptions
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func validate() throws {
        if places.count < 2 { throw ValidationError("a journey has two places at least") }
    }

    func run() throws {
        var query = Query(circumstances)
        query.substance = substance
        query.on = day.on
        var daemon = try connection.connect()
        // What is held is judged everywhere; where a border lies follows from the chains of those answers.
        let possession = try Self.judge(places.map { ($0, .possess) }, query, &daemon)
        let countries = possession.map { $0.verdict.chain.last?.id ?? $0.verdict.place.id }
        var crossings: [(index: Int, activity: Activity)] = []
        for index in places.indices {
            if index > 0, countries[index - 1] != countries[index] { crossings.append((index, .import)) }
            if index + 1 < places.count, countries[index] != countries[index + 1] {
                crossings.append((index, .export))
            }
        }
        let borders = try Self.judge(crossings.map { (places[$0.index], $0.activity) }, query, &daemon)
        var legs = possession.enumerated().map {
            Journey.Leg(index: $0.offset, count: places.count, answer: $0.element)
        }
        legs += zip(crossings, borders).map { Journey.Leg(index: $0.index, count: places.count, answer: $1) }
        legs.sort()
        let journey = Journey(places: places, legs: legs)
        var output = StandardOutput()
        try journey.print(
            as: format.effective, withHeader: !format.isHeaderOff,
            terminal: display.pagedTerminal(format.effective == .table), to: &output)
        throw ExitCode(journey.exitStatus.rawValue)
    }

    /// The verdicts for these places and activities, asked in one go.
    private static func judge(
        _ questions: [(place: String, activity: Activity)], _ query: Query, _ daemon: inout Daemon
    ) throws(Failure) -> [Journey.Answer] {
        for question in questions {
            var asked = query
            asked.activity = question.activity
            daemon.send("Check") { [asked] in asked.write(place: question.place, to: &$0) }
        }
        var answers: [Journey.Answer] = []
        for question in questions {
            let reply = try daemon.receive()
            if let error = reply.error { throw error.failure }
            answers.append(
                Journey.Answer(
                    activity: question.activity, json: reply.parameters["verdict"] ?? .null,
                    verdict: try Verdict(Fields(.object(reply.parameters), path: "").object("verdict"))))
        }
        return answers
    }
}
