import Glibc

/// Standard output, gathered into large writes. What is not flushed is not printed.
struct StandardOutput: ~Copyable {
    private var buffer: [UInt8] = []
    private let descriptor: Int32
    private static let flushThreshold = 64 * 1024

    init(descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    /// Adds text and an end of line.
    mutating func writeLine(_ text: String, end: UInt8 = UInt8(ascii: "\n")) throws(Failure) {
        buffer.append(contentsOf: text.utf8)
        buffer.append(end)
        if buffer.count >= Self.flushThreshold { try flush() }
    }

    /// Adds bytes as they are and an end of line.
    mutating func writeLine(bytes: some Sequence<UInt8>, end: UInt8 = UInt8(ascii: "\n")) throws(Failure) {
        buffer.append(contentsOf: bytes)
        buffer.append(end)
        if buffer.count >= Self.flushThreshold { try flush() }
    }

    /// Adds text as that terminal shows it, and an end of line.
    mutating func writeLine(
        _ text: StyledText, _ terminal: Terminal, end: UInt8 = UInt8(ascii: "\n")
    ) throws(Failure) {
        if terminal.isPaged { Pager.start(for: terminal) }
        try writeLine(terminal.rendered(text), end: end)
    }

    mutating func write(_ text: String) throws(Failure) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.flushThreshold { try flush() }
    }

    /// Writes out what has gathered. A reader that went away ends the process without a word, as SIGPIPE would.
    mutating func flush() throws(Failure) {
        defer { buffer.removeAll(keepingCapacity: true) }
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count >= 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&wait, 1, -1)
            case EPIPE: _exit(128 + SIGPIPE)
            default: throw Failure(.internalFault, "cannot write to standard output: \(ErrorNumber.text(errno))")
            }
        }
    }
}
