/// Evidence for a rule.
public struct Source: Hashable, Sendable {
    public let url: String
    public let publisher: String
    /// When it was published, as far as known.
    public let date: PartialDate?
    /// Whether it is the law itself or comes from the body that made or applies it.
    public let isPrimary: Bool
    /// What it says, in our words.
    public let gist: String

    public init(url: String, publisher: String, date: PartialDate?, isPrimary: Bool, gist: String) {
        self.url = url
        self.publisher = publisher
        self.date = date
        self.isPrimary = isPrimary
        self.gist = gist
    }
}
