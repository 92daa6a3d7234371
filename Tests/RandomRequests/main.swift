import Foundation

/// usage: RandomRequests COUNT SEED TABLE-DIRECTORY
///
/// Starts the daemon beside it and sends it so many random requests, valid and not. Fails on a crash, a hang, a reply out
/// of order, invalid JSON, and on an error or a field that the interface descriptions do not declare; then it prints
/// the fewest requests that show it.

let words = CommandLine.arguments
guard words.count == 4, let count = Int(words[1]), count > 0, let seed = UInt64(words[2]) else {
    FileHandle.standardError.write(Data("usage: RandomRequests COUNT SEED TABLE-DIRECTORY\n".utf8))
    exit(64)
}
do {
    let outcome = try RandomRun(count: count, seed: seed, table: words[3]).run()
    print(outcome.fault.map { "FAULT \($0)" } ?? outcome.summary)
    exit(outcome.fault == nil ? 0 : 1)
} catch {
    FileHandle.standardError.write(Data("RandomRequests: \(error)\n".utf8))
    exit(70)
}
