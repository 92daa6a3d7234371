import BenchmarkSupport
import Legality
import TableFiles

/// The table in a directory, with room for a gazetteer of any size. Ends the program where it has a fault.
public func readTable(in directory: String) -> Table {
    var limits = TableLimits()
    limits.gazetteerFileSize = 1 << 30
    limits.totalSize = 2 << 30
    switch TableReader(directory: directory, limits: limits).read() {
    case .accepted(let table, _, _): return table
    case .refused(let faults): fail(faults.first.map { "\($0)" } ?? "no table in \(directory)")
    }
}
