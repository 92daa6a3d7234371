import Legality

/// What `legalityd validate` prints of a reading.
public struct ValidationReport: Sendable {
    /// Whether the table can be used.
    public let isUsable: Bool
    /// Faults and warnings in the order of the files.
    public let findings: [Fault]
    public let coverage: Coverage?
    private let counts: (files: Int, jurisdictions: Int, rules: Int)?
    private let version: String?
    private let digest: String?

    public init(_ reading: TableReading, withCoverage: Bool = false) {
        switch reading {
        case .accepted(let table, let information, let warnings):
            isUsable = true
            findings = warnings
            coverage = withCoverage ? Coverage(of: table, on: information.date) : nil
            counts = (information.fileCount, table.jurisdictions.count, table.ruleCount)
            version = table.version
            digest = table.digest
        case .refused(let found):
            isUsable = false
            findings = found
            coverage = nil
            counts = nil
            version = nil
            digest = nil
        }
    }

    public var warnings: [Fault] { findings.filter { $0.severity == .warning } }

    /// A line for each finding, the coverage where it was asked for, and a line that counts.
    public var text: String {
        let lines = findings.map { "\($0)\n" }.joined()
        return lines + (coverage?.text ?? "") + summary + "\n"
    }

    private var summary: String {
        let faultCount = findings.count - warnings.count
        let found = "\(counted(faultCount, "fault")), \(counted(warnings.count, "warning"))"
        guard let counts, let version else { return found }
        return found + " in table \(version): \(counted(counts.files, "file")), "
            + "\(counted(counts.jurisdictions, "jurisdiction")), \(counted(counts.rules, "rule"))"
    }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// The same as one JSON object on one line.
    public var json: String {
        func object(_ fault: Fault) -> JSONText {
            .object([
                ("file", .string(fault.file)), ("line", .number(fault.line)), ("column", .number(fault.column)),
                ("message", .string(fault.message)), ("hint", .optional(fault.hint)),
            ])
        }
        var members: [(key: String, value: JSONText)] = [
            ("usable", .truth(isUsable)), ("version", .optional(version)), ("digest", .optional(digest)),
            ("files", counts.map { .number($0.files) } ?? .null),
            ("jurisdictions", counts.map { .number($0.jurisdictions) } ?? .null),
            ("rules", counts.map { .number($0.rules) } ?? .null),
            ("faults", .list(findings.filter { $0.severity == .fault }.map(object))),
            ("warnings", .list(warnings.map(object))),
        ]
        if let coverage { members.append(("coverage", coverage.json)) }
        return JSONText.object(members).text + "\n"
    }
}
