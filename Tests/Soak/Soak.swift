import Foundation
import Varlink

/// A line of the report, at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

struct Soak {
    let seconds: Int
    let shippedTable: String
    /// Whether memory is judged. Not under a sanitizer, which multiplies it.
    let judgesMemory: Bool
    /// Whether times are judged, or only told: they say something about the daemon only where nothing else wants the
    /// processors.
    let judgesTimes: Bool
    private let clients = 4
    /// The 99th percentile under fire may be so many times the quiet one.
    private let factor = 3.0
    /// With a quiet 99th percentile beyond this, in milliseconds, something else has the processors, and times cannot be
    /// judged.
    private let quietMachine = 1.0
    /// What another user's query may take at the 99th percentile, in milliseconds, connecting included.
    private let otherUsersLimit = 100.0

    func run() throws -> Bool {
        var template = Array("/tmp/soak.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return false }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        chmod(directory, 0o755)
        let tables = try Tables(shipped: shippedTable, in: directory)
        let daemon = try DaemonProcess(table: tables.current, directory: directory, arguments: [])
        say(
            "\(tables.questions.count) questions, \(clients) well-behaved clients without pause and one that connects for each question; misbehaving ones \(Programs.hasOtherUser ? "of another user" : "OF THE SAME USER (not root: what two users do is not shown)"), \(Processors.canBeDivided ? "on processors of their own" : "ON THE SAME PROCESSOR")"
        )

        // Everything that is ever kept is there after some reloads and questions.
        for name in ["b", "a", "b", "a"] {
            tables.use(name)
            try daemon.call("io.systemd.service.Reload")
        }
        let quietSeconds = max(4, min(12, seconds / 10))
        let before = measure(daemon, tables, seconds: quietSeconds)
        report("quiet before", before)
        daemon.keep(to: Processors.forWellBehaved)
        let keptBefore = measure(daemon, tables, seconds: quietSeconds)
        report("quiet before, kept", keptBefore)
        daemon.keep(to: Processors.all[...])

        let calmReloader = Reloader(daemon: daemon, tables: tables)
        let busy = measure(daemon, tables, seconds: quietSeconds)
        report("with reloads every 100 ms", busy)
        let calmReloads = calmReloader.stop()
        let (memory, descriptors, _) = settled(daemon)

        let reloader = Reloader(daemon: daemon, tables: tables)
        let readingsBefore = try daemon.readings
        let vandals = try Vandal.allCases.map { try Programs.vandal($0, socket: daemon.socket) }
        var samples: [Int] = []
        let (fire, anew) = measureUnderFire(daemon, tables, seconds: seconds - seconds / 2, memory: &samples)
        daemon.keep(to: Processors.forWellBehaved)
        let (keptFire, keptAnew) = measureUnderFire(daemon, tables, seconds: seconds / 2, memory: &samples)
        // A daemon that has ended is told of below.
        let readings = ((try? daemon.readings) ?? readingsBefore) - readingsBefore
        let ended = zip(Vandal.allCases, vandals).filter { !$1.isRunning }.map(\.0.rawValue)
        for vandal in vandals where vandal.isRunning && vandal.processIdentifier > 0 {
            kill(vandal.processIdentifier, SIGKILL)
        }
        for vandal in vandals { vandal.waitUntilExit() }
        let reloads = calmReloads + reloader.stop()
        report("under fire", fire)
        report("under fire, each on a new connection", anew)
        report("under fire, kept", keptFire)
        report("under fire, kept, each on a new connection", keptAnew)

        if !daemon.isRunning {
            say("FAULT: the daemon has ended (\(daemon.ending)); its log closes with")
            say(((try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? "").suffix(4000).description)
            return false
        }
        let end = settled(daemon, descriptors: descriptors)
        // Signals at a fixed pace may find the same one of the two tables each time.
        tables.use("b")
        try daemon.call("io.systemd.service.Reload")
        let keptAfter = measure(daemon, tables, seconds: quietSeconds)
        report("quiet after, kept", keptAfter)
        daemon.keep(to: Processors.all[...])
        tables.use("a")
        try daemon.call("io.systemd.service.Reload")
        let after = measure(daemon, tables, seconds: quietSeconds)
        report("quiet after", after)
        let info = try daemon.call("org.legalityd.Lookup.GetTable")
        say(
            "reloads: \(reloads) signals, \(info["reloads"]?.integerValue ?? 0) readings (\(readings) under fire), last: \(info["last_reload"]?.stringValue ?? "?")"
        )
        // Long enough for whole readings, and half of the time apart.
        let part = samples.count * 3 / 8
        let (early, late) = (trough(samples.dropFirst(samples.count / 8).prefix(part)), trough(samples.suffix(part)))
        say(
            "memory: \(memory) KiB before; under fire between readings \(early) from the second eighth to the fourth, \(late) from the sixth to the last, \(samples.max() ?? 0) at most; \(end.memory) after; descriptors: \(descriptors) before, \(end.descriptors) after; threads: \(end.threads)"
        )
        let status = daemon.stop()

        var faults: [String] = []
        for (name, outcome) in [
            ("quiet", before), ("kept", keptBefore), ("reloads", busy), ("under fire", fire),
            ("on new connections", anew),
            ("under fire, kept", keptFire), ("on new connections, kept", keptAnew), ("after", after),
            ("after, kept", keptAfter),
        ] {
            if let first = outcome.wrong.first {
                faults.append("\(name): \(outcome.wrong.count) wrong answers: \(first)")
            }
            if let first = outcome.lost.first { faults.append("\(name): \(outcome.lost.count) lost clients: \(first)") }
        }
        if !ended.isEmpty { faults.append("misbehaving clients that ended by themselves: \(ended)") }
        let versions = [before, busy, fire, keptFire, keptAfter, after].reduce(into: Set()) {
            $0.formUnion($1.versions)
        }
        if versions.count < 2 { faults.append("only one table was seen: \(versions)") }
        if end.descriptors > descriptors { faults.append("descriptors leak: \(descriptors) → \(end.descriptors)") }
        if status != 0 {
            faults.append("the daemon ended with \(status)")
            say(((try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? "").suffix(8000).description)
        }
        // They are put off behind those who ask, but not for good. A sanitizer makes them many times longer.
        if judgesMemory, readings == 0 { faults.append("no table was read under fire") }
        if end.threads > 1 { faults.append("threads stay: \(end.threads)") }
        if judgesMemory {
            // An allocator keeps some of its peak; what leaks with every reload or connection goes on growing.
            if late > early * 23 / 20 + 4096 { faults.append("memory grows: \(early) → \(late) KiB") }
            if end.memory > memory * 5 / 4 + 32_768 { faults.append("memory stays: \(memory) → \(end.memory) KiB") }
        }
        var beyond = compareTimes("", quiet: [before, after], fire: fire, anew: anew, comparison: .better)
        if Processors.canBeDivided {
            beyond += compareTimes(
                ", the daemon kept away from the misbehaving ones' processors", quiet: [keptBefore, keptAfter],
                fire: keptFire, anew: keptAnew, comparison: .worse)
        } else {
            beyond.append("one processor is too few to keep the daemon away from misbehaving clients: not shown")
        }
        if judgesTimes {
            faults += beyond
        } else {
            say("p99 is told and NOT JUDGED in this run: nobody said that the machine is quiet (--judge-times)")
            for fault in beyond { say("p99, if it were judged: \(fault)") }
        }
        for fault in faults { say("FAULT: \(fault)") }
        return faults.isEmpty
    }

    /// Which of the quiet percentiles, before and after, is compared with. Kept on one processor with its clients and the
    /// reading, the daemon has less to give than where it likes, and so has the machine at times: there the worse counts.
    private enum Comparison: String { case better, worse }

    /// Says how latencies compare.
    ///
    /// - Returns: what of it is a fault, where times are judged.
    private func compareTimes(
        _ manner: String, quiet: [Load.Outcome], fire: Load.Outcome, anew: Load.Outcome, comparison: Comparison
    ) -> [String] {
        let each = quiet.map { $0.latencies.typicalPercentile(0.99) }
        let worst = each.max() ?? .nan
        let calm = comparison == .better ? each.min() ?? .nan : worst
        let hot = fire.latencies.typicalPercentile(0.99)
        let new = anew.latencies.typicalPercentile(0.99)
        say(
            "p99, typically\(manner): quiet \(each.map(text).joined(separator: " and ")) ms before and after, under fire \(text(hot)) ms: \(text(hot / calm)) times the \(comparison.rawValue), \(hot <= factor * calm ? "within" : "BEYOND") \(text(factor)) times"
        )
        say(
            "p99, typically, of \(Programs.hasOtherUser ? "the other user's" : "a") query on a new connection under fire: \(text(new)) ms, \(new <= otherUsersLimit ? "within" : "BEYOND") \(text(otherUsersLimit)) ms"
        )
        guard worst <= quietMachine else {
            return [
                "times cannot be judged: with a quiet p99 of \(text(worst)) ms, beyond \(text(quietMachine)) ms, something else has the processors; run it on a quiet machine"
            ]
        }
        var faults: [String] = []
        if !(hot <= factor * calm) { faults.append("p99 under fire\(manner) is \(text(hot)) ms") }
        if !(new <= otherUsersLimit) { faults.append("p99 on new connections\(manner) is \(text(new)) ms") }
        return faults
    }

    private func measure(_ daemon: DaemonProcess, _ tables: Tables, seconds: Int) -> Load.Outcome {
        let load = Load(clients: clients, socket: daemon.socket, questions: tables.questions)
        sleep(UInt32(seconds))
        return Load.stop(load)[0]
    }

    /// The clients that go on asking, and the one that connects for each question; ten samples of memory each second.
    private func measureUnderFire(
        _ daemon: DaemonProcess, _ tables: Tables, seconds: Int, memory: inout [Int]
    ) -> (steady: Load.Outcome, anew: Load.Outcome) {
        let load = Load(clients: clients, socket: daemon.socket, questions: tables.questions)
        let newcomer = Load(clients: 1, asking: .anew, socket: daemon.socket, questions: tables.questions)
        for _ in 0..<10 * seconds {
            usleep(100_000)
            memory.append(daemon.memory)
        }
        let outcomes = Load.stop(load, newcomer)
        return (outcomes[0], outcomes[1])
    }

    private func report(_ name: String, _ outcome: Load.Outcome) {
        let times = outcome.latencies
        say(
            "\(name): \(times.count) answers, \(outcome.wrong.count) wrong, \(outcome.lost.count) lost; ms: p50 \(text(times.percentile(0.5))), p99 \(text(times.percentile(0.99))) (typically \(text(times.typicalPercentile(0.99)))), p99.9 \(text(times.percentile(0.999))), most \(text(times.percentile(1))); the host took \(String(format: "%.1f", outcome.stolen)) % of the processors"
        )
    }

    private func text(_ number: Double) -> String { String(format: "%.2f", number) }

    /// Of samples of memory: what it is when no table is being read, as one is for most of the time, and how much of one
    /// there is at the moment is chance. One in ten is less.
    private func trough(_ samples: some Collection<Int>) -> Int {
        let sorted = samples.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 10]
    }

    /// What it takes once everybody has gone, and it has done what was begun: under a sanitizer, or where others want the
    /// processors, a table that is being read takes a minute. What stays while it does nothing any more stays for good.
    private func settled(
        _ daemon: DaemonProcess, descriptors: Int = .max
    ) -> (memory: Int, descriptors: Int, threads: Int) {
        let clock = ContinuousClock()
        let begin = clock.now
        var (lastWork, work) = (begin, -1)
        repeat {
            usleep(100_000)
            if daemon.descriptors <= descriptors, daemon.threads == 1 { break }
            if daemon.processorTime != work { (lastWork, work) = (clock.now, daemon.processorTime) }
        } while clock.now - lastWork < .seconds(10) && clock.now - begin < .seconds(600)
        return (daemon.memory, daemon.descriptors, daemon.threads)
    }
}
