import Glibc

/// Says on a person's terminal that something is still to come, and wipes that out again.
struct Spinner {
    /// The time between two turns, in milliseconds.
    static let interval = 100
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private var position = 0
    private let isShown: Bool

    init(environment: Environment = .process) {
        isShown = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    }

    mutating func turn(_ text: String = "waiting for the daemon") {
        guard isShown else { return }
        StandardError.write("\r\(Self.frames[position % Self.frames.count]) \(text)\u{1B}[K")
        position += 1
    }

    func erase() {
        guard isShown, position > 0 else { return }
        StandardError.write("\r\u{1B}[K")
    }
}
