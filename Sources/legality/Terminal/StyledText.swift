/// Text with the look and the links of its parts, measured and wrapped before any escape sequence exists.
struct StyledText: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// A stretch with one look.
    struct Run: Sendable, Equatable {
        var text: String
        var style: Style
        var link: String?
    }

    private(set) var runs: [Run]

    /// Control characters are replaced (`PlainText.printable`).
    init(_ text: String, _ style: Style = .plain, link: String? = nil) {
        runs = text.isEmpty ? [] : [Run(text: PlainText.printable(text), style: style, link: link)]
    }

    init(stringLiteral value: String) { self.init(value) }

    init(runs: [Run]) { self.runs = runs }

    /// The columns that it takes up on one line.
    var width: Int { runs.reduce(0) { $0 + CellWidth.of($1.text) } }
    var isEmpty: Bool { runs.isEmpty }
    /// Without look and links.
    var plain: String { runs.map(\.text).joined() }

    static func + (left: StyledText, right: StyledText) -> StyledText {
        var result = left
        result += right
        return result
    }

    /// Runs of the same look become one.
    static func += (left: inout StyledText, right: StyledText) {
        for run in right.runs {
            if let last = left.runs.indices.last, left.runs[last].style == run.style,
                left.runs[last].link == run.link
            {
                left.runs[last].text += run.text
            } else {
                left.runs.append(run)
            }
        }
    }

    /// Spaces after it up to `width` columns; as it is where it is that wide or wider.
    func padded(to width: Int) -> StyledText {
        let missing = width - self.width
        return missing > 0 ? self + StyledText(String(repeating: " ", count: missing)) : self
    }

    /// Spaces before it up to `width` columns.
    func aligned(rightIn width: Int) -> StyledText {
        let missing = width - self.width
        return missing > 0 ? StyledText(String(repeating: " ", count: missing)) + self : self
    }

    /// At most `width` columns, the last an ellipsis where something had to go.
    func truncated(to width: Int) -> StyledText {
        guard self.width > width else { return self }
        guard width > 0 else { return StyledText(runs: []) }
        var result: [Run] = []
        var left = width - 1
        for run in runs {
            var kept = ""
            for character in run.text {
                let cells = CellWidth.of(character)
                guard cells <= left else {
                    result.append(Run(text: kept + "…", style: run.style, link: run.link))
                    return StyledText(runs: result)
                }
                kept.append(character)
                left -= cells
            }
            result.append(Run(text: kept, style: run.style, link: run.link))
        }
        return StyledText(runs: result)
    }
}

extension Sequence where Element == StyledText {
    func joined(separator: StyledText = "") -> StyledText {
        var result = StyledText(runs: [])
        for (position, element) in enumerated() {
            if position > 0 { result += separator }
            result += element
        }
        return result
    }
}
