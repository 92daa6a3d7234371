/// A file of the table, as it was at one moment.
struct TableFile: Sendable {
    /// Relative to the table's directory, with `/` between the parts.
    let path: String
    let bytes: [UInt8]

    var isGazetteer: Bool { path.hasPrefix("gazetteer/") }

    /// The id of the jurisdiction that the file is to hold: `US-AL` for `us/al.yaml`, `CH` for `ch.yaml`.
    var expectedID: String { TableFile.id(ofFileAt: path) }

    static func id(ofFileAt path: String) -> String {
        guard path.hasSuffix(".yaml") else { return path }
        return path.dropLast(5).uppercased().split(separator: "/").joined(separator: "-")
    }
}

/// Everything read from a table's directory.
struct DirectoryContents: Sendable {
    /// In the order of their paths, byte by byte.
    var files: [TableFile] = []
    var faults: [Fault] = []
    /// What `table.sig` holds; nil where there is none that can be read.
    var signature: [UInt8]?

    var size: Int { files.reduce(0) { $0 + $1.bytes.count } }
}
