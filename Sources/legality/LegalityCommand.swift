import ArgumentParser

@main
struct LegalityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "legality")
}
