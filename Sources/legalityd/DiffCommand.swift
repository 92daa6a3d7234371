import ArgumentParser
import Glibc
import TableFiles

/// `legalityd diff OLD NEW`: what changed in law between two table directories.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Print what changed in law between two tables.",
        discussion: """
            One line for each change: of the law (US-TN kratom: regulated → prohibited from 2026-07-01), then of the \
            rules that say it, and of the evidence. Exit status: 0 where the tables say the same, 1 where they differ, \
            65 where one has faults, 66 where there is no such directory, 64 for wrong usage.
            """)

    @Argument(help: ArgumentHelp("The older table's directory.", valueName: "old"), completion: .directory)
    var older: String

    @Argument(help: ArgumentHelp("The newer table's directory.", valueName: "new"), completion: .directory)
    var newer: String

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    func run() throws {
        try requireDirectory(older)
        try requireDirectory(newer)
        let readings = [older, newer].map { ($0, TableReader(directory: $0).read()) }
        for (directory, reading) in readings {
            for fault in reading.faults { complain("\(directory)/\(fault)") }
        }
        guard let old = readings[0].1.table, let new = readings[1].1.table else { throw ExitCode(EX_DATAERR) }
        let difference = TableDifference(from: old, to: new)
        print(json ? difference.json : difference.text, terminator: "")
        if !difference.isEmpty { throw ExitCode(1) }
    }
}
