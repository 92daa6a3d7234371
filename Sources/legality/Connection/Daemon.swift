import Glibc
import Varlink

/// A connection to the daemon. Calls are answered in the order in which they were sent.
struct Daemon: ~Copyable {
    static let interface = "org.legalityd.Lookup"
    /// How long a daemon may be silent while it owes an answer, in milliseconds. `LEGALITY_TIMEOUT` (in seconds) is for
    /// tests and for who cannot wait that long.
    static let patience: Int = {
        guard let text = Environment.process["LEGALITY_TIMEOUT"], let seconds = Int(text), (1...3600).contains(seconds)
        else { return 30_000 }
        return seconds * 1000
    }()
    /// After how long the user is told that there is something to wait for, in milliseconds.
    static let quietWait = 500

    /// Where it listens.
    let path: String
    private var client: VarlinkClient

    /// Connects to the first of the paths at which a daemon listens.
    init(at candidates: [String]) throws(Failure) {
        var faults: [String] = []
        var isRefusedForNow = false
        var isForbidden = false
        for path in candidates {
            do throws(ClientError) {
                client = try VarlinkClient(path: path, timeout: Self.quietWait)
                self.path = path
                return
            } catch {
                switch error {
                case .unreachable(let error):
                    if error.errorNumber == EACCES || error.errorNumber == EPERM { isForbidden = true }
                    faults.append("\(path) (\(ErrorNumber.text(error.errorNumber)))")
                case .timedOut:
                    isRefusedForNow = true
                    faults.append("\(path) (it takes no more connections for now)")
                case .unusablePath:
                    let shown = path.isEmpty ? "\"\"" : Words.shortened(path)
                    faults.append("\(shown) (not a path that a socket can have)")
                default: faults.append("\(path) (\(error))")
                }
            }
        }
        let tried = faults.joined(separator: " and at ")
        if isRefusedForNow { throw Failure(.tryAgain, "the daemon does not answer at \(tried)") }
        if isForbidden { throw Failure(.noDaemon, "no daemon may be asked at \(tried)") }
        throw Failure(
            .noDaemon,
            "no daemon answers at \(tried); start it with \"systemctl start legalityd\" or \"legalityd --socket PATH\"")
    }

    /// To wait on together with other descriptors.
    var descriptor: Int32 { client.descriptor }

    /// That it has been silent for longer than one waits.
    var silence: Failure {
        Failure(
            .tryAgain, "the daemon at \(path) has not answered for \(Words.counted(Self.patience / 1000, "second"))")
    }

    /// That it went away while it owed an answer.
    var hangUp: Failure { Failure(.tryAgain, "the daemon at \(path) closed the connection before it answered") }

    /// Asks once and takes the answer's parameters.
    ///
    /// - Throws: the Varlink error's own message, or that the daemon went away.
    mutating func call(
        _ method: StaticString, _ parameters: (inout JSONWriter) -> Void = { _ in }
    ) throws(Failure) -> JSONValue {
        let reply = try reply(to: method, parameters)
        if let error = reply.error { throw error.failure }
        return .object(reply.parameters)
    }

    /// Asks once and takes the answer, error or not.
    mutating func reply(
        to method: StaticString, _ parameters: (inout JSONWriter) -> Void = { _ in }
    ) throws(Failure) -> VarlinkReply {
        send(method, parameters: parameters)
        return try receive()
    }

    /// Adds a call to those that go out with the next `receive`; answers come in order.
    mutating func send(
        _ method: StaticString, more: Bool = false, parameters: (inout JSONWriter) -> Void = { _ in }
    ) {
        client.send("\(Self.interface).\(method)", more: more, parameters: parameters)
    }

    /// The next answer. A wait that a person would notice is shown on their terminal.
    ///
    /// - Parameter isPatient: whether the daemon may take as long as it likes (a monitor).
    mutating func receive(isPatient: Bool = false) throws(Failure) -> VarlinkReply {
        var waited = 0
        var spinner = Spinner()
        defer { spinner.erase() }
        client.timeout = isPatient ? nil : Self.quietWait
        while true {
            do throws(ClientError) {
                return try client.receive()
            } catch {
                switch error {
                case .timedOut:
                    waited += client.timeout ?? 0
                    if waited >= Self.patience { throw silence }
                    spinner.turn()
                    client.timeout = Spinner.interval
                case .disconnected: throw hangUp
                case .malformedReply(let reason):
                    throw Failure(.internalFault, "the daemon sent a reply that is \(reason)")
                default: throw Failure(.internalFault, "the connection to the daemon at \(path) broke: \(error)")
                }
            }
        }
    }
}
