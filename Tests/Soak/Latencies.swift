/// How long answers took, in microseconds, by the stretch of time in which they came.
///
/// What else a machine does comes in bursts. The 99th percentile of each stretch is taken on its own, and the median of
/// them stands for all: it is what a client sees nearly always, and no burst of a neighbour's changes it.
struct Latencies: Sendable {
    /// Seconds.
    static let stretch = 2
    private(set) var stretches: [[UInt32]] = []

    var count: Int { stretches.reduce(0) { $0 + $1.count } }

    mutating func add(_ microseconds: UInt32, second: Int) {
        let index = max(0, second) / Latencies.stretch
        while stretches.count <= index { stretches.append([]) }
        stretches[index].append(microseconds)
    }

    mutating func add(_ other: Latencies) {
        while stretches.count < other.stretches.count { stretches.append([]) }
        for index in other.stretches.indices { stretches[index] += other.stretches[index] }
    }

    /// Over all of it, in milliseconds.
    func percentile(_ share: Double) -> Double { Latencies.percentile(share, of: stretches.flatMap { $0 }) }

    /// The median of the stretches' percentiles, in milliseconds. The last stretch may be a short one and does not
    /// count, if there are others.
    func typicalPercentile(_ share: Double) -> Double {
        let whole = (stretches.count > 1 ? stretches.dropLast() : stretches[...]).filter { !$0.isEmpty }
        let each = whole.map { Latencies.percentile(share, of: $0) }.sorted()
        return each.isEmpty ? .nan : each[each.count / 2]
    }

    private static func percentile(_ share: Double, of microseconds: [UInt32]) -> Double {
        guard !microseconds.isEmpty else { return .nan }
        let sorted = microseconds.sorted()
        return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1000
    }
}
