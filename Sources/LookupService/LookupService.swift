public import Legality
public import Varlink

/// The service of the daemon: org.legalityd.Lookup and io.systemd.service on top of a table.
///
/// Belongs to one thread. Reading a table is somebody else's work: its outcome is handed in by ``replaceTable(with:changes:on:)``
/// or ``refuseTable(fault:count:on:)``.
public final class LookupService {
    /// What connections are served by.
    public let varlink: Service
    public let state: TableState
    public let clock: ZoneClock
    private let monitors = Monitors()
    let lookup: LookupHandler
    private let cacheCapacity: Int
    private let administration: ServiceHandler
    private var calendar: Calendar

    /// What the service asks of the daemon around it.
    public struct Requests {
        public var reload: () -> Void
        /// The most verbose syslog level to log, 0 to 7.
        public var setLogLevel: (Int) -> Void

        public init(reload: @escaping () -> Void, setLogLevel: @escaping (Int) -> Void) {
            self.reload = reload
            self.setLogLevel = setLogLevel
        }
    }

    /// - Parameters:
    ///   - zones: those of the table, where they are known already.
    ///   - userID: the user that may do what only root may otherwise.
    ///   - cacheCapacity: bytes for replies that are kept.
    ///   - placesPerCall: places that one call may name; one with more is refused.
    /// - Throws: the position of a mistake in the interface descriptions.
    public init(
        table: Table, zones: JurisdictionZones? = nil, directory: String, clock: ZoneClock, daemonVersion: String,
        userID: UInt32,
        cacheCapacity: Int = 32 << 20, placesPerCall: Int = 100, requests: Requests
    ) throws(InterfaceSyntaxError) {
        self.clock = clock
        state = TableState(table: table, directory: directory, loaded: clock.now)
        self.cacheCapacity = cacheCapacity
        let cache = RenderedReplies(KeptAnswers(of: table, capacity: cacheCapacity), clock: clock)
        lookup = LookupHandler(
            state: state, clock: clock, cache: cache, monitors: monitors, daemonVersion: daemonVersion,
            placesPerCall: placesPerCall)
        administration = ServiceHandler(
            userID: userID, requestReload: requests.reload, setLogLevel: requests.setLogLevel)
        calendar = Calendar(zones: zones ?? JurisdictionZones(of: table), clock: clock)
        varlink = Service(
            ServiceInformation(
                vendor: "legalityd", product: "legalityd", version: daemonVersion,
                url: "man:legalityd(8)"),
            cache: cache)
        varlink.register(try LookupService.lookupInterface(), handler: lookup)
        varlink.register(try LookupService.administrationInterface(), handler: administration)
    }

    /// The error that a client over a limit is told.
    public static let busyError = "org.legalityd.Lookup.Busy"

    /// The description of org.legalityd.Lookup.
    public static func lookupInterface() throws(InterfaceSyntaxError) -> InterfaceDescription {
        try InterfaceDescription(parsing: text(PackageResources.org_legalityd_Lookup_varlink))
    }

    /// The description of io.systemd.service.
    public static func administrationInterface() throws(InterfaceSyntaxError) -> InterfaceDescription {
        try InterfaceDescription(parsing: text(PackageResources.io_systemd_service_varlink))
    }

    private static func text(_ resource: [UInt8]) -> String { String(decoding: resource, as: UTF8.self) }

    /// Whether anybody watches for changes: then the differences between two tables are worth finding out.
    public var isMonitored: Bool { !monitors.isEmpty }

    /// The files are about to be read: whoever asks for a reload from here on waits for the next reading.
    public func readingBegins() { administration.readingBegins() }

    /// What the next table is to be asked before it is put to use.
    public var rehearsal: Rehearsal {
        Rehearsal(questions: lookup.recentQuestions.calls, cacheCapacity: cacheCapacity)
    }

    /// A reload has ended well: every call from here on is answered from the new table.
    ///
    /// - Parameter changes: the answers that differ, as far as ``isMonitored`` asked for them.
    public func replaceTable(
        with rehearsed: RehearsedTable, changes: [StatusChange], on connections: ConnectionSet
    ) {
        let (old, table) = (state.table, rehearsed.table)
        state.replace(with: table, at: clock.now)
        lookup.tableReplaced(
            rehearsed.exchange(lookup.answers) ?? KeptAnswers(of: table, capacity: cacheCapacity))
        calendar = Calendar(zones: rehearsed.zones, clock: clock)
        for caller in administration.takeServed() {
            connections.reply(to: caller) { reply in
                reply.empty()
                return .done
            }
        }
        report(.reload(from: old, to: table, changes: changes), on: connections)
    }

    /// A reload has ended with a table that is not usable; the old one goes on.
    ///
    /// - Parameters:
    ///   - fault: the first, as `file:line:column: message`.
    ///   - count: how many faults there are.
    public func refuseTable(fault: String, count: Int, on connections: ConnectionSet) {
        state.refuse(fault: fault, count: count, at: clock.now)
        for caller in administration.takeServed() {
            connections.reply(to: caller) { reply in
                reply.error(.tableRefused(fault: fault, faults: count))
                return .done
            }
        }
        report(.refused(by: state.table, fault: fault), on: connections)
    }

    /// Reports the rules that came into force or ended since it was asked last. To be called at every whole quarter of
    /// an hour (UTC), when midnights are, and when the clock was set.
    ///
    /// - Returns: a line for each jurisdiction whose law changed.
    @discardableResult
    public func passTime(on connections: ConnectionSet) -> [String] {
        let events = calendar.advance(state.table, clock: clock)
        for event in events { report(event, on: connections) }
        return events.map(\.text)
    }

    private func report(_ event: MonitorEvent, on connections: ConnectionSet) {
        for (reader, changes) in monitors.readers(of: event) {
            // A long event to many readers must not hold up everybody else.
            connections.replyInTurn(to: reader) { reply in
                reply.continuing { json in
                    json.name("event")
                    json.event(event, changes: changes)
                }
                return .waiting
            }
        }
    }
}

extension VarlinkError {
    static func tableRefused(fault: String, faults: Int) -> VarlinkError {
        VarlinkError("\(lookup).TableRefused", ["fault": .string(fault), "faults": .integer(Int64(faults))])
    }
}
