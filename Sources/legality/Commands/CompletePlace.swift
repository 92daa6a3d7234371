import ArgumentParser

/// What a shell's completion calls; not for people.
struct CompletePlace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete-place", abstract: "List places that begin like this.", shouldDisplay: false)

    @Argument var prefix = ""

    func run() throws {
        var output = StandardOutput()
        for word in Completion.places(prefix: prefix) { try output.writeLine(PlainText.printable(word)) }
        try output.flush()
    }
}
