import Glibc

/// Descriptors 0, 1 and 2, which a caller may have left closed.
enum StandardStreams {
    /// Puts something in the place of those that are closed, so that no socket and no file comes to stand there and is
    /// taken for one of them. Reading and writing fails with what is put there, as it does with a closed descriptor.
    static func reserve() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest that is free is the one that was closed.
            _ = open("/dev/null", mode)
        }
    }
}
