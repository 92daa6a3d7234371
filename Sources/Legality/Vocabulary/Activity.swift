/// What somebody does with a substance. The order is the order in which answers list them.
public enum Activity: UInt8, CaseIterable, Sendable {
    case possess
    case use
    case buy
    case sell
    case manufacture
    case cultivate
    case `import`
    case export

    /// The stable word for it, in data and on the wire.
    public var word: String {
        switch self {
        case .possess: "possess"
        case .use: "use"
        case .buy: "buy"
        case .sell: "sell"
        case .manufacture: "manufacture"
        case .cultivate: "cultivate"
        case .import: "import"
        case .export: "export"
        }
    }

    public init?(word: some StringProtocol) {
        guard let match = Activity.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }
}

/// A set of activities.
public struct ActivitySet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public init(_ activity: Activity) { rawValue = 1 << activity.rawValue }

    public static let all = ActivitySet(rawValue: 0xFF)

    public func contains(_ activity: Activity) -> Bool { rawValue & (1 << activity.rawValue) != 0 }
    public mutating func insert(_ activity: Activity) { self.formUnion(ActivitySet(activity)) }

    /// The members in the order of `Activity.allCases`.
    public var members: [Activity] { Activity.allCases.filter { contains($0) } }
}
