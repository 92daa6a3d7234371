import CLinux
import Glibc

/// Checks that somebody who may has signed a table: a detached signature over its digest, by OpenSSH.
///
/// `table.sig` lies beside `table.yaml` and is made from ``statement(digest:)`` by
/// `ssh-keygen -Y sign -n legalityd`; who may sign stands in a file of allowed signers (`ssh-keygen(1)`), under the name
/// `legalityd`. The cryptography is all OpenSSH's; it is run with nothing of ours open, an empty environment, and for a
/// bounded time.
public struct SignatureCheck: Sendable {
    /// The file of allowed signers.
    public let allowedSigners: String

    static let identity = "legalityd"
    static let namespace = "legalityd"
    /// A signature has less than two thousand bytes, with the largest of keys.
    static let sizeLimit = 65_536
    private static let program = "/usr/bin/ssh-keygen"
    private static let seconds = 10

    public init(allowedSigners: String) { self.allowedSigners = allowedSigners }

    /// What is signed: one line.
    public static func statement(digest: String) -> String { "legalityd table sha256:\(digest)\n" }

    /// Blocks until the answer is there, at most ten seconds.
    ///
    /// - Returns: why the table must not be used, or nil.
    func fault(digest: String, signature: [UInt8]?) -> Fault? {
        func fault(_ message: String, hint: String? = nil) -> Fault {
            Fault(file: FileRole.signatureName, message: message, hint: hint)
        }
        guard let signature else {
            return fault(
                "the table is not signed, and only signed ones are wanted",
                hint: "legalityd validate --statement DIR | ssh-keygen -Y sign -n legalityd -f KEY > DIR/table.sig")
        }
        guard access(allowedSigners, R_OK) == 0 else {
            return fault("cannot read the allowed signers in \(allowedSigners): \(String(cString: strerror(errno)))")
        }
        switch run(statement: Array(SignatureCheck.statement(digest: digest).utf8), signature: signature) {
        case .exited(0): return nil
        case .exited:
            return fault(
                "the signature is not one over this table by a signer that \(allowedSigners) allows",
                hint: "sign the table as it is now, with a key that stands there for \"\(SignatureCheck.identity)\"")
        case .killed: return fault("the signature could not be checked: \(SignatureCheck.program) did not end well")
        case .failed(let call, let error):
            return fault("the signature could not be checked: \(call): \(String(cString: strerror(error)))")
        }
    }

    private enum Ending {
        case exited(Int32)
        case killed
        case failed(call: String, error: Int32)
    }

    private func run(statement: [UInt8], signature: [UInt8]) -> Ending {
        // Both travel in memory, so that what is checked is what was read.
        let statementFile = memoryFile(statement)
        let signatureFile = memoryFile(signature)
        defer { for file in [statementFile, signatureFile] where file >= 0 { close(file) } }
        guard statementFile >= 0, signatureFile >= 0 else { return .failed(call: "memfd_create", error: errno) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, statementFile, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, signatureFile, 3)
        posix_spawn_file_actions_addclosefrom_np(&actions, 4)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = [
            SignatureCheck.program, "-Y", "verify", "-n", SignatureCheck.namespace, "-I", SignatureCheck.identity,
            "-f", allowedSigners, "-s", "/proc/self/fd/3",
        ]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C"), nil]
        defer { for word in arguments + environment { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, SignatureCheck.program, &actions, &attributes, &arguments, &environment)
        guard failure == 0 else { return .failed(call: SignatureCheck.program, error: failure) }
        return wait(for: child)
    }

    private func wait(for child: pid_t) -> Ending {
        var status: Int32 = 0
        // By the clock and not by counting sleeps, which signals cut short.
        let deadline = Self.monotonicSeconds() + Self.seconds
        while Self.monotonicSeconds() < deadline {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child {
                // WIFEXITED and WEXITSTATUS.
                return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed
            }
            if ended < 0, errno != EINTR { return .failed(call: "waitpid", error: errno) }
            usleep(5000)
        }
        kill(child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return .killed
    }

    private static func monotonicSeconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }

    private func memoryFile(_ bytes: [UInt8]) -> CInt {
        let file = memfd_create("legalityd", UInt32(MFD_CLOEXEC))
        guard file >= 0 else { return -1 }
        guard write(file, bytes, bytes.count) == bytes.count, lseek(file, 0, SEEK_SET) == 0 else {
            close(file)
            return -1
        }
        return file
    }
}
