import LookupService
import Varlink

/// Bytes that arrive in pieces: however they are cut, the replies are the same.
///
/// The first byte of an input chooses how it is cut.
public final class FrameTarget: FuzzTarget {
    public static let name = "frames"
    private let service: LookupService
    private let limits: ConnectionLimits

    public init(data: String) throws {
        service = try LookupService(
            table: try SubsetTable.table(in: data), directory: data, clock: ZoneClock(reading: { 1_790_000_000 }),
            daemonVersion: "0", userID: 0, cacheCapacity: 1 << 16, requests: .init(reload: {}, setLogLevel: { _ in }))
        var limits = ConnectionLimits()
        limits.frameSize = 300
        limits.callsPerTurn = 3
        limits.waitingOutput = 2000
        self.limits = limits
    }

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: input[1...])
        var whole = Conversation(service.varlink, limits: limits)
        whole.receive(bytes)
        var cut = Conversation(service.varlink, limits: limits)
        var random = UInt64(choice) &* 0x9E37_79B9_7F4A_7C15 | 1
        var position = 0
        while position < bytes.count, !cut.hasTooMuchOutput {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = min(choice < 16 ? Int(choice) + 1 : Int(random >> 58) + 1, bytes.count - position)
            cut.receive(UnsafeRawBufferPointer(rebasing: bytes[position..<(position + length)]))
            position += length
        }
        if whole.hasTooMuchOutput || cut.hasTooMuchOutput { return nil }
        if let problem = whole.problem() ?? cut.problem() { return problem }
        if whole.output != cut.output { return "the replies depend on how the bytes are cut" }
        if whole.connection.ending != cut.connection.ending { return "the ending depends on how the bytes are cut" }
        return nil
    }
}
