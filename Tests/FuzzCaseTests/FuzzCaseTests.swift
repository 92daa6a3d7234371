import Foundation
import FuzzTargets
import Testing

/// The fuzzer's corpora, and whatever it found: each input stays answered for.
@Suite("What was fuzzed")
struct FuzzCaseTests {
    private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Cases").path
    private static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data").path

    @Test("holds with every input kept", arguments: fuzzTargets.map { $0.name })
    func replay(name: String) throws {
        let kind = try #require(fuzzTargets.first { $0.name == name })
        let target = try kind.init(data: Self.data)
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(Self.cases)/\(name)")
        #expect(names.count > 5, "there is a corpus")
        for file in names.sorted() {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.cases)/\(name)/\(file)"))
            let problem = Array(bytes).withUnsafeBytes { target.problem(with: $0) }
            #expect(problem == nil, "\(name)/\(file)")
        }
    }
}
