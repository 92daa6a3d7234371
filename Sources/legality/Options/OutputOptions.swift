import ArgumentParser

extension Terminal.ColourChoice: ExpressibleByArgument {}

/// JSON in place of text.
struct JSONOption: ParsableArguments {
    @Flag(help: "Print one compact JSON object for each answer.")
    var json = false
}

/// How text looks.
struct ColourOption: ParsableArguments {
    @Option(
        name: [.customLong("color"), .customLong("colour")],
        help: ArgumentHelp(
            "When to use colour: auto means on a terminal. NO_COLOR in the environment always wins.",
            valueName: "when"))
    var colour = Terminal.ColourChoice.auto

    func terminal() -> Terminal {
        Terminal(descriptor: 1, colour: colour, environment: .process)
    }
}

/// How text looks, and whether long text is paged.
struct DisplayOptions: ParsableArguments {
    @OptionGroup var look: ColourOption

    @Flag(name: .customLong("no-pager"), help: "Do not page what is longer than the terminal.")
    var isPagerOff = false

    func terminal() -> Terminal { look.terminal() }

    /// The terminal, with the pager behind it from the first line on where that is wanted.
    func pagedTerminal(_ isWanted: Bool = true) -> Terminal {
        var terminal = terminal()
        terminal.isPaged = isWanted && !isPagerOff && terminal.isInteractive
        return terminal
    }
}

/// How rows are printed.
enum TableFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table, tsv, csv, json
}

/// The form of a list.
struct ListFormatOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The form of the rows.", valueName: "format"))
    var format: TableFormat = .table

    @Flag(help: "Short for --format json.")
    var json = false

    @Flag(name: .customLong("no-header"), help: "Leave out the names of the columns.")
    var isHeaderOff = false

    var effective: TableFormat { json ? .json : format }
}
