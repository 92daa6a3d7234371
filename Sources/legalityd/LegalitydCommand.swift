import ArgumentParser

@main
struct LegalitydCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "legalityd", subcommands: [ValidateCommand.self])
}
