import Foundation

/// usage: Soak run|leaks SECONDS TABLE-DIRECTORY | Soak vandal KIND SOCKET
///
/// `run` starts the daemon beside it, asks it quietly for a while, and then for so many seconds under reloads every
/// 100 ms and with one misbehaving client of each kind. It fails on a wrong or lost answer, on memory or descriptors
/// that do not come back, and on latency beyond its bounds. `leaks` is the same for programs that were built with a
/// sanitizer: neither times nor memory are judged, but how the daemon ends.

let words = CommandLine.arguments.dropFirst()
switch words.first {
case "vandal" where words.count == 3:
    guard let kind = Vandal(rawValue: CommandLine.arguments[2]) else { exit(64) }
    kind.run(socket: CommandLine.arguments[3])
case "run" where words.count == 3, "leaks" where words.count == 3:
    guard let seconds = Int(CommandLine.arguments[2]), seconds > 0 else { exit(64) }
    do {
        let soak = Soak(
            seconds: seconds, shippedTable: CommandLine.arguments[3], judgesFigures: words.first == "run")
        exit(try soak.run() ? 0 : 1)
    } catch {
        say("soak: \(error)")
        exit(70)
    }
default:
    say("usage: Soak run|leaks SECONDS TABLE-DIRECTORY | Soak vandal KIND SOCKET")
    exit(64)
}
