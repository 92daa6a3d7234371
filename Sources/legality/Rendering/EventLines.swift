import Varlink

extension Event {
    /// One for the event, and one for each answer that changed with it.
    func lines(at time: String) -> [StyledText] {
        let head = StyledText("\(time)  ", .faint)
        var line = StyledText(kind.padded(to: 8), kind == "refused" ? .bad : .strong)
        line += StyledText("table \(table)")
        if let previous, previous != table { line += StyledText(" after \(previous)") }
        if !text.isEmpty { line += StyledText(": \(text)") }
        return [head + line]
            + changes.map { change in
                head + StyledText("change".padded(to: 8), .strong)
                    + StyledText("\(change.place.id) \(change.substance): ") + change.before.styled + " → "
                    + change.after.styled + StyledText("  \(change.place.name)", .faint)
            }
    }

    /// As the daemon writes its events.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", kind)
            writer.member("table", table)
            writer.member("digest", digest)
            writer.member("previous", ifPresent: previous)
            writer.member("text", text)
            writer.name("changes")
            writer.array { writer in
                for change in changes {
                    writer.object { writer in
                        writer.name("place")
                        writer.object { writer in
                            writer.member("id", change.place.id)
                            writer.member("name", change.place.name)
                            writer.member("kind", change.place.kind)
                        }
                        writer.member("substance", change.substance)
                        writer.member("before", change.before.rawValue)
                        writer.member("after", change.after.rawValue)
                    }
                }
            }
        }
    }
}

extension String {
    /// Spaces after it up to `width` columns, and one more at least.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width + 1 - CellWidth.of(self)))
    }
}
