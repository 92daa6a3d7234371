import Foundation
import Varlink

/// A line of the report, at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

struct Soak {
    let seconds: Int
    let shippedTable: String
    private let clients = 4
    /// Beyond this, in milliseconds, at the 99th percentile it fails; what was aimed at is only reported.
    private let grossLatency = 1000.0

    init(seconds: Int, shippedTable: String) {
        self.seconds = seconds
        self.shippedTable = shippedTable
    }

    func run() throws -> Bool {
        var template = Array("/tmp/soak.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return false }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        chmod(directory, 0o755)
        let tables = try Tables(shipped: shippedTable, in: directory)
        let daemon = try DaemonProcess(table: tables.current, directory: directory, arguments: [])
        say(
            "\(tables.questions.count) questions, \(clients) well-behaved clients, vandals \(Programs.hasOtherUser ? "of another user" : "of the same user (not root)")"
        )

        // Everything that is ever kept is there after some reloads and questions.
        for name in ["b", "a", "b", "a"] {
            tables.use(name)
            try daemon.call("io.systemd.service.Reload")
        }
        let quiet = measure(daemon, tables, seconds: max(3, min(10, seconds / 6)))
        report("quiet", quiet)

        let reloader = Reloader(daemon: daemon, tables: tables)
        let busy = measure(daemon, tables, seconds: max(3, min(10, seconds / 6)))
        report("with reloads every 100 ms", busy)
        let memory = settled(daemon).memory
        let descriptors = daemon.descriptors

        let vandals = try Vandal.allCases.map { try Programs.vandal($0, socket: daemon.socket) }
        let load = Load(clients: clients, socket: daemon.socket, questions: tables.questions)
        var peak = 0
        for _ in 0..<seconds {
            sleep(1)
            peak = max(peak, daemon.memory)
        }
        let fire = load.stop()
        let ended = zip(Vandal.allCases, vandals).filter { !$1.isRunning }.map(\.0.rawValue)
        for vandal in vandals where vandal.isRunning && vandal.processIdentifier > 0 {
            kill(vandal.processIdentifier, SIGKILL)
        }
        for vandal in vandals { vandal.waitUntilExit() }
        let reloads = reloader.stop()
        report("under fire", fire)

        if !daemon.isRunning {
            say("FAULT: the daemon has ended (\(daemon.ending)); its log closes with")
            say(((try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? "").suffix(4000).description)
            return false
        }
        let end = settled(daemon, descriptors: descriptors)
        let info = try daemon.call("org.legalityd.Lookup.GetTable")
        say(
            "reloads: \(reloads) signals, \(info["reloads"]?.integerValue ?? 0) readings, last: \(info["last_reload"]?.stringValue ?? "?")"
        )
        say(
            "memory: \(memory) KiB before, \(peak) at most, \(end.memory) after; descriptors: \(descriptors) before, \(end.descriptors) after; threads: \(end.threads)"
        )
        let status = daemon.stop()

        var faults: [String] = []
        for (name, outcome) in [("quiet", quiet), ("reloads", busy), ("under fire", fire)] {
            if let first = outcome.wrong.first {
                faults.append("\(name): \(outcome.wrong.count) wrong answers: \(first)")
            }
            if let first = outcome.lost.first { faults.append("\(name): \(outcome.lost.count) lost clients: \(first)") }
        }
        if !ended.isEmpty { faults.append("misbehaving clients that ended by themselves: \(ended)") }
        if fire.versions.count < 2 { faults.append("only one table was seen: \(fire.versions)") }
        if end.descriptors > descriptors { faults.append("descriptors leak: \(descriptors) → \(end.descriptors)") }
        // An allocator keeps some of its peak; what leaks with every reload or connection is far more.
        if end.memory > memory * 5 / 4 + 32_768 { faults.append("memory grows: \(memory) → \(end.memory) KiB") }
        if fire.percentile(0.99) > grossLatency { faults.append("p99 under fire \(fire.percentile(0.99)) ms") }
        if status != 0 { faults.append("the daemon ended with \(status)") }
        let ratio = fire.percentile(0.99) / quiet.percentile(0.99)
        say(
            "p99 under fire \(text(fire.percentile(0.99))) ms: \(fire.percentile(0.99) <= 100 ? "within" : "BEYOND") 100 ms; \(text(ratio)) times the quiet p99 (aim: 3)"
        )
        for fault in faults { say("FAULT: \(fault)") }
        return faults.isEmpty
    }

    private func measure(_ daemon: DaemonProcess, _ tables: Tables, seconds: Int) -> Load.Outcome {
        let load = Load(clients: clients, socket: daemon.socket, questions: tables.questions)
        sleep(UInt32(seconds))
        return load.stop()
    }

    private func report(_ name: String, _ outcome: Load.Outcome) {
        say(
            "\(name): \(outcome.latencies.count) answers, \(outcome.wrong.count) wrong, \(outcome.lost.count) lost; ms: p50 \(text(outcome.percentile(0.5))), p99 \(text(outcome.percentile(0.99))), p99.9 \(text(outcome.percentile(0.999))), most \(text(outcome.percentile(1)))"
        )
    }

    private func text(_ number: Double) -> String { String(format: "%.2f", number) }

    /// What it takes once everybody has gone.
    private func settled(
        _ daemon: DaemonProcess, descriptors: Int = .max
    ) -> (memory: Int, descriptors: Int, threads: Int) {
        for _ in 0..<100 {
            usleep(100_000)
            if daemon.descriptors <= descriptors, daemon.threads == 1 { break }
        }
        return (daemon.memory, daemon.descriptors, daemon.threads)
    }
}

/// Switches the table and has it read anew, ten times a second.
final class Reloader: @unchecked Sendable {
    private let lock = NSLock()
    private let done = DispatchGroup()
    private var isStopped = false
    private var count = 0

    init(daemon: DaemonProcess, tables: Tables) {
        nonisolated(unsafe) let daemon = daemon
        done.enter()
        Thread { [self] in
            while !lock.withLock({ isStopped }) {
                tables.use(count % 2 == 0 ? "b" : "a")
                daemon.reload()
                count += 1
                usleep(100_000)
            }
            done.leave()
        }.start()
    }

    func stop() -> Int {
        lock.withLock { isStopped = true }
        done.wait()
        return count
    }
}
