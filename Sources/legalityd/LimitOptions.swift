import ArgumentParser
import TableFiles
import Varlink

/// What clients, and a table, may take of the machine.
struct LimitOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Bytes of one request.", valueName: "bytes"))
    var maxRequest = ConnectionLimits().frameSize

    @Option(name: .long, help: ArgumentHelp("Connections at a time.", valueName: "n"))
    var maxConnections = ConnectionLimits().connections

    @Option(name: .long, help: ArgumentHelp("Connections of one user at a time.", valueName: "n"))
    var maxConnectionsPerUser = ConnectionLimits().connectionsPerUser

    @Option(name: .long, help: ArgumentHelp("Bytes of replies that may wait for a slow reader.", valueName: "bytes"))
    var maxWaiting = ConnectionLimits().waitingOutput

    @Option(name: .long, help: ArgumentHelp("Monitors and other calls that wait, at a time.", valueName: "n"))
    var maxMonitors = ConnectionLimits().waitingCalls

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Requests of one connection that were read and are not answered; later ones are refused. 0: any number.",
            valueName: "n"))
    var maxInFlight = ConnectionLimits().callsInHand

    @Option(name: .long, help: ArgumentHelp("Places that one request may name (to monitor them).", valueName: "n"))
    var maxPlaces = 100

    @Option(
        name: .long, help: ArgumentHelp("Requests of one connection answered before the others' turn.", valueName: "n"))
    var requestsPerTurn = ConnectionLimits().callsPerTurn

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Microseconds a user may take before the others' turn; a connection, or one whose calls wait, a third; 0: any.",
            valueName: "us"))
    var turnTime = ConnectionLimits().turnTime

    @Option(name: .long, help: ArgumentHelp("Seconds that a connection may do nothing; 0: for ever.", valueName: "s"))
    var idleTime = ConnectionLimits().idleTime / 1000

    @Option(name: .long, help: ArgumentHelp("Seconds that a request may take to arrive.", valueName: "s"))
    var requestTime = ConnectionLimits().frameTime / 1000

    @Option(name: .long, help: ArgumentHelp("Seconds that replies may stay unread.", valueName: "s"))
    var stallTime = ConnectionLimits().stallTime / 1000

    @Option(name: .long, help: ArgumentHelp("Bytes of all files of a table.", valueName: "bytes"))
    var maxTableSize = TableLimits.default.totalSize

    @Option(name: .long, help: ArgumentHelp("Files of a table.", valueName: "n"))
    var maxTableFiles = TableLimits.default.fileCount

    @Option(
        name: .long, help: ArgumentHelp("Seconds that reading a table may take before it is stuck.", valueName: "s"))
    var maxLoadTime = 120

    func validate() throws {
        for (name, value) in [
            ("--max-request", maxRequest), ("--max-connections", maxConnections),
            ("--max-connections-per-user", maxConnectionsPerUser), ("--max-waiting", maxWaiting),
            ("--requests-per-turn", requestsPerTurn), ("--max-table-size", maxTableSize),
            ("--max-table-files", maxTableFiles), ("--max-load-time", maxLoadTime), ("--max-places", maxPlaces),
        ] where value < 1 {
            throw ValidationError("\(name) has to be at least 1, not \(value).")
        }
        for (name, value) in [
            ("--max-monitors", maxMonitors), ("--idle-time", idleTime), ("--request-time", requestTime),
            ("--stall-time", stallTime), ("--turn-time", turnTime), ("--max-in-flight", maxInFlight),
        ] where !(0...1_000_000).contains(value) {
            throw ValidationError("\(name) has to be between 0 and 1000000, not \(value).")
        }
    }

    var connections: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.frameSize = maxRequest
        limits.connections = maxConnections
        limits.connectionsPerUser = maxConnectionsPerUser
        limits.waitingOutput = maxWaiting
        limits.waitingCalls = maxMonitors
        limits.callsPerTurn = requestsPerTurn
        limits.turnTime = turnTime
        limits.callsInHand = maxInFlight
        limits.idleTime = idleTime * 1000
        limits.frameTime = requestTime * 1000
        limits.stallTime = stallTime * 1000
        return limits
    }

    var table: TableLimits {
        var limits = TableLimits.default
        limits.totalSize = maxTableSize
        limits.fileCount = maxTableFiles
        return limits
    }
}
