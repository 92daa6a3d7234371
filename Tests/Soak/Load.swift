import Foundation
import Synchronization
import Varlink

/// Clients that behave: each asks one question after the other and checks each answer.
final class Load: Sendable {
    /// How a client asks.
    enum Manner {
        /// On one connection, without pause: a program.
        case steady
        /// On a new connection for each question, with a pause between: scripts. Connecting counts as waiting.
        case anew
    }

    struct Outcome: Sendable {
        var latencies = Latencies()
        var wrong: [String] = []
        /// Connections that were lost or refused, calls without an answer.
        var lost: [String] = []
        var versions: Set<String> = []
        /// What the host of the machine took of the processors' time meanwhile, in percent.
        var stolen = 0.0
    }

    private let isStopped = Atomic(false)
    private let outcome = Mutex(Outcome())
    private let group = DispatchGroup()
    private let start = DispatchTime.now().uptimeNanoseconds
    private let stolenBefore = StolenTime.now

    init(clients: Int, asking manner: Manner = .steady, socket: String, questions: [Question]) {
        for number in 0..<clients {
            group.enter()
            Thread { [self] in
                Processors.keep(to: Processors.forWellBehaved)
                let mine = ask(questions, from: number * questions.count / clients, manner, socket)
                outcome.withLock { all in
                    all.latencies.add(mine.latencies)
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
        let stolen = StolenTime.now.share(since: stolenBefore)
        group.wait()
        return outcome.withLock { outcome in
            outcome.stolen = stolen
            return outcome
        }
    }

    private func ask(_ questions: [Question], from start: Int, _ manner: Manner, _ socket: String) -> Outcome {
        var mine = Outcome()
        var check = AnswerCheck(questions: questions)
        do {
            var client = try VarlinkClient(path: socket, timeout: 60_000)
            var index = start
            while !isStopped.load(ordering: .acquiring) {
                index = (index + 1) % questions.count
                let begin = DispatchTime.now().uptimeNanoseconds
                if case .anew = manner { client = try VarlinkClient(path: socket, timeout: 60_000) }
                questions[index].frame.withUnsafeBytes { client.send(rawBytes: $0) }
                let reply = try client.receiveFrame()
                let end = DispatchTime.now().uptimeNanoseconds
                mine.latencies.add(
                    UInt32(clamping: (end - begin) / 1000), second: Int((begin - self.start) / 1_000_000_000))
                if let fault = check.fault(in: reply, to: index) { mine.wrong.append(fault) }
                if case .anew = manner { usleep(5000) }
            }
        } catch {
            mine.lost.append("\(error)")
        }
        mine.versions = check.versions
        return mine
    }
}
