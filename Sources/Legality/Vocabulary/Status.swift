/// What the law makes of a substance, from the mildest to the strictest; `unknown` is below all.
public enum Status: UInt8, CaseIterable, Comparable, Sendable {
    /// The table has nothing.
    case unknown
    /// No specific restriction.
    case legal
    /// Lawful subject to conditions.
    case regulated
    /// Grey or conflicting.
    case uncertain
    case prohibited

    /// The stable word for it, in data and on the wire.
    public var word: String {
        switch self {
        case .unknown: "unknown"
        case .legal: "legal"
        case .regulated: "regulated"
        case .uncertain: "uncertain"
        case .prohibited: "prohibited"
        }
    }

    public init?(word: some StringProtocol) {
        guard let match = Status.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }

    public static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
}
