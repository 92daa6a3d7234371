import ArgumentParser
import Glibc
import Varlink

struct Map: Documented {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Show the answers as a map of tiles, on the terminal or as SVG.")

    static let details = [
        "Each jurisdiction is a tile of one size near where it lies, with the sign and the colour of its answer. A "
            + "tile stands for the law of the whole; a plus says that it is stricter in parts of it.",
        "With --svg the picture is written to a file that needs nothing else: with title and description for those "
            + "who cannot see it, and patterns beside the colours.",
    ]

    static let examples = [
        Example("legality map us", "the states"),
        Example("legality map us --substance 7-oh --on 2025-01-01", "the states as they were, for concentrated 7-OH"),
        Example("legality map world --svg kratom.svg", "the countries, for a page"),
    ]

    enum Region: String, CaseIterable, ExpressibleByArgument, Sendable {
        case us, world
    }

    @Argument(help: ArgumentHelp("What is shown.", valueName: "region"))
    var region = Region.us

    @Option(help: ArgumentHelp("Write SVG to this file; - is standard output.", valueName: "file"), completion: .file())
    var svg: String?

    @OptionGroup(title: "Question") var subject: SubjectOptions
    @OptionGroup(title: "Question") var day: DayOption
    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: DisplayOptions
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func validate() throws {
        if svg != nil, output.json { throw ValidationError("--svg and --json are two forms of the same; give one") }
    }

    func run() throws {
        var daemon = try connection.connect()
        let reply = try daemon.call("List") { writer in
            if region == .us { writer.member("country", "US") }
            writer.member("substance", ifPresent: subject.substance)
            writer.member("activity", ifPresent: subject.activity?.rawValue)
            writer.member("on", ifPresent: day.on)
        }
        var standardOutput = StandardOutput()
        if output.json {
            try standardOutput.writeLine(reply.text)
            return try standardOutput.flush()
        }
        let entries = try Fields(reply, path: "").objects("entries", as: Entry.init)
        let map = StatusMap(
            grid: region == .us ? .unitedStates : .world, entries: entries, title: title,
            subtitle: subject.activity == nil ? "The strictest of possess, use, buy and sell" : "")
        if let svg {
            let table = try daemon.call("GetTable")["version"]?.stringValue ?? ""
            let picture = ScalablePicture(map: map, source: "Source: legalityd, table \(table). Not legal advice.")
            try write(picture.text(), to: svg)
        } else {
            let terminal = display.pagedTerminal()
            for line in map.lines(width: terminal.width ?? 80) { try standardOutput.writeLine(line, terminal) }
            try standardOutput.flush()
        }
    }

    /// "To sell 7-oh in the United States on 2026-11-21".
    private var title: String {
        let substance = subject.substance ?? "kratom"
        let what = subject.activity.map { "to \($0) \(substance)" } ?? substance
        let place = region == .us ? "in the United States" : "in the world"
        let text = "\(what) \(place) on \(day.on ?? Today.utc())"
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private func write(_ text: String, to path: String) throws(Failure) {
        guard path != "-" else {
            var output = StandardOutput()
            try output.write(text)
            return try output.flush()
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Failure(.usage, "cannot write \(path): \(ErrorNumber.text(errno))")
        }
        defer { close(descriptor) }
        var output = StandardOutput(descriptor: descriptor)
        try output.write(text)
        try output.flush()
    }
}
