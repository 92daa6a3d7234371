import Glibc

/// The calls that were answered afresh last, byte for byte, each once. Bounded: for room, whoever has the most of them
/// loses its oldest, so that one who asks for something else each time does not drive out what others ask for.
struct RecentQuestions {
    static let limit = 4096
    private(set) var count = 0
    private var byUser: [uid_t: Asked] = [:]
    /// Secret: who cannot know which calls collide cannot hide another's behind his own.
    private let seed = UInt64.random(in: .min ... .max)

    var calls: [[UInt8]] { byUser.values.flatMap(\.calls) }

    /// Longer ones than are ever kept are left out.
    mutating func note(_ call: UnsafeRawBufferPointer, from user: uid_t) {
        guard call.count <= RequestCache.requestLimit,
            byUser[user, default: Asked()].append(call, RequestCache.hash(call, seed: seed))
        else { return }
        count += 1
        if count > Self.limit { dropOne() }
    }

    private mutating func dropOne() {
        guard let user = byUser.max(by: { $0.value.count < $1.value.count })?.key else { return }
        byUser[user]?.dropOldest()
        count -= 1
        if byUser[user]?.count == 0 { byUser[user] = nil }
    }

    /// What one user asked, in the order of asking.
    private struct Asked {
        private var questions: [(hash: UInt64, call: [UInt8])] = []
        private var hashes: Set<UInt64> = []
        private var oldest = 0

        var count: Int { questions.count - oldest }
        var calls: [[UInt8]] { questions[oldest...].map(\.call) }

        /// - Returns: false if it is there already.
        mutating func append(_ call: UnsafeRawBufferPointer, _ hash: UInt64) -> Bool {
            guard hashes.insert(hash).inserted else { return false }
            questions.append((hash, Array(call)))
            return true
        }

        mutating func dropOldest() {
            guard oldest < questions.count else { return }
            hashes.remove(questions[oldest].hash)
            questions[oldest].call = []
            oldest += 1
            // Now and then, so that it costs little for each.
            if oldest > questions.count / 2 {
                questions.removeFirst(oldest)
                oldest = 0
            }
        }
    }
}
