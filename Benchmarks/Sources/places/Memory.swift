import BenchmarkSupport
import Chance
@preconcurrency import Glibc

/// Keeps the optimizer from dropping work whose outcome nobody reads.
nonisolated(unsafe) var sink = 0

/// Of this process, in bytes.
func residentMemory() -> Int {
    let fields = lines(of: "/proc/self/statm").first?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
}

/// Memory that fills the caches with what nobody asked for: twice what the largest of them holds on most machines.
struct Displacement {
    private let memory = [Int](repeating: 1, count: 8 << 20)

    /// Reads a word of every line of it.
    func run() {
        var sum = 0
        for index in stride(from: 0, to: memory.count, by: 8) { sum &+= memory[index] }
        sink &+= sum
    }
}

/// Reads of which each tells where the next one is, each in a line of its own, all over so much memory.
struct DependentReads {
    private let memory: UnsafeMutableBufferPointer<Int>

    init(over bytes: Int) {
        var chance = SeededGenerator(seed: 20_261_121)
        let words = 8
        let lines = max(2, bytes / (words * 8))
        var order = Array(0..<lines)
        for index in stride(from: lines - 1, to: 0, by: -1) {
            // One cycle through all.
            order.swapAt(index, Int.random(in: 0..<index, using: &chance))
        }
        // In pages as large as those that the gazetteer asks for.
        let size = lines * words * 8
        let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 2 << 20)
        madvise(start, size, MADV_HUGEPAGE)
        memory = UnsafeMutableBufferPointer(
            start: start.bindMemory(to: Int.self, capacity: lines * words), count: lines * words)
        memory.initialize(repeating: 0)
        for (line, next) in order.enumerated() { memory[line * words] = next * words }
    }

    /// Nanoseconds of one.
    func time() -> Double {
        var position = 0
        let count = 1_000_000
        let time = elapsedTime(steps: count) {
            for _ in 0..<count { position = memory[position] }
        }
        sink &+= position
        return time
    }
}
