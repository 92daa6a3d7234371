import Legality

extension SeededRandom {
    /// A query with whatever may be said, each about half of the time.
    public mutating func query(of vocabulary: Vocabulary, days: ClosedRange<CivilDate>) -> Query {
        Query(
            substance: one(of: vocabulary.substances.indices).map(Substance.Index.init) ?? 0,
            activity: once(in: 4) ? nil : one(of: Activity.allCases),
            circumstances: circumstances(),
            day: day(in: days))
    }

    public mutating func circumstances() -> Circumstances {
        Circumstances(
            age: Bool.random(using: &self) ? one(of: [15, 18, 19, 20, 21, 30]) : nil,
            percent7OH: once(in: 3) ? one(of: [0, 0.5, 1, 2, 3, 50]) : nil,
            ppm7OH: once(in: 3) ? one(of: [0, 100, 400, 401, 5000]) : nil,
            form: once(in: 3) ? one(of: ProductForm.allCases) : nil,
            isLicensed: once(in: 4) ? Bool.random(using: &self) : nil,
            hasPrescription: once(in: 4) ? Bool.random(using: &self) : nil)
    }

    public mutating func day(in days: ClosedRange<CivilDate>) -> CivilDate {
        days.lowerBound.adding(days: Int.random(in: 0...days.upperBound.days(since: days.lowerBound), using: &self))
    }
}
