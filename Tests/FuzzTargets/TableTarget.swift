import Legality
import TableFiles

/// The bytes of one file of a table: YAML, decoding, checks.
///
/// The first byte of an input chooses the file that it stands for.
public final class TableTarget: FuzzTarget {
    public static let name = "table"
    /// As little beside the one file as makes a whole table.
    private let files: [(path: String, bytes: [UInt8])] = [
        (
            "kr.yaml",
            Array("id: KR\nname: K\nkind: country\ntimezone: Asia/Seoul\nreviewed: 2026-01-01\nsummary: S.\n".utf8)
        ),
        (
            "substances.yaml",
            Array(
                """
                default: kratom
                substances: [{id: kratom, name: Leaf}, {id: extract, name: E, broader: kratom, inference: follows}]
                activities: [{id: possess}, {id: use, follows: possess}, {id: buy, follows: sell}, {id: sell},
                  {id: manufacture}, {id: cultivate}, {id: import}, {id: export}]
                summary_activities: [possess, use, buy, sell]

                """.utf8)
        ),
        ("table.yaml", Array("version: 2026.01.01\ndate: 2026-01-01\ntitle: T\nlicence: CC0-1.0\n".utf8)),
    ]

    public init(data: String) throws {
        let faults = TableReader.read(files: files).faults
        if let fault = faults.first { throw Unprepared(reason: "the target's own table: \(fault)") }
    }

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        var files = self.files
        switch choice {
        case UInt8(ascii: "t"): files[index(of: "table.yaml")].bytes = bytes
        case UInt8(ascii: "s"): files[index(of: "substances.yaml")].bytes = bytes
        default: files[index(of: "kr.yaml")].bytes = bytes
        }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 2
        switch TableReader.read(files: files) {
        case .accepted(let table, _, _):
            if table.jurisdictions.isEmpty { return "a table of nothing" }
            let query = Query(substance: table.vocabulary.defaultSubstance, day: CivilDate(daysSinceEpoch: 20_000))
            for jurisdiction in table.jurisdictions {
                guard let resolution = try? table.resolve(jurisdiction.id) else { return "an id that does not resolve" }
                _ = table.status(of: query, at: resolution, on: CivilDate(daysSinceEpoch: 20_000))
            }
            return nil
        case .refused(let faults):
            guard faults.contains(where: { $0.severity == .fault }) else { return "refused without a fault" }
            for fault in faults {
                if fault.message.isEmpty || fault.message.contains("\n") {
                    return "a message that is no line: \(fault)"
                }
                let isOurs = !self.files.contains { $0.path == fault.file && $0.bytes != bytes }
                if fault.line < 1 || fault.column < 1 || isOurs && fault.line > max(lines, 2000) {
                    return "a fault beyond the file: \(fault)"
                }
            }
            return nil
        }
    }

    private func index(of path: String) -> Int { files.firstIndex { $0.path == path } ?? 0 }
}
