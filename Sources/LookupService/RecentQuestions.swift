/// The calls that were answered afresh last, byte for byte; what is asked again and again is among them once, mostly.
/// Bounded.
struct RecentQuestions {
    static let limit = 4096
    private(set) var calls: [[UInt8]] = []
    /// Where the next one goes, once there are so many.
    private var oldest = 0

    /// Takes the place of the oldest one if there is no room. Longer ones than are ever kept are left out.
    mutating func note(_ call: UnsafeRawBufferPointer) {
        guard call.count <= RequestCache.requestLimit else { return }
        if calls.count < Self.limit {
            calls.append(Array(call))
        } else {
            calls[oldest] = Array(call)
            oldest = (oldest + 1) % Self.limit
        }
    }
}
