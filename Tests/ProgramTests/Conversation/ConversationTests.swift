import Foundation
import Testing
import Varlink

/// A recorded conversation: a call of every method, and each error that a client can cause, byte for byte. A change of
/// the wire format shows in `conversation.txt`, and so in review; after one that is meant,
/// `RECORD_CONVERSATION=1 swift test --filter ConversationTests` writes it anew.
@Suite("The recorded conversation")
struct ConversationTests {
    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let record = directory.appendingPathComponent("conversation.txt")
    private static let table = directory.appendingPathComponent("table").path

    @Test("is held to the byte")
    func byteForByte() throws {
        let recorded = try String(contentsOf: Self.record, encoding: .utf8)
        let daemon = try TestDaemon(table: Self.table, arguments: ["--max-monitors", "1"])
        var lines: [String] = []
        // Earlier connections stay open: what they wait for counts.
        var connections = [try RawWire(path: daemon.socket)]
        for line in recorded.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("< ") { continue }
            lines.append(String(line))
            if line == "= another connection" { connections.append(try RawWire(path: daemon.socket)) }
            guard line.hasPrefix("> ") else { continue }
            let call = line.dropFirst(2)
            let connection = connections[connections.count - 1]
            try connection.send(call)
            if call.contains("\"oneway\":true") { continue }
            while true {
                let reply = try connection.receive()
                lines.append("< " + normalized(reply))
                // A monitor goes on for ever; its first event comes at once.
                if !reply.hasSuffix("\"continues\":true}") || call.contains("Lookup.Monitor") { break }
            }
        }
        let spoken = lines.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["RECORD_CONVERSATION"] != nil {
            try Data(spoken.utf8).write(to: Self.record)
            return
        }
        for (number, (old, new)) in zip(
            recorded.split(separator: "\n", omittingEmptySubsequences: false), lines
        ).enumerated() where old != new {
            Issue.record("conversation.txt:\(number + 1)\nrecorded: \(old)\nnow:      \(new)")
            return
        }
        #expect(recorded == spoken)
    }

    @Test("has every method, and every error that can be caused here")
    func complete() throws {
        let recorded = try String(contentsOf: Self.record, encoding: .utf8)
        let daemon = try TestDaemon(table: Self.table)
        for name in ["org.varlink.service", "org.legalityd.Lookup", "io.systemd.service"] {
            let text = try daemon.call(
                "org.varlink.service.GetInterfaceDescription", ["interface": .string(name)])["description"]
            let description = try InterfaceDescription(parsing: text?.stringValue ?? "")
            for method in description.methods {
                #expect(recorded.contains("> {\"method\":\"\(name).\(method.name)\""), "\(method.name)")
            }
            // Nothing is declared and left out; who may do what, and a faulty table, need another stage.
            for error in description.errors
            where !["MethodNotImplemented", "PermissionDenied", "TableRefused"].contains(error.name) {
                #expect(recorded.contains("< {\"error\":\"\(name).\(error.name)\""), "\(error.name)")
            }
        }
    }

    /// What differs from run to run is named and left out.
    private func normalized(_ reply: String) -> String {
        var reply = reply.replacing("\"\(Self.table)\"", with: "\"TABLE\"")
        for name in ["loaded", "last_reload_time"] {
            guard let start = reply.range(of: "\"\(name)\":\"")?.upperBound,
                let end = reply[start...].firstIndex(of: "\"")
            else { continue }
            reply.replaceSubrange(start..<end, with: "TIME")
        }
        return reply
    }

    /// A connection that takes bytes and gives bytes.
    private final class RawWire {
        private var client: VarlinkClient

        init(path: String) throws { client = try VarlinkClient(path: path, timeout: 30_000) }

        func send(_ call: Substring) throws {
            var bytes = Array(call.utf8)
            bytes.append(0)
            bytes.withUnsafeBytes { client.send(rawBytes: $0) }
            try client.flush()
        }

        func receive() throws -> String { String(decoding: try client.receiveFrame(), as: UTF8.self) }
    }
}
