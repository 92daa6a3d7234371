/// Where places come from.
enum PlaceSource: Equatable, Sendable {
    case arguments([String])
    case standardInput

    /// Those of the command line.
    var list: [String] {
        if case .arguments(let places) = self { return places }
        return []
    }

    /// Says so where several unknown words together are one place: somebody forgot the quotes.
    func suggestQuotes(command: String, _ connect: () throws(Failure) -> Daemon) throws(Failure) {
        guard case .arguments(let places) = self, (2...6).contains(places.count) else { return }
        let whole = places.joined(separator: " ")
        var daemon = try connect()
        let answer = try daemon.reply(to: "Resolve") { $0.member("place", whole) }
        guard answer.error == nil else { return }
        StandardError.report("a name of several words needs quotes: legality \(command) \"\(whole)\"")
    }
}
