import Foundation
import Varlink

/// The daemon under test, beside this program.
final class DaemonProcess {
    let socket: String
    private let process = Process()

    struct Failed: Error { let reason: String }

    init(table: String, directory: String, arguments: [String]) throws {
        socket = "\(directory)/socket"
        process.executableURL = Programs.directory.appendingPathComponent("legalityd")
        process.arguments = ["--table", table, "--socket", socket] + arguments
        _ = FileManager.default.createFile(atPath: "\(directory)/log", contents: nil)
        process.standardError = FileHandle(forWritingAtPath: "\(directory)/log")
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 300)
        while (try? call("io.systemd.service.Ping")) == nil {
            guard Date() < deadline, process.isRunning else { throw Failed(reason: "the daemon does not answer") }
            usleep(20_000)
        }
    }

    deinit { if process.isRunning { process.terminate() } }

    @discardableResult
    func call(_ method: String) throws -> JSONObject {
        var client = try VarlinkClient(path: socket, timeout: 600_000)
        return try client.call(method)
    }

    /// The tables that it has read since its start.
    var readings: Int64 { get throws { try call("org.legalityd.Lookup.GetTable")["reloads"]?.integerValue ?? 0 } }

    var processID: pid_t { process.processIdentifier }

    /// Where it runs, with all its threads.
    func keep(to processors: ArraySlice<Int>) {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/task")) ?? []
        for thread in threads.compactMap(pid_t.init) { Processors.keep(thread, to: processors) }
    }

    var isRunning: Bool { process.isRunning }

    /// How it ended.
    var ending: String {
        let reason = process.terminationReason == .uncaughtSignal ? "signal" : "status"
        return "\(reason) \(process.terminationStatus)"
    }

    /// Kilobytes.
    var memory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.split(whereSeparator: { !$0.isNumber }).first ?? "") } ?? 0
    }

    var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? 0
    }

    /// What all its threads have had of the processors, in ticks (proc(5): hundredths of a second).
    var processorTime: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        // Behind the name, which may hold anything: the fields from the third on.
        let fields = status.drop { $0 != ")" }.split(separator: " ").dropFirst()
        return fields.dropFirst(11).prefix(2).compactMap { Int($0) }.reduce(0, +)
    }

    var threads: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/task").count) ?? 0
    }

    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

enum Programs {
    static let this = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    static var directory: URL { this.deletingLastPathComponent() }
    private static let setpriv = "/usr/bin/setpriv"

    /// Whether there can be a second user: root can be nobody.
    static let hasOtherUser = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: setpriv)

    /// A misbehaving client in a process of its own, as another user where that is possible.
    static func vandal(_ kind: Vandal, socket: String) throws -> Process {
        let process = Process()
        let words = [this.path, "vandal", kind.rawValue, socket]
        if hasOtherUser {
            process.executableURL = URL(fileURLWithPath: setpriv)
            process.arguments = ["--reuid", "65534", "--regid", "65534", "--clear-groups"] + words
        } else {
            process.executableURL = this
            process.arguments = Array(words.dropFirst())
        }
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
