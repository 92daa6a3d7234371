/// Names and codes of places, to the extent that they are needed to resolve what people type.
public struct Gazetteer: Sendable {
    public init() {}
    public static let empty = Gazetteer()
}
