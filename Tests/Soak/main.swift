import Foundation

/// usage: Soak run|leaks SECONDS TABLE-DIRECTORY [--judge-times] | Soak vandal KIND SOCKET
///
/// `run` starts the daemon beside it, asks it quietly for a while, and then for so many seconds under reloads every
/// 100 ms and with one misbehaving client of each kind. It fails on a wrong or lost answer, on memory, descriptors or
/// threads that do not come back, and on a daemon or a misbehaving client that ended. Times are told, and judged only with
/// `--judge-times`, which is for a machine that does nothing else. `leaks` is the same for programs that were built with
/// a sanitizer: memory is not judged, but how the daemon ends.

let options = CommandLine.arguments.dropFirst().filter { $0.hasPrefix("--") }
let words = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
let usage = "usage: Soak run|leaks SECONDS TABLE-DIRECTORY [--judge-times] | Soak vandal KIND SOCKET"
switch words.first {
case "vandal" where words.count == 3:
    guard let kind = Vandal(rawValue: words[1]) else { exit(64) }
    kind.run(socket: words[2])
case "run" where words.count == 3, "leaks" where words.count == 3:
    guard let seconds = Int(words[1]), seconds > 0, options.allSatisfy({ $0 == "--judge-times" }) else {
        say(usage)
        exit(64)
    }
    do {
        let soak = Soak(
            seconds: seconds, shippedTable: words[2], judgesMemory: words[0] == "run",
            judgesTimes: options.contains("--judge-times"))
        exit(try soak.run() ? 0 : 1)
    } catch {
        say("soak: \(error)")
        exit(70)
    }
default:
    say(usage)
    exit(64)
}
