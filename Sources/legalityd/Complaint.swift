import Glibc

/// One line on standard error, under the program's name.
func complain(_ message: String) {
    let line = Array("legalityd: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
}
