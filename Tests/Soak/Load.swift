import Foundation
import Synchronization
import Varlink

/// Clients that behave: each asks one question after the other on a connection of its own and checks each answer.
final class Load: Sendable {
    struct Outcome: Sendable {
        /// In microseconds, one for each answer.
        var latencies: [UInt32] = []
        var wrong: [String] = []
        /// Connections that were lost or refused, calls without an answer.
        var lost: [String] = []
        var versions: Set<String> = []

        func percentile(_ share: Double) -> Double {
            guard !latencies.isEmpty else { return .nan }
            let sorted = latencies.sorted()
            return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1000
        }
    }

    private let isStopped = Atomic(false)
    private let outcome = Mutex(Outcome())
    private let group = DispatchGroup()

    init(clients: Int, socket: String, questions: [Question]) {
        for number in 0..<clients {
            group.enter()
            Thread { [self] in
                let mine = ask(questions, from: number * questions.count / clients, socket)
                outcome.withLock { all in
                    all.latencies += mine.latencies
                    all.wrong += mine.wrong
                    all.lost += mine.lost
                    all.versions.formUnion(mine.versions)
                }
                group.leave()
            }.start()
        }
    }

    func stop() -> Outcome {
        isStopped.store(true, ordering: .releasing)
        group.wait()
        return outcome.withLock { $0 }
    }

    private func ask(_ questions: [Question], from start: Int, _ socket: String) -> Outcome {
        var mine = Outcome()
        do {
            var client = try VarlinkClient(path: socket, timeout: 60_000)
            var index = start
            while !isStopped.load(ordering: .acquiring) {
                let question = questions[index % questions.count]
                index += 1
                let begin = DispatchTime.now().uptimeNanoseconds
                question.frame.withUnsafeBytes { client.send(rawBytes: $0) }
                try client.flush()
                let reply = try client.receive()
                mine.latencies.append(UInt32(clamping: (DispatchTime.now().uptimeNanoseconds - begin) / 1000))
                let verdict = reply.parameters["verdict"]
                let version = verdict?["table"]?.stringValue ?? ""
                mine.versions.insert(version)
                if reply.error != nil || question.statuses[version] != verdict?["status"]?.stringValue {
                    mine.wrong.append(
                        "\(String(decoding: question.frame.dropLast(), as: UTF8.self)): \(reply.error.map { "\($0)" } ?? "") \(version) \(verdict?["status"]?.stringValue ?? "none"), expected \(question.statuses)"
                    )
                }
            }
        } catch {
            mine.lost.append("\(error)")
        }
        return mine
    }
}
