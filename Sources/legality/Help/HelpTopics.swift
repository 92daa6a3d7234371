/// What holds for all commands, for the help and the manual page.
enum HelpTopics {
    static let summary = "ask whether kratom and its alkaloids are lawful in a place, and who says so"

    static let introduction = [
        "legality asks the daemon legalityd, which holds a sourced table of the law on kratom (Mitragyna speciosa) and "
            + "its alkaloids: the United States down to counties and cities, Switzerland, South Korea and the rest of "
            + "the world. Every answer names the rule that decided it, its sources and the day to which the evidence "
            + "reaches.",
        "An answer is one word: legal (no specific restriction), regulated (lawful subject to conditions), uncertain "
            + "(grey or conflicting), prohibited, or unknown (the table has nothing). Without an activity it is the "
            + "strictest over possess, use, buy and sell.",
        "It is a table of what sources say, not legal advice.",
    ]

    static let places = [
        "A place is an id (US-AL, CH, US-CA/place:san_diego), an OCD-ID, a name (\"San Diego, CA\", Genève, Südkorea), "
            + "a postal abbreviation (AL) or a US ZIP code (92101). Where a place may lie in several jurisdictions, the "
            + "strictest answer counts, and the answer says so.",
        "A place - reads places from standard input, one a line, and answers in order, one line each, as they come.",
    ]

    static let exitStatus: [(code: Int32, meaning: String)] = [
        (0, "legal or regulated; or the command has done what it was asked"),
        (1, "prohibited"),
        (2, "uncertain"),
        (3, "unknown: the table has nothing, or no such place"),
        (64, "wrong usage"),
        (69, "no daemon answers"),
        (70, "internal error"),
        (75, "the daemon refused for now; try again"),
    ]

    static let exitStatusNote =
        "1 and 2 come from status, is-legal and route only. After several places the code is the strictest answer's: "
        + "1, else 2, else 3, else 0."

    static let environment: [(name: String, meaning: String)] = [
        ("LEGALITY_SOCKET", "The daemon's socket, where --socket is not given."),
        ("XDG_RUNTIME_DIR", "Where a user's own daemon listens: legalityd/socket below it."),
        ("LEGALITY_TIMEOUT", "Seconds after which a daemon that does not answer is given up, with 75; else 30."),
        ("NO_COLOR", "Where it is set to anything, there is no colour."),
        ("LEGALITY_PAGER, PAGER", "What pages long output on a terminal; less where neither is set, cat for none."),
        ("COLUMNS", "The width to lay out for, in place of the terminal's."),
        ("FORCE_HYPERLINK", "1: links (OSC 8) in any case; 0: never. Else in terminals that are known to have them."),
    ]

    static let files: [(name: String, meaning: String)] = [
        ("$XDG_RUNTIME_DIR/legalityd/socket", "The socket of a user's own daemon, tried first (not by root)."),
        ("/run/legalityd/socket", "The socket of the system's daemon."),
    ]
}
