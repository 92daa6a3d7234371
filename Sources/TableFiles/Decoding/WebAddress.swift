/// What the addresses of sources have to look like.
enum WebAddress {
    /// What is wrong with an address; nil where it is an http or https URL with a host name.
    static func problem(of text: String) -> String? {
        let rest: Substring
        if text.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            rest = text.dropFirst(7)
        } else {
            return "it has to begin with https:// or http://"
        }
        if text.unicodeScalars.contains(where: { $0.value <= 0x20 || "\"<>\\^`{|}".unicodeScalars.contains($0) }) {
            return "blanks, quotes and brackets <>{}|\\^` cannot stand in it; write them as %20 and so on"
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2 else { return "its host is malformed" }
        if parts.count == 2, UInt16(parts[1]) == nil { return "its port is no number" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel) else {
            return "its host has to be a name such as example.org"
        }
        return nil
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.unicodeScalars.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.unicodeScalars.allSatisfy {
                $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
                    || $0.value > 0x7F
            }
    }
}
