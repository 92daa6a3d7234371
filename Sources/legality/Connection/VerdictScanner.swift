/// Finds the one word in a reply without reading the rest of it: what makes a million places quick.
enum VerdictScanner {
    /// The status in a reply to `Check`; `nil` where the reply is an error or not in the expected form, and has to be
    /// read as a whole.
    static func status(in frame: UnsafeRawBufferPointer) -> LegalStatus? {
        var scanner = Scanner(bytes: frame)
        guard scanner.find(member: "parameters"), scanner.find(member: "verdict"),
            scanner.find(member: "status"), let word = scanner.string()
        else { return nil }
        return LegalStatus.allCases.first { $0.rawValue.utf8.elementsEqual(word) }
    }

    private struct Scanner {
        let bytes: UnsafeRawBufferPointer
        var position = 0

        init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        /// From before an object to before the value of one of its members.
        mutating func find(member name: StaticString) -> Bool {
            skipSpace()
            guard take(UInt8(ascii: "{")) else { return false }
            skipSpace()
            while let key = string() {
                skipSpace()
                guard take(UInt8(ascii: ":")) else { return false }
                skipSpace()
                if key.elementsEqual(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) {
                    return true
                }
                guard skipValue() else { return false }
                skipSpace()
                guard take(UInt8(ascii: ",")) else { return false }
                skipSpace()
            }
            return false
        }

        /// The bytes of a string that has no escapes, behind which it then stands.
        mutating func string() -> UnsafeRawBufferPointer? {
            guard take(UInt8(ascii: "\"")) else { return nil }
            let start = position
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""):
                    position += 1
                    return UnsafeRawBufferPointer(rebasing: bytes[start..<(position - 1)])
                case UInt8(ascii: "\\"): return nil
                default: position += 1
                }
            }
            return nil
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        private mutating func skipSpace() {
            while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        }

        private mutating func skipValue() -> Bool {
            var depth = 0
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""):
                    guard skipString() else { return false }
                    if depth == 0 { return true }
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 {
                        position += 1
                        return true
                    }
                    if depth < 0 { return true }
                case UInt8(ascii: ",") where depth == 0: return true
                default: break
                }
                position += 1
            }
            return false
        }

        private mutating func skipString() -> Bool {
            position += 1
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""):
                    position += 1
                    return true
                case UInt8(ascii: "\\"): position += 2
                default: position += 1
                }
            }
            return false
        }
    }
}
