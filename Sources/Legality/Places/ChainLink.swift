/// A jurisdiction that governs a place, whether or not the table has rules of it.
public struct ChainLink: Hashable, Sendable {
    public let id: String
    public let name: String
    public let kind: Jurisdiction.Kind
    /// Its place in `Table.jurisdictions`; nil where the table has nothing of it.
    public let index: Int?
    /// Whether it is a city, town or village with a council of its own: rules for unincorporated areas stop at it.
    public let isMunicipality: Bool

    public init(
        id: String, name: String, kind: Jurisdiction.Kind, index: Int?, isMunicipality: Bool = false
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.index = index
        self.isMunicipality = isMunicipality
    }
}
