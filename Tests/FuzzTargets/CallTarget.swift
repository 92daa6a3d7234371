import LookupService
import Varlink

/// One frame to the real service: the scanner, the parameters, the handlers, the cache of replies.
public final class CallTarget: FuzzTarget {
    public static let name = "calls"
    private let service: LookupService

    public init(data: String) throws {
        service = try LookupService(
            table: try SubsetTable.table(in: data), directory: data, clock: ZoneClock(reading: { 1_790_000_000 }),
            daemonVersion: "0", userID: 0, cacheCapacity: 1 << 16, requests: .init(reload: {}, setLogLevel: { _ in }))
    }

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        let frame = Array(input.filter { $0 != 0 }) + [0]
        var first = Conversation(service.varlink)
        frame.withUnsafeBytes { first.receive($0) }
        if let problem = first.problem() { return problem }
        if case .oversizedFrame = first.connection.ending { return "an oversized frame of \(frame.count) bytes" }
        if first.connection.ending == nil, first.output.isEmpty, !first.connection.isWaiting, !isOneway(frame) {
            return "no reply"
        }
        // The second time it may come from the cache.
        var second = Conversation(service.varlink)
        frame.withUnsafeBytes { second.receive($0) }
        return first.output == second.output ? nil : "two answers to one call"
    }

    private func isOneway(_ frame: [UInt8]) -> Bool {
        (try? JSONValue(parsing: Array(frame.dropLast())))?["oneway"] == .bool(true)
    }
}
