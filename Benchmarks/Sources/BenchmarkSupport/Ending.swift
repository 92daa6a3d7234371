@preconcurrency import Glibc

private let program = CommandLine.arguments[0].split(separator: "/").last.map(String.init) ?? "?"

/// Ends the program with a message that begins with its name.
public func fail(_ message: String) -> Never {
    fputs("\(program): \(message)\n", stderr)
    exit(1)
}

/// Ends the program, which was called in another way than this.
public func failUsage(_ arguments: String) -> Never {
    fputs("usage: \(program) \(arguments)\n", stderr)
    exit(64)
}
