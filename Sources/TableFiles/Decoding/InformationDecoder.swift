import Legality

/// Reads table.yaml: what the table says of itself.
struct InformationDecoder {
    let values: ValueReader

    func decode(_ root: YAMLNode) -> (version: String?, date: CivilDate?, title: String?, licence: String?)? {
        guard let record = Record(root, .tableInformation, values) else { return nil }
        let version = record["version"].flatMap { self.version($0) }
        var date: CivilDate?
        if let read = record.date("date"), let node = record["date"] {
            if case .day(let day) = read {
                date = day
            } else {
                values.log.report(
                    "the table's date is \(read)", at: node.position, hint: "it is a whole day: YYYY-MM-DD")
            }
        }
        if let version, let date, let node = record["version"] {
            let (year, month, day) = date.fields
            if Array(version.prefix(3)) != [year, month, day] {
                values.log.report(
                    "the version does not fit the table's date \(date)", at: node.position,
                    hint: "the version is the date with points, and a further number for a second one on that day")
            }
        }
        return (record.line("version"), date, record.line("title"), record.line("licence"))
    }

    /// The numbers of a calendar version.
    private func version(_ node: YAMLNode) -> [Int]? {
        guard let text = values.line(node, "\"version\"") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(part) : nil
        }
        guard (3...4).contains(parts.count), numbers.count == parts.count else {
            values.log.report(
                "\"version\" is \"\(text.printable)\"", at: node.position,
                hint: "it is a calendar version: 2026.11.21, or 2026.11.21.1 for the next of that day")
            return nil
        }
        return numbers
    }
}
