import Glibc
import Synchronization

/// Sends standard output through the user's pager where a person is looking, as git does.
enum Pager {
    /// The process; 0: none.
    private static let process = Atomic<pid_t>(0)

    /// Starts the pager, if somebody is looking who has one, and puts it behind standard output. Once it has, it does
    /// nothing.
    static func start(for terminal: Terminal, environment: Environment = .process) {
        guard terminal.isInteractive, process.load(ordering: .relaxed) == 0, let command = command(environment)
        else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Colours are passed through, short texts are not paged and the screen stays as it is.
        if environment["LESS"] == nil { setenv("LESS", "FRX", 1) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var child = pid_t()
        let spawned = withArguments(["sh", "-c", command]) { arguments in
            posix_spawn(&child, "/bin/sh", &actions, nil, arguments, environ)
        }
        close(ends[0])
        guard spawned == 0 else {
            close(ends[1])
            return
        }
        dup2(ends[1], STDOUT_FILENO)
        close(ends[1])
        process.store(child, ordering: .relaxed)
        // A pager that is left early is not a fault; Ctrl-C belongs to the pager.
        signal(SIGINT, SIG_IGN)
    }

    /// Ends the output and waits until the reader is done with it. Whatever ends the program calls it first: the
    /// terminal is the pager's until then.
    static func finish() {
        let process = process.exchange(0, ordering: .relaxed)
        guard process != 0 else { return }
        close(STDOUT_FILENO)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// `LEGALITY_PAGER`, else `PAGER`, else less where it is installed; `cat` means none.
    private static func command(_ environment: Environment) -> String? {
        for name in ["LEGALITY_PAGER", "PAGER"] {
            // An empty variable means none, as for git.
            guard let value = getenv(name) else { continue }
            let command = String(cString: value)
            return command.isEmpty || command == "cat" ? nil : command
        }
        let directories = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return directories.contains { access("\($0)/less", X_OK) == 0 } ? "less" : nil
    }

    private static func withArguments<Result>(
        _ arguments: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }
}
