import CLinux
import Foundation

/// Which processors a process may use.
///
/// Misbehaving clients have the second half of them, and the well-behaved the first. The daemon runs where it likes at
/// first: then a query may also wait until the kernel has taken it away from the misbehaving ones again. In the second
/// half of the time it is kept where the well-behaved are: what they wait for then is what the daemon does.
enum Processors {
    /// Those that this process may use.
    static let all: [Int] = {
        var set = cpu_set_t()
        guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return [] }
        return withUnsafeBytes(of: &set) { bytes in
            bytes.indices.flatMap { byte in (0..<8).filter { bytes[byte] >> $0 & 1 == 1 }.map { byte * 8 + $0 } }
        }
    }()

    static var canBeDivided: Bool { all.count > 1 }
    static var forWellBehaved: ArraySlice<Int> { all.prefix(all.count / 2) }
    static var forVandals: ArraySlice<Int> { all.dropFirst(all.count / 2) }

    /// Keeps a thread (0: the calling one), and those that it starts, on some processors; without effect on none.
    static func keep(_ thread: pid_t = 0, to processors: ArraySlice<Int>) {
        guard !processors.isEmpty else { return }
        var set = cpu_set_t()
        withUnsafeMutableBytes(of: &set) { bytes in
            for processor in processors { bytes[processor / 8] |= 1 << (processor % 8) }
        }
        sched_setaffinity(thread, MemoryLayout<cpu_set_t>.size, &set)
    }
}
