/// A county and how much of something lies in it.
struct CountyShare {
    /// Five digits.
    let county: UInt32
    /// From 0 to 1.
    let share: Double

    /// Reads `115:.573 081:.427`; without a share it is 1. Hands out nil for what cannot be read.
    static func forEach(in text: ArraySlice<UInt8>, fips: UInt32, _ body: (CountyShare?) -> Void) {
        var position = text.startIndex
        while position < text.endIndex {
            let end = text[position...].firstIndex(of: 0x20) ?? text.endIndex
            body(CountyShare(text[position..<end], fips: fips))
            position = end == text.endIndex ? end : end + 1
        }
    }

    private init?(_ text: ArraySlice<UInt8>, fips: UInt32) {
        let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
        guard let number = text[..<colon].decimalValue else { return nil }
        switch colon - text.startIndex {
        case 3: county = fips * 1000 + number
        case 5: county = number
        default: return nil
        }
        guard colon < text.endIndex else {
            share = 1
            return
        }
        let fraction = text[(colon + 1)...]
        guard fraction.first == UInt8(ascii: "."), let digits = fraction.dropFirst().decimalValue else { return nil }
        var divisor = 1.0
        for _ in fraction.dropFirst() { divisor *= 10 }
        share = Double(digits) / divisor
    }
}
