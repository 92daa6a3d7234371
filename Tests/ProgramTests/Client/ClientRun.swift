import Foundation

/// The client's own table, which changes only with the tests, and the daemon on it that the tests share.
enum ClientRun {
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let table = directory.appendingPathComponent("Table").path
    /// It ends with the tests: who waits for their output would wait for it too.
    static let daemon: Result<TestDaemon, any Error> = Result { try startDaemon() }

    private static func startDaemon() throws -> TestDaemon {
        let daemon = try TestDaemon(table: table)
        atexit { ClientRun.stopDaemon() }
        return daemon
    }

    private static func stopDaemon() {
        guard case .success(let daemon) = daemon else { return }
        _ = daemon.stop(SIGKILL)
        try? FileManager.default.removeItem(atPath: daemon.directory.path)
    }

    /// Runs the client against that daemon.
    static func client(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> Program.Result {
        let socket = try daemon.get().socket
        return try Program.legality.run(
            arguments, environment: environment.merging(["LEGALITY_SOCKET": socket]) { $1 }, input: input)
    }

    /// Runs the client on a pseudo-terminal of that size and gives all that it wrote to it.
    static func terminal(
        _ arguments: [String], columns: Int, rows: Int = 500, environment: [String: String] = [:]
    ) throws -> (status: Int32, screen: String) {
        var variables = ["TERM": "xterm-256color", "LEGALITY_SOCKET": try daemon.get().socket, "PAGER": "cat"]
        variables.merge(environment) { $1 }
        let words = ([Program.legality.url.path] + arguments).map(quoted).joined(separator: " ")
        let result = try script(
            "stty cols \(columns) rows \(rows) -opost; exec \(words)", environment: variables)
        return (result.status, try withoutSpinner(result.output))
    }

    /// What is left on the screen: on a slow day the spinner came, and wiped itself out.
    private static func withoutSpinner(_ output: String) throws -> String {
        output.replacing(try Regex("(\\r. waiting for the daemon\\x1B\\[K)+\\r\\x1B\\[K"), with: "")
    }

    /// Runs a shell command on a pseudo-terminal.
    static func script(_ command: String, environment: [String: String]) throws -> Program.Result {
        try Program.run(
            "/usr/bin/script", ["-q", "-e", "-c", command, "/dev/null"], environment: Program.environment(environment))
    }

    /// The next line, without its end; what there is where none comes within 30 seconds.
    static func line(from pipe: Pipe) -> String {
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        var line: [UInt8] = []
        var byte: UInt8 = 0
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&wait, 1, 30_000) > 0, read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    static func quoted(_ word: String) -> String {
        "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
