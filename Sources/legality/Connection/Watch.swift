import Varlink

/// Events as they come, over one connection after the other: what changed between two of them is found by comparing.
struct Watch: ~Copyable {
    enum Form {
        case text(Terminal)
        case json
    }

    private let places: [String]
    private let form: Form
    private let connect: () throws(Failure) -> Daemon
    private var output = StandardOutput()
    private var known: KnownAnswers?
    private var table = ""
    /// Since when nobody watches, in milliseconds.
    private var lost: Int?
    private var isStarted = false

    /// - Parameter connect: makes one more connection, for questions on the side.
    init(places: [String], form: Form, connect: @escaping () throws(Failure) -> Daemon) {
        self.places = places
        self.form = form
        self.connect = connect
    }

    /// Whether events came since it was asked last; from now on they are missed.
    mutating func wasStarted() -> Bool {
        guard isStarted else { return false }
        isStarted = false
        lost = Backoff.now
        return true
    }

    /// Prints what comes, until the daemon goes away.
    mutating func follow(_ daemon: consuming Daemon) throws(Failure) {
        let places = places
        daemon.send("Monitor", more: true) { writer in
            if !places.isEmpty { writer.member("places", places) }
        }
        while true {
            let reply: VarlinkReply
            do throws(Failure) {
                reply = try daemon.receive(isPatient: true)
            } catch {
                throw error == daemon.hangUp ? Failure(.tryAgain, "the daemon at \(daemon.path) went away") : error
            }
            if let error = reply.error { throw error.failure }
            let event = try Event(Fields(.object(reply.parameters), path: "").object("event"))
            let json = reply.parameters["event"]?.text ?? ""
            if isStarted {
                known?.apply(event.changes)
                try print(event, json)
            } else {
                try start(with: event, json)
            }
            table = event.table
            try output.flush()
            if !reply.continues { return }
        }
    }

    /// The first event of a connection. Who watches already sees in it what happened since the last one.
    private mutating func start(with event: Event, _ json: String) throws(Failure) {
        var aside = try connect()
        let answers = try KnownAnswers(from: &aside, about: places)
        let before = known
        known = answers
        isStarted = true
        guard let before, let lost else { return try print(event, json) }
        self.lost = nil
        var resumed = event
        resumed.kind = "resumed"
        resumed.previous = table == event.table ? nil : table
        resumed.changes = before.changes(to: answers)
        let seconds = (Backoff.now - lost) / 1000
        let changes = resumed.changes.isEmpty ? "no answer" : Words.counted(resumed.changes.count, "answer")
        resumed.text = "The daemon is back after \(Words.counted(seconds, "second")); \(changes) changed meanwhile."
        var writer = JSONWriter()
        resumed.write(to: &writer)
        try print(resumed, String(decoding: writer.bytes, as: UTF8.self))
    }

    private mutating func print(_ event: Event, _ json: String) throws(Failure) {
        switch form {
        case .json: try output.writeLine(json)
        case .text(let terminal):
            for line in event.lines(at: Today.now()) { try output.writeLine(line, terminal) }
        }
    }
}
