/// The lines of a file of fields between tabs, without blank ones and those that start with `#`.
struct TabSeparatedLines {
    let file: String
    let bytes: [UInt8]
    /// The number of the line that was read last, from 1.
    private(set) var line = 0
    /// The fields of that line, as places in `bytes`.
    private(set) var fields: [Range<Int>] = []
    private var position = 0

    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// Goes to the next line; false at the end.
    mutating func next() -> Bool {
        while position < bytes.count {
            line += 1
            fields.removeAll(keepingCapacity: true)
            let start = position
            var fieldStart = start
            bytes.withUnsafeBufferPointer { bytes in
                while position < bytes.count, bytes[position] != 0x0A {
                    if bytes[position] == 0x09 {
                        fields.append(fieldStart..<position)
                        fieldStart = position + 1
                    }
                    position += 1
                }
            }
            fields.append(fieldStart..<position)
            let end = position
            position += 1
            if start < end, bytes[start] != UInt8(ascii: "#") { return true }
        }
        return false
    }

    /// The field, or an empty place where the line has fewer.
    subscript(field: Int) -> Range<Int> { field < fields.count ? fields[field] : 0..<0 }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func fault(_ message: String) -> GazetteerError { GazetteerError(file: file, line: line, message: message) }

    /// A field as a number of so many digits.
    func number(_ range: Range<Int>, digits: Int) -> UInt32? {
        guard range.count == digits else { return nil }
        return bytes[range].decimalValue
    }
}

extension Collection<UInt8> {
    /// The number that the digits say; nil for anything else, and for more than nine digits.
    var decimalValue: UInt32? {
        guard !isEmpty, count <= 9 else { return nil }
        var value: UInt32 = 0
        for byte in self {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + UInt32(byte - 0x30)
        }
        return value
    }
}
