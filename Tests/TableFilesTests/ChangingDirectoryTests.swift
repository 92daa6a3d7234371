import Foundation
import Synchronization
import Testing

@testable import TableFiles

/// Files may change while they are read: then there is no table, never one of two versions.
struct ChangingDirectoryTests {
    /// Counts on in two files, first in one, then in the other.
    private final class Writer: Sendable {
        let isDone = Atomic<Bool>(false)
        let rounds = Atomic<Int>(0)

        func run(in directory: String) {
            while !isDone.load(ordering: .acquiring) { writeRound(in: directory) }
        }

        /// Atomically, as editors and package managers do.
        func writeRound(in directory: String) {
            let table = SmallTable()
            let round = rounds.add(1, ordering: .relaxed).newValue
            for file in ["ch.yaml", "us.yaml"] {
                var lines = table.text(file).split(separator: "\n").map(String.init)
                if let index = lines.firstIndex(where: { $0.hasPrefix("summary:") }) {
                    // Always as long as before: the size tells nothing.
                    lines[index] = "summary: Version \(1_000_000 + round)."
                }
                try? Data(lines.joined(separator: "\n").utf8)
                    .write(to: URL(fileURLWithPath: directory + "/" + file), options: .atomic)
            }
        }
    }

    @Test func aReadingIsOfOneMoment() throws {
        try SmallTable().withDirectory { directory in
            let writer = Writer()
            writer.writeRound(in: directory)
            let writing = DispatchGroup()
            writing.enter()
            Thread {
                writer.run(in: directory)
                writing.leave()
            }.start()
            defer {
                // Else it would write on in a directory that is being removed.
                writer.isDone.store(true, ordering: .releasing)
                writing.wait()
            }
            var accepted = 0
            var refused = 0
            // Bounded by the number of readings, not by time; the writer never waits.
            for _ in 0..<400 where accepted < 20 || refused < 20 {
                let reading = TableReader(directory: directory).read()
                guard let table = reading.table else {
                    refused += 1
                    #expect(
                        reading.faults.allSatisfy { fault in
                            fault.message.contains("changed while") || fault.message.hasPrefix("cannot open")
                        })
                    continue
                }
                accepted += 1
                let versions = ["CH", "US"].map { id in
                    table.index(of: id).flatMap { Int(table.jurisdictions[$0].summary.filter(\.isNumber)) } ?? 0
                }
                // Switzerland is written first: at any moment it is as new as the United States, or newer by one.
                #expect(versions[0] == versions[1] || versions[0] == versions[1] + 1, "\(versions)")
            }
            writer.isDone.store(true, ordering: .releasing)
            writing.wait()
            #expect(TableReader(directory: directory).read().table != nil, "nothing changes any more")
        }
    }
}
