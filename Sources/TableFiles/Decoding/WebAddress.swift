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
        if text.utf8.contains(where: { isForbidden[Int($0)] }) {
            return "blanks, quotes and brackets <>{}|\\^` cannot stand in it; write them as %20 and so on"
        }
        let authority = Substring(
            rest.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        if authority.utf8.contains(UInt8(ascii: "@")) { return "a user's name cannot stand in it" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2 else { return "its host is malformed" }
        if parts.count == 2, UInt16(parts[1]) == nil { return "its port is no number" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel) else {
            return "its host has to be a name such as example.org"
        }
        return nil
    }

    /// Letters, digits, hyphens; names in other scripts as they are.
    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.utf8.count <= 63 && label.utf8.first != UInt8(ascii: "-")
            && label.utf8.last != UInt8(ascii: "-")
            && label.utf8.allSatisfy { byte in
                byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
    }

    /// For each byte whether no address can hold it.
    private static let isForbidden: [Bool] = (0..<256).map { byte in
        byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(UInt8(byte))
    }
}
