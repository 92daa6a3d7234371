/// Names of interfaces, in reverse-domain notation.
enum InterfaceName {
    /// At least two labels of letters, digits and inner hyphens, separated by dots; the first begins with a letter.
    static func isValid(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, name.utf8.count <= 255 else { return false }
        for (index, label) in labels.enumerated() {
            guard let first = label.first, let last = label.last, first != UInt8(ascii: "-"), last != UInt8(ascii: "-"),
                label.allSatisfy({ InterfaceParser.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
            else { return false }
            if index == 0, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") { return false }
        }
        return true
    }
}
