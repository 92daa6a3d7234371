import ArgumentParser

/// Makes the manual page; the build's business, not the user's.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page legality(1).", shouldDisplay: false)

    func run() throws {
        let page = ManualPage(
            version: LegalityCommand.version, commands: LegalityCommand.commands.map { CommandHelp($0) })
        var output = StandardOutput()
        try output.write(page.text())
        try output.flush()
    }
}
