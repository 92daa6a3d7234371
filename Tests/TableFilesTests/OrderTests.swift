import Foundation
import Legality
import Testing

@testable import TableFiles

/// The order in which things are written says nothing.
struct OrderTests {
    /// Writes a node with the keys of every mapping, and the members of rules, sources and localities, in another order.
    private func shuffled(_ node: YAMLNode, key: String?, _ generator: inout SeededGenerator) -> String {
        switch node.content {
        case .scalar(let text, let isPlain):
            return isPlain ? text : JSONText.string(text).text
        case .list(var members):
            if ["rules", "sources", "localities", "substances", "activities"].contains(key) {
                members.shuffle(using: &generator)
            }
            let texts = members.map { shuffled($0, key: nil, &generator) }
            return "[" + texts.joined(separator: ", ") + "]"
        case .mapping(let entries):
            let texts = entries.shuffled(using: &generator).map { entry in
                "\(entry.key): " + shuffled(entry.value, key: entry.key, &generator)
            }
            return "{" + texts.joined(separator: ", ") + "}"
        case .refused:
            Issue.record("the shipped table has a refused node")
            return ""
        }
    }

    /// Every plain text of the shipped files that flow style would misread gets quotes.
    private func quoted(_ node: YAMLNode) -> YAMLNode {
        let content: YAMLNode.Content =
            switch node.content {
            case .scalar(let text, _):
                .scalar(
                    text,
                    isPlain: text.utf8.allSatisfy {
                        ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 46
                    })
            case .list(let members): .list(members.map(quoted))
            case .mapping(let entries):
                .mapping(entries.map { .init(key: $0.key, keyPosition: $0.keyPosition, value: quoted($0.value)) })
            case .refused: .refused
            }
        return YAMLNode(position: node.position, content: content)
    }

    @Test(arguments: [1] as [UInt64])
    func shuffledRulesSourcesAndKeysGiveTheSameAnswers(seed: UInt64) throws {
        let original = try #require(ShippedTable.reading.table)
        var generator = SeededGenerator(seed: seed)
        var table = SmallTable()
        table.files = [:]
        for file in TableDirectory(path: ShippedTable.directory, limits: .default).read().files {
            guard !file.isGazetteer, file.path != "table.yaml", file.path != "substances.yaml" else {
                table.files[file.path] = file.bytes
                continue
            }
            let log = FaultLog(file: file.path, limit: 1)
            let root = try #require(YAMLComposer(log: log, limits: .default).compose(file.bytes))
            table.files[file.path] = Array(shuffled(quoted(root), key: nil, &generator).utf8)
        }
        let reading = try table.read()
        #expect(reading.faults.map(\.description) == [])
        let other = try #require(reading.table)
        #expect(other.digest != original.digest)
        #expect(Set(other.jurisdictions.map(\.id)) == Set(original.jurisdictions.map(\.id)))
        for day in try [2018, 2026].map({ try #require(CivilDate(year: $0, month: 11, day: 21)) }) {
            for id in original.jurisdictions.map(\.id) {
                #expect(words(original, id, day) == words(other, id, day), "\(id) on \(day)")
            }
        }
    }

    /// The status of every substance and activity, in a row.
    private func words(_ table: Table, _ id: String, _ day: CivilDate) -> [Status] {
        guard let index = table.index(of: id) else { return [] }
        let resolution = table.resolution(ofJurisdictionAt: index)
        return table.vocabulary.substances.indices.flatMap { substance in
            Activity.allCases.map { activity in
                table.status(
                    of: Query(substance: Substance.Index(substance), activity: activity, day: day), at: resolution,
                    on: day)
            }
        }
    }
}
