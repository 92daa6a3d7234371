import CSystemd
import Glibc
import Logging

/// One log message, in the forms in which it leaves the process.
struct JournalEntry {
    var level: Logger.Level
    var message: String
    var metadata: Logger.Metadata
    var identifier: String
    var file: String
    var function: String
    var line: UInt

    /// `NAME=value` for each field. Names of metadata are made into what the journal allows; a name that is one of the
    /// fixed fields loses to it.
    var fields: [String] {
        var fields = [
            "MESSAGE=\(message)",
            "PRIORITY=\(level.syslogPriority)",
            "SYSLOG_IDENTIFIER=\(identifier)",
            "CODE_FILE=\(file)",
            "CODE_LINE=\(line)",
            "CODE_FUNC=\(function)",
        ]
        let fixed: Set = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "CODE_FILE", "CODE_LINE", "CODE_FUNC"]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard let name = JournalEntry.fieldName(for: key), !fixed.contains(name) else { continue }
            fields.append("\(name)=\(value)")
        }
        return fields
    }

    /// One line for a person or a pipe: no field that only programs read, and no control character from outside.
    var plainLine: String {
        var line = "\(identifier): "
        if let word = level.plainWord { line += "\(word): " }
        line += message
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != MessageID.metadataKey {
            line += " \(key)=\(value)"
        }
        return String(
            String.UnicodeScalarView(line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    /// What the journal allows as a name: A–Z, 0–9 and `_`, no `_` or digit in front, at most 64. Nil if nothing is left.
    static func fieldName(for key: String) -> String? {
        var name: [UInt8] = []
        for byte in key.utf8 {
            let mapped: UInt8
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): mapped = byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): mapped = byte
            default: mapped = UInt8(ascii: "_")
            }
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(mapped)
            if name.isEmpty && !isLetter { continue }
            name.append(mapped)
        }
        return name.isEmpty ? nil : String(decoding: name.prefix(64), as: UTF8.self)
    }

    /// False if the journal did not take it.
    func sendToJournal() -> Bool {
        // One buffer for all fields, so that every pointer handed over stays good during the call.
        let encoded = fields.map { Array($0.utf8) }
        var buffer = encoded.flatMap { $0 }
        return buffer.withUnsafeMutableBytes { bytes in
            var offset = 0
            let vectors = encoded.map { field in
                defer { offset += field.count }
                return iovec(iov_base: bytes.baseAddress.map { $0 + offset }, iov_len: field.count)
            }
            return sd_journal_sendv(vectors, Int32(vectors.count)) >= 0
        }
    }

    func writeToStandardError() {
        var bytes = Array(plainLine.utf8) + [UInt8(ascii: "\n")]
        // In one write, so that lines of several threads do not mix. What cannot be written has nowhere to be reported.
        bytes.withUnsafeMutableBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Logger.Level {
    /// The level in the numbers of `syslog(3)`.
    var syslogPriority: Int32 {
        switch self {
        case .trace, .debug: LOG_DEBUG
        case .info: LOG_INFO
        case .notice: LOG_NOTICE
        case .warning: LOG_WARNING
        case .error: LOG_ERR
        case .critical: LOG_CRIT
        }
    }

    /// What a plain line says of its level: nothing where the words speak for themselves.
    fileprivate var plainWord: String? {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: nil
        case .warning: "warning"
        case .error, .critical: "error"
        }
    }

    /// The level that shows every message up to a `syslog(3)` priority: 0 (emergency) to 7 (debug), nil for others.
    public init?(syslogPriority priority: Int) {
        switch priority {
        case 0...2: self = .critical
        case 3: self = .error
        case 4: self = .warning
        case 5: self = .notice
        case 6: self = .info
        case 7: self = .debug
        default: return nil
        }
    }
}
