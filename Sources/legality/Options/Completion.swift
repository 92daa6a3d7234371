import Varlink

/// Words for the shell to offer. What goes wrong is kept quiet: there is nobody to tell.
enum Completion {
    /// Places for the word at `index` of a command line, in the form that the asking shell takes.
    static func places(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
        switch Environment.process["SAP_SHELL"] {
        // zsh takes what follows a colon for a description.
        case "zsh":
            return places(prefix: prefix).map {
                $0.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:")
            }
        // bash takes a colon for the end of a word: what stands before it belongs to the id and is there already.
        case "bash":
            let before = index > 1 && words.indices.contains(index - 1) && words[index - 1] == ":"
            let start = before ? words[index - 2] + ":" : ""
            return places(prefix: start + prefix).map { String($0.dropFirst(start.count)) }
        default: return places(prefix: prefix)
        }
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
