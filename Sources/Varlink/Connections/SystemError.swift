import Glibc

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call, in the words of its manual page.
    public let operation: String
    /// What it was about, if anything.
    public let subject: String?
    public let errorNumber: CInt

    public init(_ operation: String, subject: String? = nil, errorNumber: CInt = errno) {
        self.operation = operation
        self.subject = subject
        self.errorNumber = errorNumber
    }

    public var description: String {
        let reason = strerror(errorNumber).map { String(cString: $0) } ?? "error \(errorNumber)"
        guard let subject else { return "\(operation): \(reason)" }
        return "\(operation) \(subject): \(reason)"
    }
}
