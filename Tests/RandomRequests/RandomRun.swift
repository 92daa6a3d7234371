import Foundation
import Varlink

/// A run of random requests against a real daemon: batches are sent on several connections at once, then read.
struct RandomRun {
    let count: Int
    let seed: UInt64
    let table: String
    private let connections = 4
    private let longestBatch = 60
    /// Of what was sent on a connection before, what is tried again after a fault.
    private let longestHistory = 2000

    init(count: Int, seed: UInt64, table: String) {
        self.count = count
        self.seed = seed
        self.table = table
    }

    /// - Returns: what went wrong, if something did; else the closing line.
    func run() throws -> (fault: String?, summary: String) {
        let begin = Date()
        let daemon = try DaemonUnderTest(table: table)
        let check = ReplyCheck(descriptions: try daemon.descriptions())
        var requests = RequestGenerator(seed: seed, descriptions: check.descriptions)
        var talks: [Talk?] = Array(repeating: nil, count: connections)
        var (sent, replies, opened) = (0, 0, 0)
        while sent < count {
            for index in talks.indices where sent < count {
                if talks[index]?.isOver != false {
                    talks[index] = try Talk(socket: daemon.socket, check: check, timeout: 60_000)
                    opened += 1
                }
                let batch = requests.batch(atMost: min(longestBatch, count - sent))
                sent += batch.count
                if let talk = talks[index], let fault = talk.send(batch) {
                    return (report(fault, after: sent, on: talk, of: daemon, check), "")
                }
            }
            for talk in talks.compactMap({ $0 }) {
                let before = talk.replies
                if let fault = talk.receive() { return (report(fault, after: sent, on: talk, of: daemon, check), "") }
                replies += talk.replies - before
            }
        }
        let answer = try daemon.call("org.legalityd.Lookup.Check", ["place": "US-AL"])
        guard answer["verdict"]?["status"] == "prohibited" else { return ("a wrong answer afterwards: \(answer)", "") }
        let status = daemon.stop()
        guard status == 0 else { return ("the daemon ended with \(status): \(daemon.lastWords)", "") }
        let seconds = Int(Date().timeIntervalSince(begin).rounded())
        return (
            nil,
            "random requests: \(sent) with seed \(seed), \(replies) replies on \(opened) connections, all as declared "
                + "and in order, \(seconds) seconds"
        )
    }

    /// What went wrong, and the fewest requests on one connection that show it.
    private func report(
        _ fault: String, after sent: Int, on talk: Talk, of daemon: DaemonUnderTest, _ check: ReplyCheck
    ) -> String {
        var lines = ["seed \(seed), among the first \(sent) requests: \(fault)"]
        if !daemon.isRunning { lines.append("the daemon is gone: \(daemon.lastWords)") }
        var current = daemon
        func fails(_ requests: [RandomRequest]) -> Bool {
            if !current.isRunning {
                guard let another = try? DaemonUnderTest(table: table) else { return false }
                current = another
            }
            guard let talk = try? Talk(socket: current.socket, check: check, timeout: 10_000) else { return true }
            return talk.send(requests) != nil || talk.receive() != nil || !current.isRunning
        }
        let history = Array(talk.sent.suffix(longestHistory))
        guard fails(history) else {
            return (lines + ["not seen again on a connection of its own"]).joined(separator: "\n")
        }
        let smallest = shrunk(history, attempts: 500, fails: fails)
        lines.append("the fewest requests that fail:")
        return (lines + smallest.map(\.description)).joined(separator: "\n")
    }
}
