import Legality
import Logging
import LookupService
import Systemd
import TableFiles

/// What the daemon says, each kind of event once: its words, its level, its fields.
final class DaemonLog {
    private var logger: Logger

    init(level: Logger.Level) {
        logger = Logger(label: "legalityd") { JournalLogHandler(identifier: $0, level: level) }
        logger.logLevel = level
    }

    /// 0 (emergency) to 7 (debug), as in syslog.
    func setSyslogLevel(_ level: Int) {
        if let level = Logger.Level(syslogPriority: level) { logger.logLevel = level }
    }

    func cannotStart(_ reason: String) { logger.error("\(reason)") }

    func failed(_ reason: String) { logger.error("internal error: \(reason)") }

    func started(_ state: TableState, socket: String) {
        let table = state.table
        logger.notice(
            "Serving table \(table.version) (\(table.jurisdictions.count) jurisdictions, \(table.ruleCount) rules) from \(state.directory) on \(socket).",
            metadata: fields(of: table, .started))
    }

    func reloading(_ reason: String) { logger.info("Reading the table anew because \(reason).") }

    func reloaded(from old: Table, to state: TableState) {
        let table = state.table
        let change = old.digest == table.digest ? "the same content as before" : "before: \(old.version)"
        logger.notice(
            "Serving table \(table.version) now (\(change)), \(table.jurisdictions.count) jurisdictions, \(table.ruleCount) rules.",
            metadata: fields(of: table, .reloaded))
    }

    func reloadRefused(_ faults: [Fault], keeping table: Table) {
        guard let first = faults.first else { return }
        let more = faults.count > 1 ? " (and \(faults.count - 1) more faults)" : ""
        var metadata = fields(of: table, .reloadRefused)
        metadata["fault-file"] = "\(first.file)"
        metadata["fault-line"] = "\(first.line)"
        metadata["fault-column"] = "\(first.column)"
        logger.error(
            "\(first)\(more): the new table is refused, table \(table.version) goes on. Correct the file and reload; legalityd validate lists every fault.",
            metadata: metadata)
    }

    func socketRestored(_ path: String) {
        logger.warning("The socket's file was gone; listening on \(path) again.")
    }

    func socketLost(_ reason: String) {
        logger.error("The socket's file is gone and cannot be made again, whoever is connected is served: \(reason)")
    }

    func missingTimeZones(_ names: [String]) {
        let more = names.count > 5 ? " and \(names.count - 5) more" : ""
        logger.warning(
            "Unknown time zones (is tzdata installed?): \(names.prefix(5).joined(separator: ", "))\(more). Their civil dates are those of UTC until the next start."
        )
    }

    /// `count`: since it was last said.
    func refused(_ count: Int) {
        logger.warning("Refused \(count) connection\(count == 1 ? "" : "s") over a limit (said once a minute at most).")
    }

    func lawChanged(_ line: String) { logger.notice("\(line)") }

    func stopping(_ table: Table, because reason: String) {
        logger.notice(
            "Stopping because \(reason); what was asked is answered first.", metadata: fields(of: table, .stopping))
    }

    func stoppedBeforeStart() { logger.notice("Asked to stop before the table was read.") }

    func loadIsStuck(after limit: Duration) {
        logger.critical(
            "Reading the table has not ended after \(limit.components.seconds) seconds: the service counts as stuck, and its manager will restart it. Look at the disk that the table lies on."
        )
    }

    func loadEndedAfterAll() { logger.warning("Reading the table has ended after all; the service goes on.") }

    func tableWarnings(_ warnings: [Fault]) {
        guard let first = warnings.first else { return }
        let more = warnings.count > 1 ? " (and \(warnings.count - 1) more: legalityd validate)" : ""
        logger.debug("\(first)\(more)")
    }

    private func fields(of table: Table, _ id: MessageID) -> Logger.Metadata {
        [
            MessageID.metadataKey: "\(id)", "table-version": "\(table.version)", "table-digest": "\(table.digest)",
        ]
    }
}
