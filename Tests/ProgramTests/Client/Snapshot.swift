import Foundation
import Testing

/// Text that the client is to print, held in a file. `SNAPSHOTS=write` in the environment writes the files anew.
enum Snapshot {
    static func expect(
        _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = ClientRun.directory.appendingPathComponent("Snapshots/\(name).txt")
        // The escape character is made visible, so that the files are text.
        let shown = text.replacingOccurrences(of: "\u{1B}", with: "␛")
        if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "write" {
            try Data(shown.utf8).write(to: file)
            return
        }
        let held = try String(contentsOf: file, encoding: .utf8)
        let difference = zip(
            held.split(separator: "\n", omittingEmptySubsequences: false),
            shown.split(separator: "\n", omittingEmptySubsequences: false)
        ).first { $0 != $1 }
        #expect(
            held == shown,
            "\(name): held \"\(difference?.0 ?? "")\", printed \"\(difference?.1 ?? "")\"",
            sourceLocation: sourceLocation)
    }
}
