import ArgumentParser

extension Activity: ExpressibleByArgument {}

/// The form of a product.
enum ProductForm: String, CaseIterable, ExpressibleByArgument, Sendable {
    case leaf, powder, capsule, extract, beverage, vape
}

/// The substance and the activity that are asked about.
struct SubjectOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The substance, by id or another name (default: kratom).", valueName: "substance"),
        completion: .custom { _, _, prefix in Completion.substances(prefix: prefix) })
    var substance: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "One activity; without it the answer is the strictest over possess, use, buy and sell.",
            valueName: "activity"))
    var activity: Activity?
}

/// The day that is asked about.
struct DayOption: ParsableArguments {
    @Option(help: ArgumentHelp("The day (default: today, by the place's own date).", valueName: "YYYY-MM-DD"))
    var on: String?
}

/// The person and the product that are asked about.
struct CircumstanceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The person's age in years.", valueName: "years"))
    var age: Int?

    @Option(
        name: .customLong("7oh-percent"),
        help: ArgumentHelp("The product's 7-hydroxymitragynine, in percent of its alkaloids.", valueName: "percent"))
    var percent7OH: Double?

    @Option(
        name: .customLong("7oh-ppm"),
        help: ArgumentHelp("The product's 7-hydroxymitragynine, in parts per million.", valueName: "ppm"))
    var partsPerMillion7OH: Double?

    @Option(help: ArgumentHelp("The product's form.", valueName: "form"))
    var form: ProductForm?

    @Flag(help: "The person has the licence that a rule may ask for.")
    var licensed = false

    @Flag(help: "The person has a prescription.")
    var prescription = false

    func validate() throws {
        if let age, !(0...150).contains(age) { throw ValidationError("--age is a number of years from 0 to 150") }
        if let percent7OH, !(0...100).contains(percent7OH) {
            throw ValidationError("--7oh-percent is a number from 0 to 100")
        }
        if let partsPerMillion7OH, !(0...1_000_000).contains(partsPerMillion7OH) {
            throw ValidationError("--7oh-ppm is a number from 0 to 1000000")
        }
    }
}

extension Query {
    init(_ subject: SubjectOptions, _ day: DayOption, _ circumstances: CircumstanceOptions) {
        self.init(circumstances)
        substance = subject.substance
        activity = subject.activity
        on = day.on
    }

    init(_ circumstances: CircumstanceOptions) {
        age = circumstances.age
        percent7OH = circumstances.percent7OH
        partsPerMillion7OH = circumstances.partsPerMillion7OH
        form = circumstances.form?.rawValue
        isLicensed = circumstances.licensed
        hasPrescription = circumstances.prescription
    }
}
