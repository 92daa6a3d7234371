import Legality

/// The substances that rules may name.
struct KnownSubstances: Sendable {
    private let indexes: [String: Substance.Index]
    private let idByAlias: [String: String]
    let ids: [String]

    init(_ substances: [Substance]) {
        ids = substances.map(\.id)
        indexes = Dictionary(
            substances.enumerated().prefix(Vocabulary.substanceLimit).map { ($1.id, Substance.Index($0)) },
            uniquingKeysWith: { first, _ in first })
        idByAlias = Dictionary(
            substances.flatMap { substance in substance.aliases.map { ($0.lowercased(), substance.id) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Its place in the vocabulary, by its exact id.
    subscript(id: String) -> Substance.Index? { indexes[id] }

    func hint(for word: String) -> String? {
        if let id = idByAlias[word.lowercased()] { return "rules name it \"\(id)\"" }
        return Suggestion.hint(for: word, among: ids) ?? "one of \(ids.joined(separator: ", "))"
    }
}
