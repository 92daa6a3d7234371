import Foundation

/// Running something as a user without rights: only root can, with `setpriv`.
enum OtherUser {
    /// The user nobody.
    static let id = 65534
    private static let program = "/usr/bin/setpriv"

    /// Whether it is possible here, with the programs of this build: they have to be within that user's reach.
    static let isPossible: Bool = {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: program) else { return false }
        let result = try? run(Program.legalityd.url.path, ["--version"])
        return result?.status == 0
    }()

    /// Runs a program as that user to its end.
    static func run(_ path: String, _ arguments: [String]) throws -> Program.Result {
        try Program.run(program, self.arguments(running: path, arguments))
    }

    static var url: URL { URL(fileURLWithPath: program) }

    static func arguments(running path: String, _ arguments: [String]) -> [String] {
        ["--reuid", "\(id)", "--regid", "\(id)", "--clear-groups", path] + arguments
    }
}
