/// What is asked of a place: the place itself is resolved before.
public struct Query: Hashable, Sendable {
    public var substance: Substance.Index
    /// Nil: the strictest over the vocabulary's summary activities.
    public var activity: Activity?
    public var circumstances: Circumstances
    /// Nil: today, by the place's own civil date.
    public var day: CivilDate?

    public init(
        substance: Substance.Index, activity: Activity? = nil, circumstances: Circumstances = Circumstances(),
        day: CivilDate? = nil
    ) {
        self.substance = substance
        self.activity = activity
        self.circumstances = circumstances
        self.day = day
    }
}
