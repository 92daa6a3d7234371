import Legality
import Varlink

/// The parts that many replies have in common, as JSON: what is said of a rule's evidence, a jurisdiction's advisories,
/// its whole record, the statuses of all activities and substances. Each is rendered once for a table, when it is first
/// needed, and stays where it is.
///
/// Bounded: what no longer fits is written anew each time.
final class SharedParts {
    private static let chunkSize = 64 * 1024

    private let table: Table
    private let capacity: Int
    private var chunks: [UnsafeMutableRawBufferPointer] = []
    private var chunkUsed = 0
    private var evidence: [RuleReference: UnsafeRawBufferPointer] = [:]
    private var advisories: [Int: UnsafeRawBufferPointer] = [:]
    private var records: [Int: UnsafeRawBufferPointer] = [:]
    private var statuses: [[Status]: UnsafeRawBufferPointer] = [:]
    private var scratch = JSONWriter()
    private var isFull = false

    /// - Parameter capacity: bytes of all parts together, at most.
    init(table: Table, capacity: Int = 4 << 20) {
        self.table = table
        self.capacity = capacity
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
    }

    /// Authority, confidence and sources of a rule: the last members of its object. Nil where there is no room.
    func evidence(of rule: RuleReference) -> UnsafeRawBufferPointer? {
        if let known = evidence[rule] { return known }
        guard let part = keep({ $0.evidence(of: table[rule]) }) else { return nil }
        evidence[rule] = part
        return part
    }

    /// The advisories of a jurisdiction: elements of an array. Nil where there is no room.
    func advisories(of jurisdiction: Int) -> UnsafeRawBufferPointer? {
        if let known = advisories[jurisdiction] { return known }
        let place = table.jurisdictions[jurisdiction]
        guard let part = keep({ for advisory in place.advisories { $0.advisory(advisory, of: place.id) } }) else {
            return nil
        }
        advisories[jurisdiction] = part
        return part
    }

    /// The record of a jurisdiction. Nil where there is no room.
    func record(of jurisdiction: Int) -> UnsafeRawBufferPointer? {
        if let known = records[jurisdiction] { return known }
        guard let part = keep({ $0.record(jurisdiction, of: table) }) else { return nil }
        records[jurisdiction] = part
        return part
    }

    /// The members with the statuses of all activities and of all substances of a verdict. Nil where there is no room.
    func statuses(of verdict: Verdict) -> UnsafeRawBufferPointer? {
        // The number of activities is fixed.
        let key = verdict.activities + verdict.substances
        if let known = statuses[key] { return known }
        guard let part = keep({ $0.statuses(of: verdict, in: table.vocabulary) }) else { return nil }
        statuses[key] = part
        return part
    }

    /// The members at the end of every verdict: which table it is from. Nil where there is no room.
    private(set) lazy var origin: UnsafeRawBufferPointer? = keep { $0.origin(table) }

    private func keep(_ write: (inout JSONWriter) -> Void) -> UnsafeRawBufferPointer? {
        guard !isFull else { return nil }
        scratch.removeAll()
        write(&scratch)
        let bytes = scratch.bytes
        guard bytes.count > 0, bytes.count <= SharedParts.chunkSize else { return nil }
        if chunks.isEmpty || SharedParts.chunkSize - chunkUsed < bytes.count {
            isFull = (chunks.count + 1) * SharedParts.chunkSize > capacity
            guard !isFull else { return nil }
            chunks.append(.allocate(byteCount: SharedParts.chunkSize, alignment: 16))
            chunkUsed = 0
        }
        let target = UnsafeMutableRawBufferPointer(rebasing: chunks[chunks.count - 1][chunkUsed...].prefix(bytes.count))
        target.copyMemory(from: bytes)
        chunkUsed += bytes.count
        return UnsafeRawBufferPointer(target)
    }
}
