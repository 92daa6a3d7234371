import Foundation
import Testing
import Varlink

/// legalityd(8) beside what the program says of itself.
@Suite("The manual page of legalityd")
struct ManualPageTests {
    /// The page's source, and what it says under each heading.
    private let sections: [String: String]
    private let page: String

    init() throws {
        let top = URL(fileURLWithPath: TestDaemon.shippedTable).deletingLastPathComponent()
        page = try String(contentsOf: top.appendingPathComponent("man/legalityd.8.md"), encoding: .utf8)
        sections = Dictionary(
            page.components(separatedBy: "\n## ").dropFirst().map { section in
                let lines = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
            }, uniquingKeysWith: +)
    }

    /// The long options that a text names, without those that every command has.
    private func options(in text: String) -> Set<String> {
        Set(text.matches(of: /--[a-z][a-z-]*/).map { String($0.0) }).subtracting(["--help", "--version"])
    }

    private func help(_ command: String) throws -> String {
        let help = try Program.legalityd.run([command, "--help"]).output
        // Behind the discussion, which may name options of others.
        return try String(help[#require(help.range(of: "USAGE:")).lowerBound...])
    }

    @Test("has every option of every command, in its synopsis and with an explanation, and none that there is not")
    func options() throws {
        let synopsis = try #require(sections["Synopsis"])
        let lines = synopsis.split(separator: "\n").filter { !$0.isEmpty }
        let limits = try #require(sections["Limits"])
        let explained = try #require(sections["Options"]) + limits
        let serve = try options(in: help("serve"))
        #expect(options(in: explained) == serve)
        #expect(try options(in: #require(lines.first { $0.contains("[*LIMITS*]") }) + limits) == serve)
        let others = try #require(sections["Options of validate and diff"])
        for command in ["validate", "diff", "reload"] {
            let expected = try options(in: help(command))
            let line = try #require(lines.first { $0.hasPrefix("`legalityd \(command)`") })
            #expect(options(in: String(line)) == expected, "\(command)")
            #expect(expected.isSubset(of: options(in: others)), "\(command)")
        }
        #expect(try options(in: others) == options(in: help("validate") + help("diff") + help("reload")))
    }

    @Test("tells the defaults that hold")
    func defaults() throws {
        let help = try help("serve").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let defaults = help.matches(of: /(--[a-z-]+) <[a-z]+>(?:(?!--).)*?default: ([^ )]+)\)/)
        #expect(defaults.count == 17)
        for match in defaults {
            let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(match.1)` ") })
            #expect(line.contains("\(match.2) if absent") || line.contains("`\(match.2)` if absent"), "\(line)")
        }
    }

    @Test("names every command, and every exit status that the help names")
    func commandsAndStatuses() throws {
        let help = try Program.legalityd.run(["--help"]).output
        let commands = help.components(separatedBy: "SUBCOMMANDS:").last?.matches(of: /\n  ([a-z]+)/).map { $0.1 } ?? []
        #expect(commands.count >= 3)
        let section = try #require(sections["Commands"])
        for command in commands + ["serve"] { #expect(section.contains("| `\(command)` |"), "\(command)") }
        let statuses = try #require(help.firstRange(of: "Exit status:"))
        let words = help[statuses.upperBound...].prefix { $0 != "." }
        let exit = try #require(sections["Exit status"])
        let codes = words.matches(of: /\b[0-9]+\b/).map { $0.0 }
        #expect(codes.count == 9)
        for code in codes { #expect(exit.contains("| \(code) |"), "\(code)") }
        #expect(exit.matches(of: /\| [0-9]+ \|/).count == codes.count)
    }
}
