/// Something wrong with a table, or worth a second look, and where.
public struct Fault: Error, Hashable, Sendable {
    /// Path of the file, relative to the table's directory; `.` for the directory itself.
    public let file: String
    /// From 1, counted as editors count.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    public let severity: Severity
    /// What is wrong, without a full stop.
    public let message: String
    /// What would be right, where that can be guessed.
    public let hint: String?

    public init(
        file: String, line: Int = 1, column: Int = 1, severity: Severity = .fault, message: String, hint: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.hint = hint
    }

    public enum Severity: String, Sendable {
        /// The table cannot be used.
        case fault
        /// The table can be used; somebody should look.
        case warning
    }
}

extension Fault: CustomStringConvertible {
    /// `file:line:column: message; hint`, as compilers print it. A warning says so before its message.
    public var description: String {
        let mark = severity == .warning ? "warning: " : ""
        return "\(file):\(line):\(column): \(mark)\(message)\(hint.map { "; \($0)" } ?? "")"
    }
}

extension Fault: Comparable {
    /// The order of the files, and within a file of the lines.
    public static func < (left: Fault, right: Fault) -> Bool {
        if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
        return (left.line, left.column, left.message) < (right.line, right.column, right.message)
    }
}

/// A place in a file.
struct Position: Hashable, Sendable {
    let line: Int
    let column: Int

    static let start = Position(line: 1, column: 1)
}

/// Collects what is wrong with one file. Used by one thread at a time.
final class FaultLog {
    let file: String
    private let limit: Int
    private(set) var faults: [Fault] = []

    init(file: String, limit: Int) {
        self.file = file
        self.limit = limit
    }

    /// Whether further reports are dropped: a file made of faults only must not cost more than a sound one.
    var isFull: Bool { faults.count > limit }

    func report(
        _ message: @autoclosure () -> String, at position: Position, hint: @autoclosure () -> String? = nil,
        severity: Fault.Severity = .fault
    ) {
        guard !isFull else { return }
        if faults.count == limit {
            faults.append(
                Fault(
                    file: file, line: position.line, column: position.column,
                    message: "more than \(limit) faults; the rest of this file's are left out"))
            return
        }
        faults.append(
            Fault(
                file: file, line: position.line, column: position.column, severity: severity, message: message(),
                hint: hint()))
    }

    /// Whether a fault (not a warning) has been reported on a line.
    func hasFault(onLine line: Int) -> Bool {
        faults.contains { $0.line == line && $0.severity == .fault }
    }
}
