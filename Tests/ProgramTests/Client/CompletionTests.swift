import Foundation
import Testing

@testable import legality

@Suite("Completions, tried in the shells themselves")
struct CompletionTests {
    enum Shell: String, CaseIterable {
        case bash, zsh, fish

        var path: String? { ["/usr/bin/\(rawValue)", "/bin/\(rawValue)"].first { access($0, X_OK) == 0 } }
    }

    /// What is typed before the completion key, and what stands there afterwards.
    static let cases: [(typed: String, completed: String)] = [
        ("legality sta", "legality status"), ("legality upc", "legality upcoming"),
        ("legality status US-R", "legality status US-RI"), ("legality status Rhod", #"legality status Rhode\ Island"#),
        ("legality status US-CA/place:san", "legality status US-CA/place:san_diego"),
        ("legality is-legal --subs", "legality is-legal --substance"),
        ("legality is-legal -s 7", "legality is-legal -s 7-hydroxymitragynine"),
        ("legality list --status proh", "legality list --status prohibited"),
        ("legality help upc", "legality help upcoming"), ("legality map w", "legality map world"),
        ("legality list --kind sta", "legality list --kind state"),
        ("legality list --sort nam", "legality list --sort name"),
        ("legality list --country Tha", "legality list --country Thailand"),
        ("legality history --no-p", "legality history --no-pager"),
        ("legality route US-RI Tha", "legality route US-RI Thailand"),
        ("legality status South\\ K", #"legality status South\ Korea"#),
        ("legality status \"South K", "legality status \"South Korea\""),
        ("legality status 'South K", "legality status 'South Korea'"),
        ("legality status \"Côte", "legality status \"Côte d'Ivoire\""),
        ("legality show US-CA/place:", "legality show US-CA/place:san_diego"),
        ("legality upcoming US-CA/place:s", "legality upcoming US-CA/place:san_diego"),
        ("legality resolve US-CA/place:san_diego Tha", "legality resolve US-CA/place:san_diego Thailand"),
    ]

    @Test("complete commands, options, values and places", arguments: Shell.allCases)
    func completes(shell: Shell) throws {
        // Not every machine has every shell; bash is everywhere.
        guard let path = shell.path, access("/usr/bin/tmux", X_OK) == 0 else { return }
        let directory = try TemporaryDirectory()
        let script = try Program.legality.run(["--generate-completion-script", shell.rawValue])
        #expect(script.status == 0)
        try directory.write(script.output, to: "completion")
        let terminal = try Multiplexer(
            shell: path, arguments: Self.arguments[shell] ?? "", directory: directory,
            environment: ["LEGALITY_SOCKET": try ClientRun.daemon.get().socket])
        defer { terminal.end() }
        let setUp =
            shell == .zsh
            ? "autoload -U compinit; compinit -u -D; source \(directory.file("completion")); compdef _legality legality"
            : "source \(directory.file("completion"))"
        try terminal.type(setUp + "; echo read''y\n")
        #expect(terminal.waits(for: "\nready"))
        for (typed, completed) in Self.cases {
            try terminal.type(typed + "\t")
            #expect(terminal.waits(for: completed), "\(shell): \(terminal.screen)")
            try terminal.type("\u{15}")
        }
    }

    private static let arguments: [Shell: String] = [
        .bash: "--norc --noprofile -i", .zsh: "-f -i", .fish: "--no-config -i",
    ]

    @Test("hold for shellcheck", .enabled(if: access("/usr/bin/shellcheck", X_OK) == 0))
    func shellcheck() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            Program.legality.run(["--generate-completion-script", "bash"]).output, to: "completion.bash")
        let result = try Program.run("/usr/bin/shellcheck", [directory.file("completion.bash")])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test("offer places by id and name, in any case, and nothing without a daemon")
    func places() throws {
        #expect(try ClientRun.client(["complete-place", "us-a"]).output == "US-AL\n")
        #expect(try ClientRun.client(["complete-place", "south k"]).output == "South Korea\n")
        #expect(try ClientRun.client(["complete-place", "US-CA/"]).output == "US-CA/place:san_diego\n")
        let none = try Program.legality.run(["complete-place", "US"], environment: ["LEGALITY_SOCKET": "/nonexistent"])
        #expect((none.output, none.errors, none.status) == ("", "", 0))
    }
}

/// A terminal that keeps a screen, to type into.
final class Multiplexer {
    private let socket: String

    init(shell: String, arguments: String, directory: TemporaryDirectory, environment: [String: String]) throws {
        socket = directory.file("tmux")
        let programs = Program.legality.url.deletingLastPathComponent().path
        var variables = environment
        variables["PATH"] = "\(programs):/usr/bin:/bin"
        variables["HOME"] = directory.path
        let assignments = variables.map { "\($0.key)=\(ClientRun.quoted($0.value))" }.joined(separator: " ")
        try run(
            [
                "-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50",
                "env -i TERM=screen LANG=C.UTF-8 \(assignments) \(shell) \(arguments)",
            ])
    }

    var screen: String { (try? run(["capture-pane", "-p"])) ?? "" }

    func type(_ text: String) throws {
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: { "\n\t\u{15}".contains($0) })
            .enumerated()
        {
            if !part.element.isEmpty { try run(["send-keys", "-l", String(part.element)]) }
        }
        for character in text where "\n\t\u{15}".contains(character) {
            try run(["send-keys", character == "\n" ? "Enter" : character == "\t" ? "Tab" : "C-u"])
        }
    }

    /// Whether the text comes up within half a minute.
    func waits(for text: String) -> Bool {
        let deadline = Date(timeIntervalSinceNow: 30)
        while Date() < deadline {
            if screen.contains(text) { return true }
            usleep(20_000)
        }
        return false
    }

    /// The shell first, then the server: neither is left behind, whatever signals it was born with.
    func end() {
        let processes = (try? run(["display-message", "-p", "#{pane_pid} #{pid}"])) ?? ""
        for word in processes.split(whereSeparator: \.isWhitespace) {
            if let process = pid_t(word) { kill(process, SIGKILL) }
        }
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        // The server that tmux leaves behind would keep the descriptors by which its end is seen.
        let closing =
            "for f in /proc/$BASHPID/fd/*; do n=${f##*/}; [ $n -gt 2 ] && eval \"exec $n>&-\"; done; exec tmux \"$@\" 2>/dev/null"
        return try Program.run(
            "/bin/bash", ["-c", closing, "tmux", "-S", socket] + arguments,
            environment: Program.environment(["TERM": "screen"])
        ).output
    }
}
