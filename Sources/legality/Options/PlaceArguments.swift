import ArgumentParser

/// The places that are asked about.
struct PlaceArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A place: id, name, postal abbreviation, US ZIP code; \"-\" reads them from standard input, one a line.",
            valueName: "place"),
        completion: .custom(Completion.places))
    var places: [String]

    @Flag(
        name: [.customLong("0"), .customLong("null"), .customShort("0")],
        help: "With \"-\": NUL ends a place and an answer, in place of the end of a line.")
    var isNulSeparated = false

    /// Where the places come from.
    var source: PlaceSource {
        places == ["-"] ? .standardInput : .arguments(places)
    }

    /// What ends a place and an answer.
    var separator: UInt8 { isNulSeparated ? 0 : UInt8(ascii: "\n") }

    func validate() throws {
        if places.count > 1, places.contains("-") {
            throw ValidationError("\"-\" stands for all places and cannot stand beside others")
        }
    }
}
