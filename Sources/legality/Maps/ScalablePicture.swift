/// A status map as one self-contained SVG file that reads well on a page, in print, without colour and aloud.
struct ScalablePicture {
    var map: StatusMap
    /// Where it comes from: below the picture, and in its description.
    var source: String

    private static let side = 44
    private static let gap = 4
    private static let margin = 20
    private static let titleHeight = 56
    private static let footerHeight = 26

    private var step: Int { Self.side + Self.gap }
    private var width: Int { max(Self.margin * 2 + map.columns * step - Self.gap, 620) }
    private var gridHeight: Int { map.rows * step - Self.gap }
    private var height: Int { Self.margin * 2 + Self.titleHeight + gridHeight + legendHeight + Self.footerHeight }

    /// Fill, ink on it, and the pattern's strokes, told apart also by those who see few colours.
    private static func look(_ status: LegalStatus) -> (fill: String, ink: String, pattern: String) {
        switch status {
        case .prohibited:
            (
                "#a4262c", "#ffffff",
                ##"<path d="M0 0L8 8M8 0L0 8" stroke="#fff" stroke-width="1.2" stroke-opacity="0.8"/>"##
            )
        case .uncertain: ("#f2b134", "#1b1b1b", ##"<circle cx="4" cy="4" r="1.6" fill="#1b1b1b"/>"##)
        case .regulated:
            (
                "#1f5fa8", "#ffffff",
                ##"<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="#fff" stroke-width="1.5" stroke-opacity="0.8"/>"##
            )
        case .legal: ("#1e7a4c", "#ffffff", "")
        case .unknown: ("#e4e4e4", "#3d3d3d", ##"<path d="M0 4H8" stroke="#8a8a8a" stroke-width="1"/>"##)
        }
    }

    func text() -> String {
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
            role="img" aria-labelledby="title description" font-family="system-ui, 'Helvetica Neue', Arial, sans-serif">
            <title id="title">\(Self.escaped(map.title))</title>
            <desc id="description">\(Self.escaped(description))</desc>
            <defs>

            """
        for status in LegalStatus.allCases {
            let pattern = Self.look(status).pattern
            guard !pattern.isEmpty else { continue }
            svg += """
                <pattern id="\(status.rawValue)" width="8" height="8" patternUnits="userSpaceOnUse">\(pattern)</pattern>

                """
        }
        svg += """
            </defs>
            <rect width="\(width)" height="\(height)" rx="12" fill="#ffffff"/>
            <text x="\(Self.margin)" y="\(Self.margin + 18)" font-size="19" font-weight="600" fill="#1b1b1b">\
            \(Self.escaped(map.title))</text>
            <text x="\(Self.margin)" y="\(Self.margin + 38)" font-size="13" fill="#595959">\
            \(Self.escaped(map.subtitle))</text>

            """
        let left = (width - (map.columns * step - Self.gap)) / 2
        for tile in map.tiles {
            let x = left + tile.position.column * step
            let y = Self.margin + Self.titleHeight + tile.position.row * step
            svg += self.tile(tile, x: x, y: y)
        }
        svg += legend()
        svg += """
            <text x="\(Self.margin)" y="\(height - Self.margin)" font-size="12" fill="#595959">\
            \(Self.escaped(source))</text>

            """
        return svg + "</svg>\n"
    }

    /// A tile: its code on the plain colour above, the pattern in a band below.
    private func tile(_ tile: StatusMap.Tile, x: Int, y: Int) -> String {
        let look = Self.look(tile.status)
        let parts = tile.isStricterInParts ? "; stricter in parts of it" : ""
        var svg = """
            <g><title>\(Self.escaped("\(tile.name): \(tile.status.rawValue)\(parts)"))</title>\
            \(Self.swatch(tile.status, x: x, y: y, width: Self.side, height: Self.side, band: 13))\
            <text x="\(x + Self.side / 2)" y="\(y + 23)" text-anchor="middle" font-size="15" font-weight="600" \
            fill="\(look.ink)">\(tile.position.code)</text>
            """
        if tile.isStricterInParts { svg += Self.corner(x: x + Self.side, y: y, ink: look.fill) }
        return svg + "</g>\n"
    }

    /// A rounded field in the look of an answer, with its pattern along the lower edge.
    private static func swatch(_ status: LegalStatus, x: Int, y: Int, width: Int, height: Int, band: Int) -> String {
        let look = look(status)
        var svg = """
            <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" rx="6" fill="\(look.fill)"/>
            """
        if !look.pattern.isEmpty {
            let top = y + height - band
            svg += """
                <path d="M\(x) \(top)h\(width)v\(band - 6)a6 6 0 0 1 -6 6h-\(width - 12)a6 6 0 0 1 -6 -6z" \
                fill="url(#\(status.rawValue))"/>
                """
        }
        return svg
    }

    /// An entry of the legend: its look and its words.
    private var legendEntries: [(status: LegalStatus?, text: String)] {
        let counts = map.counts.map { (status: Optional($0.status), text: "\($0.status.rawValue) (\($0.count))") }
        return map.hasStricterParts ? counts + [(nil, "stricter in parts of it")] : counts
    }

    private static let legendLine = 32

    /// Where the entries stand, in as many lines as it takes.
    private var legendPositions: [(x: Int, line: Int)] {
        var x = Self.margin
        var line = 0
        return legendEntries.map { entry in
            // A letter takes 7.5 at most on average.
            let needed = 33 + entry.text.count * 15 / 2
            if x > Self.margin, x + needed > width - Self.margin {
                x = Self.margin
                line += 1
            }
            defer { x += needed + 16 }
            return (x, line)
        }
    }

    private var legendHeight: Int { 18 + Self.legendLine * ((legendPositions.last?.line ?? 0) + 1) }

    private func legend() -> String {
        var svg = ""
        let top = Self.margin + Self.titleHeight + gridHeight + 26
        for (entry, position) in zip(legendEntries, legendPositions) {
            let x = position.x
            let y = top + position.line * Self.legendLine
            if let status = entry.status {
                svg += Self.swatch(status, x: x, y: y, width: 26, height: 22, band: 11)
            } else {
                svg += """
                    <rect x="\(x)" y="\(y)" width="26" height="22" rx="6" fill="#6b6b6b"/>\
                    \(Self.corner(x: x + 26, y: y, ink: "#6b6b6b"))
                    """
            }
            svg += """
                <text x="\(x + 33)" y="\(y + 16)" font-size="14" fill="#1b1b1b">\(entry.text)</text>

                """
        }
        return svg
    }

    /// The folded corner of what is stricter in parts.
    private static func corner(x: Int, y: Int, ink: String) -> String {
        """
        <path d="M\(x - 10) \(y)h4a6 6 0 0 1 6 6v4z" fill="#ffffff"/>\
        <path d="M\(x - 10) \(y)v4a6 6 0 0 0 6 6h4z" fill="\(ink)" stroke="#ffffff" stroke-width="1"/>
        """
    }

    /// What a reader who does not see the picture has to know.
    private var description: String {
        var sentences = ["Tile map: each place is a square of one size near where it lies."]
        if !map.subtitle.isEmpty { sentences.append(map.subtitle + ".") }
        for (status, _) in map.counts {
            let names = map.tiles.filter { $0.status == status }.map(\.name).sorted()
            sentences.append("\(status.rawValue): \(names.joined(separator: ", ")).")
        }
        sentences.append(source)
        return sentences.joined(separator: " ")
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in PlainText.printable(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
