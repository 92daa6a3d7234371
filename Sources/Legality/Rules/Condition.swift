/// One thing that makes a regulated thing lawful, or that keeps something outside a prohibition.
public enum Condition: Hashable, Sendable {
    /// Years of age of the person who buys, holds or uses.
    case minimumAge(Int)
    /// 7-hydroxymitragynine as a share of all alkaloids, in percent, at most.
    case max7OHPercent(Double)
    /// 7-hydroxymitragynine in the product, in parts per million (milligrams a kilogram), at most.
    case max7OHPPM(Double)
    /// Only products of these forms.
    case forms(Set<ProductForm>)
    /// Products of these forms are excluded.
    case excludedForms(Set<ProductForm>)
    /// Synthetic or semi-synthetic alkaloids are excluded.
    case noSynthetics
    case licence
    case registration
    case prescription
    case labelling
    case testing
    case behindCounter
    /// Anything else, in words.
    case other(String)

    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case minimumAge = "minimum_age"
        case max7OHPercent = "max_7oh_percent"
        case max7OHPPM = "max_7oh_ppm"
        case forms = "forms"
        case excludedForms = "excluded_forms"
        case noSynthetics = "no_synthetics"
        case licence = "licence"
        case registration = "registration"
        case prescription = "prescription"
        case labelling = "labelling"
        case testing = "testing"
        case behindCounter = "behind_counter"
        case other = "other"
    }

    public var kind: Kind {
        switch self {
        case .minimumAge: .minimumAge
        case .max7OHPercent: .max7OHPercent
        case .max7OHPPM: .max7OHPPM
        case .forms: .forms
        case .excludedForms: .excludedForms
        case .noSynthetics: .noSynthetics
        case .licence: .licence
        case .registration: .registration
        case .prescription: .prescription
        case .labelling: .labelling
        case .testing: .testing
        case .behindCounter: .behindCounter
        case .other: .other
        }
    }

    /// Whether the circumstances of a query meet the condition; nil where they say nothing of it.
    public func isMet(by circumstances: Circumstances) -> Bool? {
        switch self {
        case .minimumAge(let years): circumstances.age.map { $0 >= years }
        case .max7OHPercent(let limit): circumstances.percent7OH.map { $0 <= limit }
        case .max7OHPPM(let limit): circumstances.ppm7OH.map { $0 <= limit }
        case .forms(let allowed): circumstances.form.map { allowed.contains($0) }
        case .excludedForms(let excluded): circumstances.form.map { !excluded.contains($0) }
        case .licence: circumstances.isLicensed
        case .prescription: circumstances.hasPrescription
        case .noSynthetics, .registration, .labelling, .testing, .behindCounter, .other: nil
        }
    }
}

/// The form in which a product comes.
public enum ProductForm: String, CaseIterable, Hashable, Sendable {
    case leaf
    case powder
    case capsule
    case extract
    case beverage
    case vape
}

/// What a query says of the person and the product; what it leaves out stays open.
public struct Circumstances: Hashable, Sendable {
    /// Years.
    public var age: Int?
    /// Percent of all alkaloids.
    public var percent7OH: Double?
    /// Parts per million of the product.
    public var ppm7OH: Double?
    public var form: ProductForm?
    public var isLicensed: Bool?
    public var hasPrescription: Bool?

    public init(
        age: Int? = nil, percent7OH: Double? = nil, ppm7OH: Double? = nil, form: ProductForm? = nil,
        isLicensed: Bool? = nil, hasPrescription: Bool? = nil
    ) {
        self.age = age
        self.percent7OH = percent7OH
        self.ppm7OH = ppm7OH
        self.form = form
        self.isLicensed = isLicensed
        self.hasPrescription = hasPrescription
    }
}
