/// Puts a short text together on the stack, so that a string of it costs one allocation at most.
struct TextBuffer {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    /// The text that `body` writes. What goes beyond the capacity, in bytes of UTF-8, is left out.
    static func text(capacity: Int, _ body: (inout TextBuffer) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var text = TextBuffer(buffer)
            body(&text)
            return String(decoding: text.bytes, as: UTF8.self)
        }
    }

    /// Writes into this memory, as far as it goes.
    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    /// What was written.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: buffer[..<count]) }

    mutating func append(_ byte: UInt8) {
        guard count < buffer.count else { return }
        buffer[count] = byte
        count &+= 1
    }

    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    /// The number in decimal, with zeros in front up to so many digits.
    mutating func append(_ number: UInt32, digits: Int) {
        var divisor: UInt32 = 1
        for _ in 1..<max(1, digits) { divisor *= 10 }
        while number / 10 >= divisor { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
