import Foundation

/// A library that stands between the daemon and the C library and breaks `read` on one file of the table; compiled when
/// it is first wanted, by whatever C compiler there is.
///
/// What it does stands in the file that `FAULT_SHIM` names, in one line: an order, a blank and how the file's path ends.
/// - `eio ch.yaml`: reading fails.
/// - `short ch.yaml`: every read gives one byte.
/// - `pause ch.yaml`: the first read waits, having made `paused` beside the orders, until the orders change.
final class FaultShim: Sendable {
    let directory: TemporaryDirectory

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int order(char *word, char *suffix) {
            const char *path = getenv("FAULT_SHIM");
            char text[256];
            if (!path) return 0;
            int file = open(path, O_RDONLY | O_CLOEXEC);
            if (file < 0) return 0;
            long count = syscall(SYS_read, file, text, sizeof text - 1);
            close(file);
            if (count <= 0) return 0;
            text[count] = 0;
            return sscanf(text, "%31s %127s", word, suffix) == 2;
        }

        ssize_t read(int descriptor, void *buffer, size_t size) {
            char word[32], suffix[128], link[64], target[512];
            if (order(word, suffix)) {
                snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
                long length = readlink(link, target, sizeof target - 1);
                size_t wanted = strlen(suffix);
                if (length >= (long)wanted && !memcmp(target + length - wanted, suffix, wanted)) {
                    if (!strcmp(word, "eio")) { errno = EIO; return -1; }
                    if (!strcmp(word, "short") && size > 1) size = 1;
                    if (!strcmp(word, "pause")) {
                        char marker[256];
                        snprintf(marker, sizeof marker, "%s.paused", getenv("FAULT_SHIM"));
                        close(open(marker, O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
                        while (order(word, suffix) && !strcmp(word, "pause")) usleep(1000);
                    }
                }
            }
            return syscall(SYS_read, descriptor, buffer, size);
        }
        """

    /// Nil where there is no C compiler.
    init?() throws {
        directory = try TemporaryDirectory()
        try directory.write(FaultShim.source, to: "shim.c")
        let compiler = ["/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let compiler else { return nil }
        let result = try Program.run(
            compiler,
            ["-shared", "-fPIC", "-O1", "-o", directory.file("shim.so"), directory.file("shim.c"), "-ldl"])
        guard result.status == 0 else { return nil }
    }

    var environment: [String: String] {
        ["LD_PRELOAD": directory.file("shim.so"), "FAULT_SHIM": directory.file("orders")]
    }

    func order(_ text: String) throws {
        try? directory.remove("orders.paused")
        try directory.write(text, to: "orders")
    }

    func end() throws { try directory.write("", to: "orders") }

    var isPaused: Bool { FileManager.default.fileExists(atPath: directory.file("orders.paused")) }
}
