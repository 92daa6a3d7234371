/// Labelled values one below the other, the labels ending in one column, long values wrapped beneath themselves.
struct FieldList: Sendable {
    /// The columns of the labels, their colon and the space behind it.
    private let labelWidth: Int
    private let width: Int
    private(set) var lines: [StyledText] = []

    init(labelWidth: Int, width: Int) {
        self.labelWidth = labelWidth
        self.width = width
    }

    /// A value with its label; nothing where the value is empty.
    mutating func add(_ label: String, _ value: StyledText, labelStyle: Style = .strong) {
        guard !value.isEmpty else { return }
        let head = StyledText("\(label):", labelStyle).aligned(rightIn: labelWidth - 1) + " "
        for (position, line) in value.wrapped(to: valueWidth).enumerated() {
            lines.append((position == 0 ? head : StyledText(String(repeating: " ", count: labelWidth))) + line)
        }
    }

    mutating func add(_ label: String, _ value: String?) {
        if let value { add(label, StyledText(value)) }
    }

    /// More of the value above, indented by that much.
    mutating func addContinuation(_ value: StyledText, indent: Int = 0, hanging: Int = 0) {
        guard !value.isEmpty else { return }
        for (position, line) in value.wrapped(to: valueWidth - indent - hanging).enumerated() {
            let margin = labelWidth + indent + (position == 0 ? 0 : hanging)
            lines.append(StyledText(String(repeating: " ", count: margin)) + line)
        }
    }

    /// Text that links to an address, with the address below it where a reader could not follow the link.
    mutating func addLinked(_ text: String, _ address: String?, bullet: String, indent: Int, showsAddress: Bool) {
        let bulletWidth = CellWidth.of(bullet)
        addContinuation(
            StyledText(bullet, .faint) + StyledText(text, .faint, link: address), indent: indent, hanging: bulletWidth)
        if let address, showsAddress {
            addContinuation(StyledText(address, .faint), indent: indent + bulletWidth)
        }
    }

    private var valueWidth: Int { max(16, width - labelWidth) }
}
