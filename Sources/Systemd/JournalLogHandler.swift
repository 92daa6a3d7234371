import CSystemd
import Glibc
public import Logging

/// Sends log messages to the systemd journal with their metadata as fields, or as plain lines to standard error.
///
/// Which of the two is decided once: the journal, if `$JOURNAL_STREAM` names the very file that standard error is, so
/// that `legalityd 2>file` under systemd still writes to the file. Metadata `table-version` becomes the field
/// `TABLE_VERSION`, and ``MessageID/metadataKey`` becomes `MESSAGE_ID`.
public struct JournalLogHandler: LogHandler {
    /// Where messages go.
    public enum Destination: Hashable, Sendable {
        case journal
        case standardError
    }

    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let identifier: String
    private let destination: Destination

    /// - Parameter identifier: what `journalctl -t` finds the messages by, and what plain lines begin with.
    public init(identifier: String, level: Logger.Level = .info, destination: Destination = .detected) {
        self.identifier = identifier
        self.destination = destination
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        let entry = JournalEntry(
            level: event.level, message: event.message.description, metadata: all, identifier: identifier,
            file: event.file, function: event.function, line: event.line)
        switch destination {
        case .journal:
            // What the journal refuses must not be lost.
            if !entry.sendToJournal() { entry.writeToStandardError() }
        case .standardError:
            entry.writeToStandardError()
        }
    }
}

extension JournalLogHandler.Destination {
    /// The journal if standard error is connected to it, else standard error.
    public static var detected: Self {
        detected(stream: getenv("JOURNAL_STREAM").map { String(cString: $0) }, descriptor: STDERR_FILENO)
    }

    /// - Parameters:
    ///   - stream: device and inode of the journal's stream in decimal, as `$JOURNAL_STREAM` has them.
    ///   - socket: where the journal takes entries; libsystemd drops them without a word if it is not there.
    static func detected(
        stream: String?, descriptor: Int32, socket: String = "/run/systemd/journal/socket"
    ) -> Self {
        guard let stream, access(socket, F_OK) == 0 else { return .standardError }
        let parts = stream.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else {
            return .standardError
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, UInt64(status.st_dev) == device, UInt64(status.st_ino) == inode else {
            return .standardError
        }
        return .journal
    }
}
