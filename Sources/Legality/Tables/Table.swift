/// One loaded, immutable version of everything that answers are made from.
public final class Table: Sendable {
    /// A calendar version: `2026.11.21`.
    public let version: String
    /// SHA-256 over the content of the table's files, in lower-case hexadecimal.
    public let digest: String
    public let vocabulary: Vocabulary
    /// In the order of the files.
    public let jurisdictions: [Jurisdiction]
    public let gazetteer: Gazetteer
    public let ruleCount: Int
    public let sourceCount: Int
    /// For each jurisdiction the place of its parent in `jurisdictions`, or -1.
    let parents: [Int32]
    private let indexByID: [String: Int]
    /// Where the jurisdictions stand in the gazetteer.
    let places: TablePlaces

    /// Expects checked data: ids unique, parents present and without a cycle. (`TableFiles` checks them.)
    public init(
        version: String, digest: String, vocabulary: Vocabulary, jurisdictions: [Jurisdiction], gazetteer: Gazetteer
    ) {
        self.version = version
        self.digest = digest
        self.vocabulary = vocabulary
        self.jurisdictions = jurisdictions
        self.gazetteer = gazetteer
        var indexes: [String: Int] = [:]
        indexes.reserveCapacity(jurisdictions.count)
        for (position, jurisdiction) in jurisdictions.enumerated() {
            indexes[jurisdiction.id] = position
        }
        indexByID = indexes
        ruleCount = jurisdictions.reduce(0) { $0 + $1.rules.count }
        sourceCount = jurisdictions.reduce(0) { $0 + $1.rules.reduce(0) { $0 + $1.sources.count } }
        places = TablePlaces(jurisdictions, gazetteer)
        parents = jurisdictions.map { jurisdiction in
            jurisdiction.parentID.flatMap { indexes[$0] }.map(Int32.init) ?? -1
        }
    }

    /// The place of a jurisdiction in `jurisdictions`, by its exact id.
    public func index(of id: String) -> Int? { indexByID[id] }
}
