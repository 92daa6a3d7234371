import Foundation

/// A program of the package, run for real.
enum Program: String {
    case legalityd
    case legality
    case randomRequests = "RandomRequests"
    case soak = "Soak"

    /// Beside the test bundle, where the build put it.
    var url: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(rawValue)
    }

    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs it to its end. `environment` is added to one that has nothing but PATH and LANG.
    func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> Result {
        try Program.run(url.path, arguments, environment: Program.environment(environment), input: input)
    }

    /// Runs any program to its end, with that environment and nothing more of it.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = Program.environment([:]),
        directory: String? = nil, input: String = ""
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        let errors = LockedText()
        let reader = Thread { errors.finish(stderr.fileHandleForReading.readDataToEndOfFile()) }
        reader.start()
        let writer = Thread {
            try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? stdin.fileHandleForWriting.close()
        }
        writer.start()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self), errors: errors.wait())
    }

    /// Besides these, where sanitizers are to report to.
    static func environment(_ additions: [String: String]) -> [String: String] {
        let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
        return ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(sanitizers) { $1 }.merging(additions) { $1 }
    }
}

/// Text that one thread makes and another waits for.
final class LockedText: @unchecked Sendable {
    private let condition = NSCondition()
    private var text: String?

    func finish(_ data: Data) {
        condition.withLock {
            text = String(decoding: data, as: UTF8.self)
            condition.broadcast()
        }
    }

    func wait() -> String {
        condition.withLock {
            while text == nil { condition.wait() }
            return text ?? ""
        }
    }
}
