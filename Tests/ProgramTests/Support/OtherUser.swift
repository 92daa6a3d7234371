import Foundation

/// Running something as a user without rights: only root can, with `setpriv`.
enum OtherUser {
    /// The user nobody.
    static let id = 65534
    private static let program = "/usr/bin/setpriv"

    /// Whether it is possible here, with the programs of this build: they have to be within that user's reach.
    static let isPossible: Bool = {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: program) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments(running: Program.legalityd.url.path, ["--version"])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static var url: URL { URL(fileURLWithPath: program) }

    static func arguments(running path: String, _ arguments: [String]) -> [String] {
        ["--reuid", "\(id)", "--regid", "\(id)", "--clear-groups", path] + arguments
    }
}
