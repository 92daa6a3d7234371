/// Draws positions in `0..<count`; the one at rank r with a probability proportional to 1/r. Which position has which
/// rank is drawn once, from the generator.
public struct ZipfDistribution {
    private let ranked: [Int]
    private let cumulative: [Double]

    public init(count: Int, using generator: inout some RandomNumberGenerator) {
        ranked = Array(0..<count).shuffled(using: &generator)
        var sum = 0.0
        cumulative = (0..<count).map {
            sum += 1 / Double($0 + 1)
            return sum
        }
    }

    public func next(using generator: inout some RandomNumberGenerator) -> Int {
        let wanted = Double.random(in: 0..<(cumulative.last ?? 1), using: &generator)
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return ranked[low]
    }
}
