import ArgumentParser
import Glibc
import Legality
import TableFiles

/// `legalityd validate DIR`: checks a table without serving it.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a table and print every fault.",
        discussion: """
            Faults and warnings go to standard output in the order of the files, each as file:line:column: message, \
            and a last line counts them. Exit status: 0 where the table can be used, 65 where it has a fault (with \
            --strict, or a warning), 66 where there is no such directory, 64 for wrong usage.
            """)

    @Argument(help: ArgumentHelp("The table's directory.", valueName: "directory"), completion: .directory)
    var directory: String

    @Flag(help: "Take warnings for faults.")
    var strict = false

    @Flag(help: "Print what the table holds of each country and state, and what is missing.")
    var coverage = false

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    @Flag(help: "Print only the line that is signed, for ssh-keygen -Y sign -n legalityd.")
    var statement = false

    @Option(
        name: .long,
        help: ArgumentHelp("Refuse a table that no signer of this file (allowed_signers) signed.", valueName: "file"),
        completion: .file())
    var verifyKey: String?

    func run() throws {
        try requireDirectory(directory)
        let reading = TableReader(
            directory: directory, signatureCheck: verifyKey.map { SignatureCheck(allowedSigners: $0) }
        ).read()
        let report = ValidationReport(reading, withCoverage: coverage)
        if statement, let table = reading.table {
            print(SignatureCheck.statement(digest: table.digest), terminator: "")
            return
        }
        print(json ? report.json : report.text, terminator: "")
        if !report.isUsable || strict && !report.warnings.isEmpty { throw ExitCode(EX_DATAERR) }
    }
}

/// Ends the program with EX_NOINPUT where a path is no directory.
func requireDirectory(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
        complain("\(path): \(String(cString: strerror(errno)))")
        throw ExitCode(EX_NOINPUT)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
        complain("\(path): not a directory")
        throw ExitCode(EX_NOINPUT)
    }
}
