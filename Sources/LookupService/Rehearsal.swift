public import Legality
import Synchronization
import Varlink

/// What a new table is asked before it is put to use: the questions that the old one was asked last. Else all of them
/// would be answered afresh in the same moment, and everybody would wait for it.
public struct Rehearsal: Sendable {
    let questions: [[UInt8]]
    let cacheCapacity: Int

    /// Asks the table. Takes as long as answering all of them afresh, so it is done where nobody waits.
    public func rehearsed(_ table: Table) -> RehearsedTable {
        let zones = JurisdictionZones(of: table)
        let service: LookupService
        do throws(InterfaceSyntaxError) {
            service = try LookupService(
                table: table, zones: zones, directory: "", clock: ZoneClock(), daemonVersion: "", userID: .max,
                cacheCapacity: cacheCapacity, requests: .init(reload: {}, setLogLevel: { _ in }))
        } catch {
            return RehearsedTable(table, zones: zones)
        }
        var connection = Connection(
            id: ConnectionID(slot: 0, generation: 0),
            peer: PeerCredentials(processID: 0, userID: .max, groupID: .max), limits: ConnectionLimits())
        for question in questions where connection.ending == nil {
            (question + [0]).withUnsafeBytes { connection.receive($0, service: service.varlink) }
            connection.outputSent(connection.output.count)
        }
        return RehearsedTable(table, zones: zones, answers: service.lookup.answers)
    }
}

/// A table, and what is kept of its answers already.
///
/// Once it was put to use, it holds what was kept of the answers from the table before. To let go of that takes a
/// while, too.
public final class RehearsedTable: Sendable {
    public let table: Table
    let zones: JurisdictionZones
    private let answers: Mutex<KeptAnswers?>

    /// - Parameter answers: nil: it was asked nothing yet.
    init(_ table: Table, zones: JurisdictionZones, answers: KeptAnswers? = nil) {
        (self.table, self.zones) = (table, zones)
        self.answers = Mutex(answers)
    }

    /// One that was not asked anything.
    public convenience init(_ table: Table) { self.init(table, zones: JurisdictionZones(of: table)) }

    /// What it was asked before, for what was kept until now.
    func exchange(_ former: KeptAnswers) -> KeptAnswers? {
        answers.withLock { answers in
            defer { answers = former }
            return answers
        }
    }

    /// Lets go of what is kept here.
    public func dropAnswers() { answers.withLock { $0 = nil } }
}
