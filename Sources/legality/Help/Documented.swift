import ArgumentParser

/// A command that can be explained: the same text makes the help, the manual page and the list of commands.
protocol Documented: ParsableCommand {
    /// What a reader has to know beyond the abstract, in paragraphs.
    static var details: [String] { get }
    /// What to type, and what that is for.
    static var examples: [Example] { get }
    /// Whether the exit code tells the answer.
    static var tellsAnswerByExitCode: Bool { get }
}

extension Documented {
    static var tellsAnswerByExitCode: Bool { false }
}

/// Something to type.
struct Example: Sendable, Equatable {
    var command: String
    var purpose: String

    init(_ command: String, _ purpose: String) {
        self.command = command
        self.purpose = purpose
    }
}
