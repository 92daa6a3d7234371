import Glibc

/// Everything that is not a result goes here.
enum StandardError {
    /// One line that says who speaks. Never fails: there is nowhere to say so.
    static func report(_ message: String) {
        write("legality: " + PlainText.printable(message) + "\n")
    }

    /// Text as it is.
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(STDERR_FILENO, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                guard count > 0 else { return }
                written += count
            }
        }
    }
}
