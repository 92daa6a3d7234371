import Legality

/// Reads single values of one file and reports what is wrong with them.
///
/// Every method returns nil after a report, so that reading goes on and all faults of a file come out together.
struct ValueReader {
    let log: FaultLog

    /// The years that dates of this table can have; others are slips of the pen.
    static let years = 1800...2100

    /// A value that is one text, as written.
    func scalar(_ node: YAMLNode, _ what: String) -> (text: String, isPlain: Bool)? {
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain && ["", "~", "null", "Null", "NULL"].contains(text) {
                log.report("\(what) has no value", at: node.position, hint: "leave the key out where there is none")
                return nil
            }
            return (text, isPlain)
        case .refused:
            return nil
        case .list, .mapping:
            log.report("\(what) is \(node.kindInWords)", at: node.position, hint: "it has to be a single value")
            return nil
        }
    }

    /// A text of one line.
    func line(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = sentence(node, what) else { return nil }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x80 }) || !text.contains(where: \.isNewline) else {
            log.report("\(what) has several lines", at: node.position, hint: "write it on one line")
            return nil
        }
        return text
    }

    /// A text for people; line breaks at its end do not count.
    func sentence(_ node: YAMLNode, _ what: String) -> String? {
        guard let (text, isPlain) = scalar(node, what) else { return nil }
        if isPlain && (text == "true" || text == "false") {
            log.report("\(what) is \(text)", at: node.position, hint: "it has to be a text")
            return nil
        }
        let trimmed = trimmed(text)
        guard !trimmed.isEmpty else {
            log.report("\(what) is empty", at: node.position, hint: "write it, or leave the key out")
            return nil
        }
        // Plain ASCII, nearly everything, is told apart byte by byte.
        if trimmed.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }),
            let harmful = trimmed.unicodeScalars.first(where: \.isHarmful)
        {
            log.report(
                "\(what) holds the invisible character U+\(hexadecimal(harmful))", at: node.position,
                hint: "take it out")
            return nil
        }
        return String(trimmed)
    }

    /// Without blanks and line breaks at either end.
    private func trimmed(_ text: String) -> Substring {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
        guard let start = text.utf8.firstIndex(where: { !isBlank($0) }),
            let end = text.utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return text[start..<text.utf8.index(after: end)]
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// One of some words.
    func word<Value>(_ node: YAMLNode, _ what: String, among known: [String], as value: (String) -> Value?) -> Value? {
        guard let (text, _) = scalar(node, what) else { return nil }
        if let value = value(text) { return value }
        let choices = known.count <= 12 ? "one of \(known.joined(separator: ", "))" : nil
        log.report(
            "unknown \(what) \"\(text.printable)\"", at: node.position,
            hint: Suggestion.hint(for: text, among: known) ?? choices)
        return nil
    }

    /// `true` or `false`, and nothing else.
    func truth(_ node: YAMLNode, _ what: String) -> Bool? {
        guard let (text, isPlain) = scalar(node, what) else { return nil }
        if isPlain && (text == "true" || text == "false") { return text == "true" }
        let guess: String? =
            switch text.lowercased() {
            case "true", "yes", "on", "y": isPlain ? "write true" : "write true without quotes"
            case "false", "no", "off", "n": isPlain ? "write false" : "write false without quotes"
            default: "it is true or false"
            }
        log.report("\(what) is \"\(text.printable)\"", at: node.position, hint: guess)
        return nil
    }

    /// A whole number in digits.
    func integer(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let (text, isPlain) = scalar(node, what) else { return nil }
        let digits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isPlain, digits, text.utf8.count <= 9, text.utf8.first != UInt8(ascii: "0") || text == "0",
            let number = Int(text), range.contains(number)
        else {
            log.report(
                "\(what) is \"\(text.printable)\"", at: node.position,
                hint: "it is a whole number from \(range.lowerBound) to \(range.upperBound), without quotes")
            return nil
        }
        return number
    }

    /// A decimal number: digits, and after a point up to six more.
    func decimal(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int>) -> Double? {
        guard let (text, isPlain) = scalar(node, what) else { return nil }
        if isPlain, let number = ValueReader.decimal(text),
            Double(range.lowerBound)...Double(range.upperBound) ~= number
        {
            return number
        }
        log.report(
            "\(what) is \"\(text.printable)\"", at: node.position,
            hint: "it is a number from \(range.lowerBound) to \(range.upperBound), without quotes or unit")
        return nil
    }

    private static func decimal(_ text: String) -> Double? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...9).contains($0.count) }),
            parts.allSatisfy({ $0.allSatisfy { digits.contains($0) } }),
            parts[0].first != UInt8(ascii: "0") || parts[0].count == 1
        else { return nil }
        return Double(text)
    }

    /// A date as far as it is known.
    func date(_ node: YAMLNode, _ what: String) -> PartialDate? {
        guard let (text, _) = scalar(node, what) else { return nil }
        guard let date = PartialDate(text) else {
            log.report(
                "\(what) is \"\(text.printable)\", which is no date", at: node.position, hint: dateHint(for: text))
            return nil
        }
        guard ValueReader.years.contains(date.earliest.fields.year) else {
            log.report(
                "\(what) is \(text)", at: node.position,
                hint: "years go from \(ValueReader.years.lowerBound) to \(ValueReader.years.upperBound)")
            return nil
        }
        return date
    }

    /// What somebody who wrote this in place of a date may have meant.
    private func dateHint(for text: String) -> String {
        let forms = "write YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known"
        let parts = text.split { !$0.isNumber }.map(String.init)
        guard parts.count == 3, let first = Int(parts[0]), let second = Int(parts[1]), let third = Int(parts[2]) else {
            return forms
        }
        if parts[0].count == 4, (1...12).contains(second), third > 28 {
            return "\(first)-\(twoDigits(second)) has \(CivilDate.daysIn(month: second, of: first)) days"
        }
        if parts[0].count == 4, CivilDate(year: first, month: second, day: third) != nil {
            return "write \(parts[0])-\(twoDigits(second))-\(twoDigits(third))"
        }
        return forms
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The address of a page.
    func url(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = line(node, what) else { return nil }
        if let problem = WebAddress.problem(of: text) {
            log.report("\(what) is \"\(text.printable)\", which is no http(s) URL", at: node.position, hint: problem)
            return nil
        }
        return text
    }

    /// The members of a list; nil where it is none.
    func members(_ node: YAMLNode, _ what: String, mayBeEmpty: Bool) -> [YAMLNode]? {
        switch node.content {
        case .list(let members):
            guard mayBeEmpty || !members.isEmpty else {
                log.report("\(what) is empty", at: node.position, hint: "it needs at least one")
                return nil
            }
            return members
        case .refused:
            return nil
        case .scalar, .mapping:
            log.report(
                "\(what) is \(node.kindInWords)", at: node.position,
                hint: "it has to be a list: [one, two], or a line with - for each")
            return nil
        }
    }

    /// A list without repetitions whose members are read one by one; those that cannot be read are left out.
    func set<Member: Hashable>(
        _ node: YAMLNode, _ what: String, mayBeEmpty: Bool = false, _ read: (YAMLNode) -> Member?
    ) -> [Member] {
        positionedSet(node, what, mayBeEmpty: mayBeEmpty, read).map(\.value)
    }

    /// The same, with the place of each member.
    func positionedSet<Member: Hashable>(
        _ node: YAMLNode, _ what: String, mayBeEmpty: Bool = true, _ read: (YAMLNode) -> Member?
    ) -> [(value: Member, position: Position)] {
        var seen = Set<Member>()
        var list: [(value: Member, position: Position)] = []
        for member in members(node, what, mayBeEmpty: mayBeEmpty) ?? [] {
            guard let value = read(member) else { continue }
            if seen.insert(value).inserted {
                list.append((value, member.position))
            } else {
                log.report("\(what) names the same a second time", at: member.position, hint: "take it out")
            }
        }
        return list
    }
}
