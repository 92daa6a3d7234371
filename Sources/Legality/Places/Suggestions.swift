extension Resolver {
    /// Up to five places that are spelt alike, best first.
    func suggestions(for text: Substring) -> [String] { [] }
}
