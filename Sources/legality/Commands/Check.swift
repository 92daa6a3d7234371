import Varlink

/// What `is-legal` does: one word, or one JSON object, for each place.
struct Check: Equatable, Sendable {
    /// What is printed for a place.
    enum Form: Sendable {
        case none, word, json
    }

    var places: PlaceSource
    var separator = UInt8(ascii: "\n")
    var query = Query()
    var form = Form.word
    var socket: String?

    func run() throws(Failure) -> ExitStatus {
        let query = query
        var conversation = Conversation(
            with: try connect(), about: places, separator: separator, method: "Check",
            parameters: { query.write(to: &$0) })
        var words = StatusWords(form: form, separator: separator)
        try conversation.run(&words)
        if words.hasUnknownPlace, form != .none { try places.suggestQuotes(command: "is-legal", connect) }
        return words.exitStatus
    }

    private func connect() throws(Failure) -> Daemon {
        try Daemon(at: SocketPath.candidates(option: socket, environment: .process))
    }
}

/// One word, or one JSON object, for each reply to `Check`.
private struct StatusWords: ReplyReceiver, ~Copyable {
    private let form: Check.Form
    private let separator: UInt8
    private var output = StandardOutput()
    private var document = JSONDocument()
    private(set) var exitStatus = ExitStatus.lawful
    private(set) var hasUnknownPlace = false

    init(form: Check.Form, separator: UInt8) {
        self.form = form
        self.separator = separator
    }

    mutating func receive(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        guard let status = VerdictScanner.status(in: frame) else { return try receiveError(frame) }
        exitStatus = exitStatus.combined(with: ExitStatus(status))
        switch form {
        case .none: break
        case .word: try output.writeLine(status.rawValue, end: separator)
        case .json: try output.writeLine(bytes: try VarlinkReply.verdict(in: frame, using: &document), end: separator)
        }
    }

    private mutating func receiveError(_ frame: UnsafeRawBufferPointer) throws(Failure) {
        guard let error = try VarlinkReply(frame: frame).error else {
            throw Failure(.internalFault, "the daemon sent a reply that is not understood: it has no verdict")
        }
        guard error.isAboutPlace else {
            try output.flush()
            throw error.failure
        }
        hasUnknownPlace = true
        exitStatus = exitStatus.combined(with: .unknown)
        switch form {
        case .none: return
        case .word: try output.writeLine(LegalStatus.unknown.rawValue, end: separator)
        case .json: try output.writeLine(bytes: frame, end: separator)
        }
        StandardError.report(error.failure.message)
    }

    mutating func pause() throws(Failure) { try output.flush() }
}
