import Foundation

/// A name space of mounts of a program's own: what is mounted in it nobody else sees. Needs root.
enum PrivateMounts {
    private static let program = "/usr/bin/unshare"

    static let isPossible = (try? run("mount -t tmpfs none /mnt", then: ["/bin/true"]).status) == 0

    /// Runs `script` by the shell in such a name space, and then a program, to its end.
    static func run(_ script: String, then words: [String]) throws -> Program.Result {
        try Program.run(program, arguments(script, then: words))
    }

    static var url: URL { URL(fileURLWithPath: program) }

    static func arguments(_ script: String, then words: [String]) -> [String] {
        ["--mount", "/bin/sh", "-ec", script + "; exec \"$@\"", "sh"] + words
    }
}
