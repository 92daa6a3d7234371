import Glibc

/// What the place that output goes to can show.
struct Terminal: Sendable, Equatable {
    /// Whether a person is likely to be looking.
    var isInteractive: Bool
    /// The columns of a line; absent where lines may be as long as they like (a pipe, a file).
    var width: Int?
    var rows: Int?
    var showsColour: Bool
    /// Whether it makes OSC 8 links of text.
    var showsLinks: Bool
    /// Whether lines go through the pager.
    var isPaged = false

    /// A file or a pipe.
    static let none = Terminal(isInteractive: false, width: nil, rows: nil, showsColour: false, showsLinks: false)

    /// The width that prose is wrapped to.
    var proseWidth: Int { max(20, width ?? 80) }

    enum ColourChoice: String, CaseIterable, Sendable {
        case auto
        case always
        case never
    }

    /// Looks at a file descriptor. `NO_COLOR` has the last word on colour; `COLUMNS` is believed where it is set.
    init(descriptor: Int32, colour: ColourChoice, environment: Environment) {
        isInteractive = isatty(descriptor) == 1
        var size = winsize()
        let knowsSize = isInteractive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
        rows = knowsSize && size.ws_row > 0 ? Int(size.ws_row) : nil
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
            width = columns
        } else if knowsSize, size.ws_col > 0 {
            width = Int(size.ws_col)
        } else {
            width = isInteractive ? 80 : nil
        }
        let canColour =
            switch colour {
            case .always: true
            case .never: false
            case .auto: isInteractive && environment["TERM"] != "dumb" && environment["TERM"] != nil
            }
        showsColour = canColour && environment["NO_COLOR"] == nil
        showsLinks = Terminal.supportsLinks(isInteractive: isInteractive, environment: environment)
    }

    init(isInteractive: Bool, width: Int?, rows: Int?, showsColour: Bool, showsLinks: Bool) {
        self.isInteractive = isInteractive
        self.width = width
        self.rows = rows
        self.showsColour = showsColour
        self.showsLinks = showsLinks
    }

    /// No terminal says that it knows OSC 8, so this goes by the names of those that do; elsewhere addresses are
    /// printed in full. `FORCE_HYPERLINK=1` or `=0` decides.
    private static func supportsLinks(isInteractive: Bool, environment: Environment) -> Bool {
        if let forced = environment["FORCE_HYPERLINK"] { return forced != "0" }
        guard isInteractive, let term = environment["TERM"], term != "dumb", term != "linux" else { return false }
        if let vte = environment["VTE_VERSION"].flatMap({ Int($0) }) { return vte >= 5000 }
        if environment["KONSOLE_VERSION"] != nil || environment["WT_SESSION"] != nil { return true }
        if environment["DOMTERM"] != nil { return true }
        if let program = environment["TERM_PROGRAM"],
            ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "WarpTerminal"].contains(program)
        {
            return true
        }
        return ["xterm-kitty", "alacritty", "foot", "foot-extra", "xterm-ghostty", "contour", "wezterm"].contains(term)
    }

    /// `text` with the escape sequences that this terminal knows.
    func rendered(_ text: StyledText) -> String {
        var result = ""
        for run in text.runs {
            var piece = run.text
            if isInteractive, PlainText.isRightToLeft(piece) {
                // An isolate keeps a right-to-left name from reordering what stands beside it.
                piece = "\u{2068}" + piece + "\u{2069}"
            }
            if showsColour, let sgr = run.style.selectGraphicRendition {
                piece = "\u{1B}[\(sgr)m" + piece + "\u{1B}[0m"
            }
            if showsLinks, let link = run.link, Terminal.isSafeAddress(link) {
                piece = "\u{1B}]8;;\(link)\u{1B}\\" + piece + "\u{1B}]8;;\u{1B}\\"
            }
            result += piece
        }
        return result
    }

    /// Only printable ASCII may stand in a link's address.
    private static func isSafeAddress(_ address: String) -> Bool {
        address.hasPrefix("http") && address.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
