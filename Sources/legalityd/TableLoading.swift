import CLinux
import Legality
import LookupService
import Synchronization
import Systemd
import TableFiles

/// Reads tables aside, one at a time, on a thread of its own, and hands each outcome to the loop.
final class TableLoading {
    /// A table that was read, with what takes too long to find out where it is put to use; or why it was refused.
    enum Outcome: Sendable {
        case accepted(RehearsedTable, warnings: [Fault], changes: [StatusChange])
        case refused([Fault])
    }

    private let reader: TableReader
    /// What the service that it makes room for does.
    private let activity: ServiceActivity
    private let signal: CrossThreadSignal
    private let outcome = Mailbox()
    private var thread: BackgroundThread?
    /// Whether another reading was asked for while one went on: what it reads may be older than what was asked for.
    private var isAskedAgain = false

    private final class Mailbox: Sendable {
        let content = Mutex<Outcome?>(nil)
    }

    /// `finished` is called in the loop, once for each reading.
    init(
        reader: TableReader, activity: ServiceActivity, loop: EventLoop, finished: @escaping (Outcome) -> Void
    ) throws(SystemdError) {
        self.reader = reader
        self.activity = activity
        signal = try CrossThreadSignal()
        try loop.add(signal) { [unowned self] _ in
            // Not joined: it has nothing left to do, but on a busy machine it may not end at once.
            thread = nil
            if let outcome = outcome.content.withLock({ $0.take() }) { finished(outcome) }
        }
    }

    /// Whether a reading is going on.
    var isReading: Bool { thread != nil }

    /// Takes back that another reading was asked for while one went on.
    func takeAskedAgain() -> Bool {
        defer { isAskedAgain = false }
        return isAskedAgain
    }

    /// Begins to read; while a reading goes on, remembers that another is due.
    ///
    /// - Parameters:
    ///   - current: the table to compare with; nil: nobody wants to know what changes.
    ///   - rehearsal: what to ask the table; nil: nobody has asked anything yet.
    ///   - givesWay: whether to make room for whoever asks: on one processor, and for most of the time not even there.
    func begin(
        comparingWith current: Table?, rehearsal: Rehearsal?, givingWay givesWay: Bool = true
    ) throws(SystemdError) {
        if isReading {
            isAskedAgain = true
            return
        }
        let (signal, outcome) = (signal, outcome)
        var reader = reader
        reader.usesEveryProcessor = !givesWay
        let pace = givesWay ? BackgroundPace(beside: activity) : nil
        thread = try BackgroundThread(name: "table", pace: pace) { [reader] in
            #if DEBUG
                TestHook.reading()
            #endif
            let result: Outcome
            switch reader.read() {
            case .accepted(let table, _, let warnings):
                let changes = current.map { $0.statusChanges(to: table, clock: ZoneClock()) } ?? []
                result = .accepted(
                    rehearsal?.rehearsed(table) ?? RehearsedTable(table), warnings: warnings, changes: changes)
            case .refused(let faults):
                result = .refused(faults)
            }
            outcome.content.withLock { $0 = result }
            signal.ring()
        }
    }

    private final class Discarded: Sendable {
        let table: Mutex<Table?>

        init(_ table: sending Table?) { self.table = Mutex(table) }
    }

    /// Takes a table that is used no more apart, with what was kept of its answers, and gives back to the system what they
    /// and the reading held: else it would stay with the process, and grow from reload to reload. Takes some milliseconds,
    /// so it is done aside; where no thread is to be had, at once, and giving back is left for the next time.
    ///
    /// - Parameters:
    ///   - old: nil afterwards, as the last one to let go of a table is the one that takes it apart.
    ///   - replacement: what was put to use for it, and holds what was kept.
    func discard(_ old: inout Table?, replacedBy replacement: RehearsedTable) {
        let discarded = Discarded(old.take())
        do throws(SystemdError) {
            _ = try BackgroundThread(name: "trim") {
                replacement.dropAnswers()
                discarded.table.withLock { $0 = nil }
                malloc_trim(0)
            }
        } catch {
            replacement.dropAnswers()
        }
    }
}
