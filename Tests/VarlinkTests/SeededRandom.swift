@testable import Varlink

/// The same numbers for the same seed, everywhere (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}

extension JSONValue {
    /// Any value; integral floats come out as integers, as they do on the wire.
    static func random(using random: inout SeededRandom, depth: Int) -> JSONValue {
        switch random.below(depth > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(random.chance(50))
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
        case 3: return .double(Double(Int64(bitPattern: random.next()) >> 11) / 1024 + 0.00048828125)
        case 4, 5: return .string(String.random(using: &random))
        case 6, 7:
            return .array((0..<random.below(4)).map { _ in JSONValue.random(using: &random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<random.below(5) {
                object[String.random(using: &random)] = JSONValue.random(using: &random, depth: depth - 1)
            }
            return .object(object)
        }
    }
}

extension String {
    static func random(using random: inout SeededRandom) -> String {
        let samples: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\0", "\n", "\u{1f}", "é", "€", "😀", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(12) { text.append(samples[random.below(samples.count)]) }
        return String(text)
    }
}
