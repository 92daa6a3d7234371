import Varlink

/// Words for the shell to offer. What goes wrong is kept quiet: there is nobody to tell.
enum Completion {
    /// Places for the word that is typed; for fish, as bash and zsh have ways of their own (`CompletionScript`).
    static func places(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
        places(prefix: unquoted(prefix))
    }

    /// A word as it was typed, without what keeps it together: an opening quote, backslashes.
    private static func unquoted(_ word: String) -> String {
        let start = word.first.map { "\"'".contains($0) } == true ? word.dropFirst() : word[...]
        return String(start.filter { $0 != "\\" })
    }

    /// Ids and names of jurisdictions that begin like this, whatever the case of their letters.
    static func places(prefix: String) -> [String] {
        guard let places = try? allPlaces() else { return [] }
        // Counties and cities are offered once somebody asks for them: there are hundreds.
        let isBroad = !prefix.contains("/")
        let wanted = prefix.lowercased()
        var words: [String] = []
        for place in places {
            if place.id.lowercased().hasPrefix(wanted) {
                if !isBroad || !place.id.contains("/") { words.append(place.id) }
            } else if !wanted.isEmpty, place.name.lowercased().hasPrefix(wanted) {
                // The name of a county or a city is not enough to tell it from others.
                words.append(place.id.contains("/") ? place.id : place.name)
            }
        }
        if isBroad, words == [prefix] { words += places.map(\.id).filter { $0.hasPrefix(prefix + "/") } }
        return words
    }

    static func substances(prefix: String) -> [String] {
        guard var daemon = try? connect(), let known = try? daemon.substances() else { return [] }
        return known.filter { $0.hasPrefix(prefix) }
    }

    private static func allPlaces() throws(Failure) -> [Place] {
        var daemon = try connect()
        let reply = try daemon.call("List")
        return try Fields(reply, path: "").objects("entries", as: Entry.init).map(\.place)
    }

    private static func connect() throws(Failure) -> Daemon {
        try Daemon(at: SocketPath.candidates(option: nil, environment: .process))
    }
}
