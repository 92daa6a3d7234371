/// Which of several ready sources runs first: the smaller number.
public struct Priority: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public static let important = Priority(rawValue: -100)
    public static let normal = Priority(rawValue: 0)
    public static let idle = Priority(rawValue: 100)
}
