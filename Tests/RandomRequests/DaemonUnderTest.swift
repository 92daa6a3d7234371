import Foundation
import Varlink

/// The daemon that lies beside this program, on a socket of its own.
final class DaemonUnderTest {
    let socket: String
    private let directory: String
    private let process = Process()

    struct Failed: Error, CustomStringConvertible { let description: String }

    init(table: String) throws {
        var template = Array("/tmp/lgd.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failed(description: "no temporary directory") }
        directory = String(cString: made)
        socket = "\(directory)/s"
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("legalityd")
        process.arguments = ["--table", table, "--socket", socket]
        _ = FileManager.default.createFile(atPath: "\(directory)/log", contents: nil)
        process.standardError = FileHandle(forWritingAtPath: "\(directory)/log")
        process.standardInput = FileHandle.nullDevice
        // Who waits for the end of our output must not wait for the daemon, should we end before it.
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 60)
        while (try? call("io.systemd.service.Ping")) == nil {
            guard Date() < deadline, process.isRunning else {
                throw Failed(description: "the daemon does not answer: \(lastWords)")
            }
            usleep(10_000)
        }
    }

    deinit {
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(atPath: directory)
    }

    var isRunning: Bool { process.isRunning }

    /// The end of its log.
    var lastWords: String {
        let log = (try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? ""
        return String(log.suffix(2000))
    }

    func call(_ method: String, _ parameters: JSONObject = JSONObject()) throws -> JSONObject {
        var client = try VarlinkClient(path: socket, timeout: 30_000)
        return try client.call(method, parameters)
    }

    func descriptions() throws -> [String: InterfaceDescription] {
        var descriptions: [String: InterfaceDescription] = [:]
        for name in ["org.varlink.service", "org.legalityd.Lookup", "io.systemd.service"] {
            let reply = try call("org.varlink.service.GetInterfaceDescription", ["interface": .string(name)])
            descriptions[name] = try InterfaceDescription(parsing: reply["description"]?.stringValue ?? "")
        }
        return descriptions
    }

    /// Ends it as its manager would, and gives its exit status.
    func stop() -> Int32 {
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        return process.terminationStatus
    }
}
