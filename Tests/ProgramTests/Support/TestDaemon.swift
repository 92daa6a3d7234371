import Foundation
import Varlink

/// A real daemon on a socket of its own; killed when the last one who knows it goes.
final class TestDaemon: @unchecked Sendable {
    let directory: TemporaryDirectory
    let socket: String
    private let process = Process()

    struct NotReady: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts it and waits until it answers.
    ///
    /// - Parameters:
    ///   - directory: where its socket and its log are; nil: in one of its own.
    ///   - script: what is mounted before, for it alone; see ``PrivateMounts``.
    init(
        table: String = TestDaemon.shippedTable, arguments: [String] = [], environment: [String: String] = [:],
        socketByEnvironment: Bool = false, asOtherUser: Bool = false, in directory: TemporaryDirectory? = nil,
        mounting script: String? = nil
    ) throws {
        self.directory = try directory ?? TemporaryDirectory()
        let isOwn = directory == nil
        let directory = self.directory
        socket = directory.file("s")
        process.executableURL = Program.legalityd.url
        process.arguments = ["--table", table] + (socketByEnvironment ? [] : ["--socket", socket]) + arguments
        if asOtherUser {
            if isOwn { chmod(directory.path, 0o777) }
            process.executableURL = OtherUser.url
            process.arguments = OtherUser.arguments(running: Program.legalityd.url.path, process.arguments ?? [])
        }
        if let script {
            process.arguments = PrivateMounts.arguments(
                script, then: [Program.legalityd.url.path] + (process.arguments ?? []))
            process.executableURL = PrivateMounts.url
        }
        process.environment = Program.environment(
            environment.merging(socketByEnvironment ? ["LEGALITY_SOCKET": socket] : [:]) { $1 })
        _ = FileManager.default.createFile(atPath: directory.file("log"), contents: nil)
        process.standardError = FileHandle(forWritingAtPath: directory.file("log"))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try wait("the daemon to answer") { (try? self.call("io.systemd.service.Ping")) != nil }
    }

    deinit {
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// The data directory of the package.
    static let shippedTable = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data").path

    var processID: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// What it wrote to standard error.
    var log: String { (try? String(contentsOfFile: directory.file("log"), encoding: .utf8)) ?? "" }

    func call(_ method: String, _ parameters: JSONObject = JSONObject()) throws -> JSONObject {
        var client = try VarlinkClient(path: socket, timeout: 30_000)
        return try client.call(method, parameters)
    }

    func check(_ place: String, _ more: JSONObject = JSONObject()) throws -> JSONObject {
        var parameters: JSONObject = ["place": .string(place)]
        for member in more { parameters[member.key] = member.value }
        return try call("org.legalityd.Lookup.Check", parameters)["verdict"]?.objectValue ?? JSONObject()
    }

    func send(signal number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for a condition, at most 30 seconds.
    func wait(_ what: String, until condition: () throws -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 30)
        while Date() < deadline {
            if try condition() { return }
            if !process.isRunning { throw NotReady(description: "waiting for \(what), the daemon ended: \(log)") }
            usleep(10_000)
        }
        throw NotReady(description: "waited too long for \(what): \(log)")
    }

    /// Ends it with a signal and gives its exit status.
    func stop(_ number: Int32 = SIGTERM) -> Int32 {
        send(signal: number)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Resident memory in KiB.
    var residentMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.split(whereSeparator: { !$0.isNumber }).first ?? "") } ?? 0
    }

    /// Whether it took no processor time for a fifth of a second.
    var isIdle: Bool {
        func ticks() -> [Substring] {
            let text = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
            return text.split(separator: " ").dropFirst(13).prefix(2).map { $0 }
        }
        let before = ticks()
        usleep(200_000)
        return before == ticks()
    }

    var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count) ?? 0
    }
}
