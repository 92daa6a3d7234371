import Glibc

/// Numbers of a JSON text that the parser has found well formed.
enum JSONNumber {
    /// The value of digits with an optional sign, if it fits 64 bits.
    static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        // Counted downwards, because the least number has no positive counterpart.
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (difference, underflow) = product.subtractingReportingOverflow(Int64(digit))
            if overflow || underflow { return nil }
            value = difference
            index &+= 1
        }
        if isNegative { return value }
        let (positive, overflow) = Int64(0).subtractingReportingOverflow(value)
        return overflow ? nil : positive
    }

    /// The nearest float, if it is finite.
    static func double(_ text: UnsafeRawBufferPointer) -> Double? {
        // Not strtod: it follows the locale.
        let value = Double(Substring(decoding: text, as: UTF8.self))
        guard let value, value.isFinite else { return nil }
        return value
    }
}
