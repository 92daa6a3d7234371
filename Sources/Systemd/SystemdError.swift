import Glibc

/// A call into libsystemd or the kernel that failed.
public struct SystemdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function that failed, such as `sd_event_add_io`.
    public let call: String
    /// The error number, positive, as in `errno.h`.
    public let errno: Int32

    public init(call: String, errno: Int32) {
        self.call = call
        self.errno = errno
    }

    public var description: String {
        "\(call): \(SystemdError.text(of: errno))"
    }

    /// The system's words for an error number.
    static func text(of number: Int32) -> String {
        // Safe from any thread since glibc 2.32.
        String(cString: strerror(number))
    }
}

/// Returns what a libsystemd function returned, or throws what its negative result means.
@discardableResult
func check(_ call: String, _ result: Int32) throws(SystemdError) -> Int32 {
    guard result >= 0 else { throw SystemdError(call: call, errno: -result) }
    return result
}

/// Returns what a system call returned, or throws what `errno` means.
@discardableResult
func checkErrno(_ call: String, _ result: Int32) throws(SystemdError) -> Int32 {
    guard result >= 0 else { throw SystemdError(call: call, errno: Glibc.errno) }
    return result
}
