import Legality
import TableFiles
import Testing
import Varlink

@testable import LookupService

/// A clock that is set by hand.
final class Moment {
    var seconds: Int64

    init(day: String, secondOfDay: Int64) {
        seconds = Int64(CivilDate(day)!.daysSinceEpoch) * 86_400 + secondOfDay
    }
}

/// A service and a connection to it, without a socket.
final class Exchange {
    let service: LookupService
    private var connection: Connection

    /// - Parameters:
    ///   - waitingOutput: bytes of replies that may wait; beyond it a stream stops.
    ///   - callsPerTurn: and pieces of a reply.
    init(
        _ table: Table, _ moment: Moment, capacity: Int, waitingOutput: Int = 64 << 20, callsPerTurn: Int = 64
    ) throws {
        var limits = ConnectionLimits()
        limits.waitingOutput = waitingOutput
        limits.callsPerTurn = callsPerTurn
        connection = Connection(
            id: ConnectionID(slot: 0, generation: 1), peer: PeerCredentials(processID: 1, userID: 1, groupID: 1),
            limits: limits)
        service = try LookupService(
            table: table, directory: "data", clock: ZoneClock(reading: { moment.seconds }), daemonVersion: "1",
            userID: 0, cacheCapacity: capacity, requests: .init(reload: {}, setLogLevel: { _ in }))
    }

    func ask(_ request: String) -> String { askAll([request]) }

    /// Asks and leaves the reply unread; what is there already of it, and how much that was.
    func begin(_ request: String) -> String {
        (Array(request.utf8) + [0]).withUnsafeBytes { connection.receive($0, service: service.varlink) }
        return unread
    }

    /// Reads what waits, and lets the replies go on as far as they do.
    func goOn() -> String {
        connection.outputSent(connection.output.count)
        while connection.hasWork { connection.work(service: service.varlink) }
        return unread
    }

    private var unread: String { String(decoding: connection.output, as: UTF8.self) }

    /// All calls in one piece, as they arrive when they are pipelined.
    func askAll(_ requests: [String]) -> String {
        var bytes: [UInt8] = []
        for request in requests {
            bytes += request.utf8
            bytes.append(0)
        }
        bytes.withUnsafeBytes { connection.receive($0, service: service.varlink) }
        #expect(connection.ending == nil, "\(requests)")
        while connection.hasWork { connection.work(service: service.varlink) }
        let reply = String(decoding: connection.output, as: UTF8.self)
        connection.outputSent(connection.output.count)
        return reply
    }
}

enum ShippedTable {
    static func table() throws -> Table {
        let directory = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/data"
        return try #require(TableReader(directory: directory).read().table)
    }
}

extension TableReading {
    var table: Table? {
        if case .accepted(let table, _, _) = self { table } else { nil }
    }
}
