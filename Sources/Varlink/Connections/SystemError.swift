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

    /// Why it failed, in the words of the C library.
    public var reason: String { strerror(errorNumber).map { String(cString: $0) } ?? "error \(errorNumber)" }

    public var description: String {
        guard let subject else { return "\(operation): \(reason)" }
        return "\(operation) \(subject): \(reason)"
    }
}
