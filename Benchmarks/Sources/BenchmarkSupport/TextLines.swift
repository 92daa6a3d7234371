import Glibc

/// The lines of a file, without their ends. Ends the program where it cannot be read.
public func lines(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { fail("\(path) cannot be read") }
    defer { fclose(file) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while case let count = getline(&line, &capacity, file), count > 0, let line {
        let bytes = UnsafeRawBufferPointer(start: line, count: count)
        lines.append(String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self))
    }
    return lines
}
