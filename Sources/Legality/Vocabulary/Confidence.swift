/// How far a rule's evidence carries.
public enum Confidence: UInt8, CaseIterable, Comparable, Sendable {
    case low
    case medium
    case high

    /// The stable word for it, in data and on the wire.
    public var word: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        }
    }

    public init?(word: some StringProtocol) {
        guard let match = Confidence.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }

    public static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }
}
