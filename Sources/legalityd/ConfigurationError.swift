/// Why a daemon cannot start as it was told to: for the one who configures it, in one line.
enum ConfigurationError: Error, CustomStringConvertible {
    case unusableTable(directory: String, fault: String, count: Int)
    case unusableSocket(String)
    case noSocketLocation

    var description: String {
        switch self {
        case .unusableTable(let directory, let fault, let count):
            let more = count > 1 ? " (and \(count - 1) more: legalityd validate \(directory))" : ""
            return "no usable table in \(directory): \(fault)\(more)"
        case .unusableSocket(let reason):
            return reason
        case .noSocketLocation:
            return "no socket to listen on: give --socket or $LEGALITY_SOCKET, or set $XDG_RUNTIME_DIR"
        }
    }
}
