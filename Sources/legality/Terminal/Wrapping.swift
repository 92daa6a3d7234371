extension StyledText {
    /// Lines of at most `width` columns, broken at spaces. A word that is wider is broken inside, except an address,
    /// which stays whole so that it can be opened and copied.
    func wrapped(to width: Int) -> [StyledText] {
        guard width > 0, self.width > width else { return [self] }
        var lines: [StyledText] = []
        var line = StyledText(runs: [])
        var lineWidth = 0
        for word in words() {
            let gap = lineWidth == 0 ? 0 : word.spaceBefore.width
            if lineWidth > 0, lineWidth + gap + word.width > width {
                lines.append(line)
                line = StyledText(runs: [])
                lineWidth = 0
            } else if gap > 0 {
                line += word.spaceBefore
                lineWidth += gap
            }
            var rest = word.text
            if lineWidth == 0, word.width > width, !word.isAddress {
                while rest.width > width {
                    let (head, tail) = rest.split(at: width)
                    lines.append(head)
                    rest = tail
                }
            }
            line += rest
            lineWidth += rest.width
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// The first `width` columns and what follows; the first part holds at least one character.
    private func split(at width: Int) -> (StyledText, StyledText) {
        var head: [Run] = []
        var tail: [Run] = []
        var used = 0
        var isFull = false
        for run in runs {
            var first = ""
            var second = ""
            for character in run.text {
                let cells = CellWidth.of(character)
                if !isFull, used == 0 || used + cells <= width {
                    first.append(character)
                    used += cells
                } else {
                    isFull = true
                    second.append(character)
                }
            }
            if !first.isEmpty { head.append(Run(text: first, style: run.style, link: run.link)) }
            if !second.isEmpty { tail.append(Run(text: second, style: run.style, link: run.link)) }
        }
        return (StyledText(runs: head), StyledText(runs: tail))
    }

    private struct Word {
        /// The spaces before it, with their look.
        var spaceBefore = StyledText(runs: [])
        var text = StyledText(runs: [])
        var width: Int { text.width }
        var isAddress: Bool { text.plain.contains("://") }
    }

    /// The words, which may run over several looks, each with the spaces before it.
    private func words() -> [Word] {
        var words: [Word] = []
        var word = Word()
        for run in runs {
            var piece = ""
            var space = ""
            func finishPiece() {
                if !piece.isEmpty {
                    word.text += StyledText(runs: [Run(text: piece, style: run.style, link: run.link)])
                }
                piece = ""
            }
            for character in run.text {
                if character == " " {
                    finishPiece()
                    if !word.text.isEmpty {
                        words.append(word)
                        word = Word()
                    }
                    space.append(character)
                } else {
                    if !space.isEmpty {
                        word.spaceBefore += StyledText(runs: [Run(text: space, style: run.style, link: run.link)])
                        space = ""
                    }
                    piece.append(character)
                }
            }
            finishPiece()
            if !space.isEmpty {
                word.spaceBefore += StyledText(runs: [Run(text: space, style: run.style, link: run.link)])
            }
        }
        if !word.text.isEmpty { words.append(word) }
        return words
    }
}
