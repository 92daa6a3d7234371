import Glibc
import Legality
import TableFiles

/// A few files of the shipped table as a table of its own: real enough to have everything, small enough to be quick.
enum SubsetTable {
    static let names = ["table.yaml", "substances.yaml", "us.yaml", "us/ca.yaml", "us/ri.yaml", "ch.yaml", "kr.yaml"]

    static func files(in data: String) throws(Unprepared) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        for name in names {
            guard let bytes = contents(of: "\(data)/\(name)") else {
                throw Unprepared(reason: "\(data)/\(name) cannot be read")
            }
            files.append((name, bytes))
        }
        return files
    }

    static func table(in data: String) throws(Unprepared) -> Table {
        let reading = TableReader.read(files: try files(in: data))
        guard let table = reading.table else {
            throw Unprepared(reason: "a part of the shipped table: \(reading.faults.first.map { "\($0)" } ?? "")")
        }
        return table
    }

    static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
