import Foundation
import Legality
import Testing

@testable import TableFiles

/// `data/schema.json` tells editors what the validator will say.
struct SchemaTests {
    private let schema: JSONSchema

    init() throws {
        schema = try JSONSchema(contentsOf: ShippedTable.directory + "/schema.json")
    }

    // MARK: Keys and words

    @Test(arguments: [
        ("table", RecordShape.tableInformation), ("substances", .substances), ("substance", .substance),
        ("activityEntry", .activity), ("jurisdiction", .jurisdiction), ("locality", .locality), ("rule", .rule),
        ("authority", .authority), ("source", .source), ("advisory", .advisory), ("pending", .pending),
        ("conditions", .conditions),
    ])
    func itHasTheValidatorsKeys(_ name: String, _ shape: RecordShape) throws {
        let definition = schema.definition(name)
        guard case .object(let properties)? = definition["properties"],
            case .list(let required)? = definition["required"]
        else {
            Issue.record("\(name) has no keys")
            return
        }
        #expect(Set(properties.keys) == Set(shape.keys))
        #expect(Set(required) == Set(shape.required.map(PlainValue.string)))
        #expect(definition["additionalProperties"] == .truth(false))
    }

    @Test func itHasTheValidatorsWords() throws {
        func words(_ name: String, _ key: String? = nil) -> Set<PlainValue> {
            var schema = schema.definition(name)
            if let key, case .object(let properties)? = schema["properties"], case .object(let found)? = properties[key]
            {
                schema = found
            }
            if case .object(let items)? = schema["items"] { schema = items }
            if case .list(let words)? = schema["enum"] { return Set(words) }
            return []
        }
        func set(_ words: [String]) -> Set<PlainValue> { Set(words.map(PlainValue.string)) }
        #expect(words("activity") == set(Activity.allCases.map(\.word)))
        #expect(words("rule", "status") == set(Status.allCases.map(\.word)).subtracting([.string("unknown")]))
        #expect(words("rule", "confidence") == set(Confidence.allCases.map(\.word)))
        #expect(words("authority", "kind") == set(Authority.Kind.allCases.map(\.rawValue)))
        #expect(words("conditions", "forms") == set(ProductForm.allCases.map(\.rawValue)))
        #expect(words("conditions", "excluded_forms") == set(ProductForm.allCases.map(\.rawValue)))
        #expect(words("substance", "inference") == set(Substance.Inference.allCases.map(\.rawValue)))
        #expect(words("substance", "barred_by") == set(Condition.Kind.allCases.map(\.rawValue)))
        #expect(words("locality", "kind") == set(JurisdictionID.localKinds.map(\.rawValue)))
        #expect(
            words("locality", "kind").union(words("jurisdiction", "kind"))
                == set(Jurisdiction.Kind.allCases.map(\.rawValue)))
    }

    // MARK: Files

    @Test func itAcceptsEveryShippedFile() throws {
        let files = TableDirectory(path: ShippedTable.directory, limits: .default).read().files
            .filter { !$0.isGazetteer }
        #expect(files.count > 100)
        for file in files {
            let value = try #require(PlainValue.read(file.bytes))
            let isAccepted = schema.accepts(value)
            #expect(isAccepted, "\(file.path)")
        }
    }

    @Test func itAcceptsTheSmallTable() throws {
        for (path, bytes) in SmallTable().files {
            let isAccepted = schema.accepts(try #require(PlainValue.read(bytes)))
            #expect(isAccepted, "\(path)")
        }
    }

    /// What only somebody can tell who knows the calendar, the other files, or the rest of the same file.
    private static let beyondASchema = [
        "invisible character", "does not fit the table's date", "unknown substance", "names a substance a second time",
        "wider than itself", "follows itself", "requires itself", "unknown parent", "is a union", "lies in itself",
        "the file is of",
        "by its id it is", "a second jurisdiction", "does not lie in", "unknown union", "is no union",
        "after the table's own date", "which is no date; 2025-02 has 28 days", "is not before",
        "\"max_7oh_ppm\" is \"4e2\"",
        "\"primary\" is \"True\"", "high confidence", "unknown rule", "prevails over it", "a second rule",
        "contradicts", "unincorporated areas of",
        "\"export\" a second time",
    ]

    @Test(arguments: Breakage.all)
    func itRefusesWhatTheValidatorRefusesAndASchemaCanSee(_ breakage: Breakage) throws {
        var table = SmallTable()
        _ = breakage.apply(to: &table)
        guard let value = PlainValue.read(table.files[breakage.file] ?? []) else {
            // Not even YAML of the plain subset.
            return
        }
        let isBeyond = SchemaTests.beyondASchema.contains { breakage.message.contains($0) }
        let isAccepted = schema.accepts(value)
        #expect(isAccepted == isBeyond, "\(breakage.message)")
    }

    // MARK: Chance

    /// Whatever the schema refuses the validator refuses: files with a key or value put somewhere else at random.
    @Test(arguments: 1...150)
    func whatItRefusesTheValidatorRefuses(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var table = SmallTable()
        let path = try #require(table.files.keys.sorted().randomElement(using: &generator))
        var lines = table.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let words =
            lines.flatMap { $0.split { " :,[]{}".contains($0) } }.map(String.init)
            + ["true", "no", "~", "2025-02", "-1", "1e3", "[]", "{}", "\"\"", "21", "2017", "x: y", "all"]
        for _ in 0...Int.random(in: 0..<2, using: &generator) {
            let line = Int.random(in: 0..<lines.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: lines.remove(at: line)
            case 1: lines.insert(lines[Int.random(in: 0..<lines.count, using: &generator)], at: line)
            default:
                let old = lines[line].split { " :,[]{}".contains($0) }.map(String.init).randomElement(using: &generator)
                let new = try #require(words.randomElement(using: &generator))
                if let old { lines[line] = lines[line].replacingOccurrences(of: old, with: new) }
            }
        }
        table.files[path] = Array(lines.joined(separator: "\n").utf8)
        guard let value = PlainValue.read(table.files[path] ?? []) else { return }
        let reading = try table.read()
        if !schema.accepts(value) { #expect(reading.table == nil, "\(table.text(path))") }
    }
}
