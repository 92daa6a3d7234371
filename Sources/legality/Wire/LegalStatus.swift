/// The answer in one word, from the mildest to the strictest; `unknown`: the table has nothing.
enum LegalStatus: String, CaseIterable, Comparable, Sendable {
    case unknown
    case legal
    case regulated
    case uncertain
    case prohibited

    static func < (left: LegalStatus, right: LegalStatus) -> Bool { left.severity < right.severity }

    private var severity: Int { LegalStatus.allCases.firstIndex(of: self) ?? 0 }

    /// A sign of one column that tells it from the others without colour.
    var symbol: String {
        switch self {
        case .unknown: "–"
        case .legal: "✓"
        case .regulated: "◐"
        case .uncertain: "?"
        case .prohibited: "✗"
        }
    }

    var style: Style {
        switch self {
        case .unknown: .faint
        case .legal: .good
        case .regulated: .conditional
        case .uncertain: .doubtful
        case .prohibited: .bad
        }
    }

    /// Sign and word.
    var styled: StyledText { StyledText("\(symbol) \(rawValue)", style) }
}
