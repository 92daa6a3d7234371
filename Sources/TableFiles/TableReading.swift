public import Legality

/// The outcome of reading a table directory: a whole table, or what is wrong with it.
public enum TableReading: Sendable {
    /// A table without fault; the warnings in the order of the files.
    case accepted(Table, TableInformation, warnings: [Fault])
    /// Every fault found, and the warnings among them, in the order of the files. At least one is a fault.
    case refused([Fault])

    /// The table; nil where it was refused.
    public var table: Table? {
        if case .accepted(let table, _, _) = self { table } else { nil }
    }

    /// Why the table cannot be used; empty where it can.
    public var faults: [Fault] {
        if case .refused(let found) = self { found.filter { $0.severity == .fault } } else { [] }
    }

    public var warnings: [Fault] {
        switch self {
        case .accepted(_, _, let warnings): warnings
        case .refused(let found): found.filter { $0.severity == .warning }
        }
    }
}

/// What a table's files say of the table itself.
public struct TableInformation: Sendable {
    /// A calendar version: `2026.11.21`.
    public let version: String
    /// The day to which the table was brought up.
    public let date: CivilDate
    public let title: String?
    /// SPDX identifier of the licence of the data.
    public let licence: String?
    /// How many files it was read from, the gazetteer's included.
    public let fileCount: Int
    /// Their size in bytes.
    public let size: Int
}
