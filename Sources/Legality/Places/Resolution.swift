/// What a place that somebody typed resolves to.
public struct Resolution: Sendable {
    /// As it was typed.
    public let input: String
    public let method: Method
    /// Never empty; the likeliest first. More than one where the place itself is not enough to tell.
    public let candidates: [Candidate]
    /// What the candidates do not cover, in a sentence: a name that does not fit, law that no table can know.
    public let caveat: String?

    public init(input: String, method: Method, candidates: [Candidate], caveat: String? = nil) {
        self.input = input
        self.method = method
        self.candidates = candidates
        self.caveat = caveat
    }

    /// One chain of jurisdictions that may govern the place.
    public struct Candidate: Sendable {
        /// Most local first; never empty. Ends above a territory that does not inherit.
        public let chain: [ChainLink]
        public let certainty: Certainty
        /// How much of the place lies here (population or land), from 0 to 1; nil where not known.
        public let share: Double?
        /// IANA name of the time zone, where the gazetteer knows better than the chain.
        public let timeZone: String?
        /// Why it is a candidate ("92064 is 97 % in San Diego County").
        public let note: String?

        public init(chain: [ChainLink], certainty: Certainty, share: Double?, timeZone: String?, note: String?) {
            self.chain = chain
            self.certainty = certainty
            self.share = share
            self.timeZone = timeZone
            self.note = note
        }

        public var place: ChainLink { chain[0] }
    }

    public enum Certainty: String, Sendable {
        case certain
        case likely
        case possible
    }

    /// How the input was understood.
    public enum Method: String, Sendable {
        case id
        case ocdID = "ocd_id"
        case postalAbbreviation = "postal_abbreviation"
        case name
        case qualifiedName = "qualified_name"
        case zipCode = "zip_code"
        case geoid
    }
}

/// Why a place could not be resolved.
public enum ResolutionError: Error, Sendable {
    /// No such place; up to five near ones, best first.
    case unknown(place: String, suggestions: [String])
    /// Several places have that name; all of them, most populous first.
    case ambiguous(place: String, matches: [ChainLink])
}
