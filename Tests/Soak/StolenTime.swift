import Foundation

/// What the host of a virtual machine took of the processors' time for others: nobody in the machine can do anything
/// about it, and where it is more than one part in a hundred it is what a 99th percentile tells of.
struct StolenTime: Sendable {
    private let (stolen, all): (Double, Double)

    /// Since the machine was started.
    static var now: StolenTime {
        // proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guests are in user and nice already.
        let line = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8))?.prefix { $0 != "\n" } ?? ""
        let times = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        return StolenTime(stolen: times.count == 8 ? times[7] : 0, all: times.reduce(0, +))
    }

    private init(stolen: Double, all: Double) { (self.stolen, self.all) = (stolen, all) }

    /// The share since an earlier moment, in percent.
    func share(since earlier: StolenTime) -> Double {
        all > earlier.all ? 100 * (stolen - earlier.stolen) / (all - earlier.all) : 0
    }
}
