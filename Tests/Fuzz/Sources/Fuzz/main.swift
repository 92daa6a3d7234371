import CFuzzer
import FuzzTargets
import Glibc

/// usage: Fuzz TARGET DATA-DIRECTORY [option or corpus of libFuzzer]…

private func say(_ message: String) {
    let line = Array("\(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
}

private func target(named name: String?, data: String?) -> any FuzzTarget {
    guard let data, let kind = fuzzTargets.first(where: { $0.name == name }) else {
        say("usage: Fuzz \(fuzzTargets.map { $0.name }.joined(separator: "|")) DATA-DIRECTORY [libFuzzer's arguments]")
        exit(64)
    }
    // Swift keeps marks in unused bits of pointers; the search for leaks does not know a pointer that has one.
    __lsan_disable()
    defer { __lsan_enable() }
    do {
        return try kind.init(data: data)
    } catch {
        say("\(error)")
        exit(70)
    }
}

private let words = CommandLine.arguments
/// libFuzzer calls back on the thread that called it.
nonisolated(unsafe) private let fuzzed = target(
    named: words.dropFirst().first, data: words.dropFirst(2).first)

// libFuzzer sees its own arguments only, and keeps them: they are never freed.
private let arguments = [words[0]] + words.dropFirst(3)
private let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
for (index, argument) in arguments.enumerated() { list[index] = strdup(argument) }
list[arguments.count] = nil
private var count = CInt(arguments.count)
private var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
exit(
    LLVMFuzzerRunDriver(&count, &pointer) { bytes, count in
        if let problem = fuzzed.problem(with: UnsafeRawBufferPointer(start: bytes, count: count)) {
            say("does not hold: \(problem)")
            abort()
        }
        return 0
    })
