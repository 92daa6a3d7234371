/// Bounds on what is read, so that no directory can exhaust the daemon.
public struct TableLimits: Sendable {
    /// Bytes of one YAML file.
    public var fileSize = 1 << 20
    /// Bytes of one gazetteer file.
    public var gazetteerFileSize = 32 << 20
    /// Bytes of all files together.
    public var totalSize = 128 << 20
    /// Number of files, gazetteer included.
    public var fileCount = 4096
    /// Levels of lists and mappings inside each other; sound files have ten at most.
    public var nesting = 16
    /// Faults reported of one file.
    public var faultsPerFile = 1000

    public init() {}

    public static let `default` = TableLimits()
}
