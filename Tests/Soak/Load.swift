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
    private let outcomes = Mutex<[Outcome]>([])
    private let group = DispatchGroup()
    private let start = DispatchTime.now().uptimeNanoseconds
    private let stolenBefore = StolenTime.now

    init(clients: Int, asking manner: Manner = .steady, socket: String, questions: [Question]) {
        for number in 0..<clients {
            group.enter()
            Thread { [self] in
                Processors.keep(to: Processors.forWellBehaved)
                let mine = ask(questions, from: number * questions.count / clients, manner, socket)
                // Put together later: that takes the processor, on which others are still asking.
                outcomes.withLock { $0.append(mine) }
                group.leave()
            }.start()
        }
    }

    /// Waits until all clients of these loads have their last answer.
    static func stop(_ loads: Load...) -> [Outcome] {
        let stolen = loads.map { StolenTime.now.share(since: $0.stolenBefore) }
        for load in loads { load.isStopped.store(true, ordering: .releasing) }
        for load in loads { load.group.wait() }
        return zip(loads, stolen).map { $0.outcome(stolen: $1) }
    }

    private func outcome(stolen: Double) -> Outcome {
        var all = Outcome()
        all.stolen = stolen
        for outcome in outcomes.withLock({ $0 }) {
            all.latencies.add(outcome.latencies)
            all.wrong += outcome.wrong
            all.lost += outcome.lost
            all.versions.formUnion(outcome.versions)
        }
        return all
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
