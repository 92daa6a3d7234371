import Foundation
import Testing

@Suite("The daemon's start")
struct StartTests {
    /// Runs a daemon that cannot start: one line on standard error, exit status 78.
    private func refusal(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let result = try Program.legalityd.run(arguments, environment: environment)
        #expect(result.status == 78, "\(result)")
        #expect(result.output == "")
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 1, "one line: \(result.errors)")
        return result.errors
    }

    private func smallTable() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        return directory
    }

    @Test("is refused without a directory, with an empty one, and with one faulty file among good ones")
    func unusableTables() throws {
        let directory = try smallTable()
        let socket = ["--socket", directory.file("s")]
        #expect(try refusal(["--table", directory.file("nothing")] + socket).contains("no such directory"))
        try FileManager.default.createDirectory(atPath: directory.file("empty"), withIntermediateDirectories: false)
        #expect(try refusal(["--table", directory.file("empty")] + socket).contains("the file is missing"))
        try directory.write(SmallTable.country("FR", version: 0) + "nane: France\n", to: "data/fr.yaml")
        let line = SmallTable.country("FR", version: 0).split(separator: "\n").count + 1
        #expect(try refusal(["--table", directory.file("data")] + socket).contains("fr.yaml:\(line):1: "))
        #expect(!FileManager.default.fileExists(atPath: directory.file("s")))
    }

    @Test("steals no socket of a living daemon")
    func livingDaemon() throws {
        let directory = try smallTable()
        let daemon = try TestDaemon(table: directory.file("data"))
        let message = try refusal(["--table", directory.file("data"), "--socket", daemon.socket])
        #expect(message.contains(daemon.socket))
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited", "the living one goes on")
    }

    @Test("deletes no file that is not a socket")
    func regularFile() throws {
        let directory = try smallTable()
        try directory.write("precious", to: "file")
        let message = try refusal(["--table", directory.file("data"), "--socket", directory.file("file")])
        #expect(message.contains("file"))
        #expect(try String(contentsOfFile: directory.file("file"), encoding: .utf8) == "precious")
    }

    @Test("says that a path is too long for a socket")
    func longPath() throws {
        let directory = try smallTable()
        let path = directory.file(String(repeating: "x", count: 120))
        let message = try refusal(["--table", directory.file("data"), "--socket", path])
        #expect(message.contains("107"), "\(message)")
    }

    @Test("replaces the stale socket of a daemon that was killed")
    func staleSocket() throws {
        let directory = try smallTable()
        let daemon = try TestDaemon(table: directory.file("data"))
        _ = daemon.stop(SIGKILL)
        #expect(FileManager.default.fileExists(atPath: daemon.socket), "killed, it could not remove it")
        let process = Process()
        process.executableURL = Program.legalityd.url
        process.arguments = ["--table", directory.file("data"), "--socket", daemon.socket]
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let deadline = Date(timeIntervalSinceNow: 30)
        while (try? daemon.check("CH")) == nil, Date() < deadline { usleep(10_000) }
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
    }

    @Test("finds its socket in the environment where no option names one")
    func socketFromEnvironment() throws {
        let directory = try smallTable()
        let daemon = try TestDaemon(table: directory.file("data"), socketByEnvironment: true)
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
    }

    @Test("with a wrong option exits 64 and names it; with --help it exits 0")
    func wrongUsage() throws {
        let result = try Program.legalityd.run(["--bogus"])
        #expect(result.status == 64)
        #expect(result.errors.contains("--bogus"))
        #expect(try Program.legalityd.run(["--max-request", "0"]).status == 64)
        let help = try Program.legalityd.run(["--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("SIGHUP"))
    }
}
