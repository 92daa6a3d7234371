import Legality

/// The table that answers now, and how the last reload went.
///
/// Belongs to the thread that serves. A table is swapped in whole: whoever is being answered holds on to the old one.
public final class TableState {
    public private(set) var table: Table
    /// Where it was read from.
    public let directory: String
    /// When it was loaded, in seconds since 1970-01-01T00:00:00Z.
    public private(set) var loaded: Int64
    /// How many reloads have ended since the start.
    public private(set) var reloads = 0
    public private(set) var lastReload: Reload = .none

    /// How a reload ended.
    public enum Reload: Sendable {
        case none
        case loaded(at: Int64)
        /// `fault` is the first of `count`, as `file:line:column: message`.
        case refused(at: Int64, fault: String, count: Int)
    }

    public init(table: Table, directory: String, loaded: Int64) {
        self.table = table
        self.directory = directory
        self.loaded = loaded
    }

    func replace(with table: Table, at moment: Int64) {
        self.table = table
        loaded = moment
        reloads += 1
        lastReload = .loaded(at: moment)
    }

    func refuse(fault: String, count: Int, at moment: Int64) {
        reloads += 1
        lastReload = .refused(at: moment, fault: fault, count: count)
    }
}
