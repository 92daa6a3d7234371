import Foundation
import Testing
import Varlink

@testable import legality

@Suite("The client in a pipe")
struct PipeTests {
    private let answers = [
        "US-AL": "prohibited", "DE": "legal", "TH": "regulated", "EG": "unknown", "US-OH": "uncertain",
    ]

    @Test("answers each line in order")
    func order() throws {
        let names = answers.keys.sorted()
        let places = (0..<20_000).map { names[($0 * 7 + $0 / 13) % names.count] }
        let result = try ClientRun.client(["is-legal", "-"], input: places.joined(separator: "\n") + "\n")
        #expect(result.output == places.map { (answers[$0] ?? "") + "\n" }.joined())
        #expect(result.errors.isEmpty)
        #expect(result.status == 1)
    }

    @Test(
        "keeps one line out for one line in, whatever the line",
        arguments: [
            ("DE\n", "legal\n"), ("DE", "legal\n"), ("", ""), ("\n", "unknown\n"),
            ("DE\r\nTH\r\n", "legal\nregulated\n"),
            ("DE\n\nTH\n", "legal\nunknown\nregulated\n"), ("nowhere\nDE\n", "unknown\nlegal\n"),
            ("\u{1B}[31m\nDE\n", "unknown\nlegal\n"),
            (String(repeating: "x", count: 200_000) + "\nDE\n", "unknown\nlegal\n"),
            ("a\"b\\c\nDE\n", "unknown\nlegal\n"), ("대한민국\nDE\n", "unknown\nlegal\n"),
        ])
    func lines(input: String, output: String) throws {
        let result = try ClientRun.client(["is-legal", "-"], input: input)
        #expect(result.output == output)
        #expect(!result.errors.contains("\u{1B}"))
        for line in result.errors.split(separator: "\n") { #expect(line.hasPrefix("legality: ")) }
    }

    @Test("takes and gives NUL in place of line ends", arguments: ["--0", "--null", "-0"])
    func nul(option: String) throws {
        let result = try ClientRun.client(["is-legal", option, "-"], input: "DE\0US-AL\0")
        #expect(result.output == "legal\0prohibited\0")
    }

    @Test("prints one line for each place with every command that takes places")
    func otherCommands() throws {
        let input = "US-AL\nnowhere\nDE\n"
        let status = try ClientRun.client(["status", "-"], input: input)
        #expect(
            status.output.split(separator: "\n").map { $0.prefix(12) } == ["✗ prohibited", "– unknown", "✓ legal  Ger"])
        let resolve = try ClientRun.client(["resolve", "-"], input: input)
        #expect(resolve.output == "US-AL\n\nDE\n")
        #expect(resolve.status == 3)
        for arguments in [
            ["show", "-"], ["history", "-"], ["status", "--json", "-"], ["is-legal", "--json", "-"],
            ["resolve", "--json", "-"],
        ] {
            let lines = try ClientRun.client(arguments, input: input).output.split(separator: "\n")
            #expect(lines.count == 3, "\(arguments)")
            for line in lines { _ = try JSONValue(parsing: String(line)) }
            #expect(try JSONValue(parsing: String(lines[1]))["error"] == "org.legalityd.Lookup.UnknownPlace")
        }
    }

    @Test("answers what it has before it waits for more")
    func pauses() throws {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = Program.legality.url
        process.arguments = ["is-legal", "-"]
        process.environment = Program.environment(["LEGALITY_SOCKET": try ClientRun.daemon.get().socket])
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        for (place, word) in [("US-AL", "prohibited"), ("DE", "legal"), ("TH", "regulated")] {
            try input.fileHandleForWriting.write(contentsOf: Data("\(place)\n".utf8))
            #expect(ClientRun.line(from: output) == word)
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
    }

    @Test("ends without a word when nobody reads")
    func closedPipe() throws {
        let client = ClientRun.quoted(Program.legality.url.path)
        let socket = ["LEGALITY_SOCKET": try ClientRun.daemon.get().socket]
        // yes never ends: only the closed pipe ends the client.
        let shell = try shell("yes US-AL | { \(client) is-legal -; echo \"$?\" >&2; } | head -n 2", socket)
        #expect(shell.output == "prohibited\nprohibited\n")
        #expect(shell.errors == "141\n")
        // Where the signal is ignored, as it is for children of some programs.
        let ignored = try self.shell(
            "trap '' PIPE; { \(client) list --format csv; echo \"$?\" >&2; } | true", socket)
        #expect(ignored.errors == "141\n" || ignored.errors == "0\n")
    }

    @Test("says when the output cannot be written")
    func fullDevice() throws {
        let client = ClientRun.quoted(Program.legality.url.path)
        let socket = ["LEGALITY_SOCKET": try ClientRun.daemon.get().socket]
        let result = try shell("\(client) is-legal US-AL > /dev/full", socket)
        #expect(result.status == 70)
        #expect(result.errors == "legality: cannot write to standard output: No space left on device\n")
    }

    private func shell(_ command: String, _ environment: [String: String]) throws -> Program.Result {
        try Program.run(
            "/usr/bin/env", ["--default-signal=PIPE", "bash", "-c", command],
            environment: Program.environment(environment))
    }
}
