/// What a path in a table's directory is for, told by its name alone.
enum FileRole {
    /// A part of the table; or somebody's attempt at one, with what is wrong with its name.
    case table(Problem?)
    /// The signature over a table, no part of it.
    case signature
    /// A folder that is looked into, or a file where a folder was to be.
    case folder(Problem?)
    /// No part of the table.
    case ignored

    struct Problem {
        let message: String
        let hint: String?
    }

    static let signatureName = "table.sig"

    init(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last ?? ""
        if path == FileRole.signatureName {
            self = .signature
        } else if FileRole.isPassedOver(name) {
            self = .ignored
        } else if parts.count == 2, parts[0] == "gazetteer" {
            self = .table(nil)
        } else if parts.count == 1, name == "gazetteer" || FileRole.isCountryCode(name) {
            self = .folder(.init(message: "not a file of the table", hint: "a country's file is named \(name).yaml"))
        } else if name.hasSuffix(".yaml") {
            let stem = name.dropLast(5)
            let fits =
                parts.count == 1
                ? stem == "table" || stem == "substances" || FileRole.isCountryCode(stem)
                : FileRole.isSubdivisionCode(stem)
            self = .table(fits ? nil : FileRole.misnamed(name, isTop: parts.count == 1))
        } else {
            self = .table(FileRole.misnamed(name, isTop: parts.count == 1))
        }
    }

    private static func misnamed(_ name: Substring, isTop: Bool) -> Problem {
        if name.hasSuffix(".yml") || name.hasSuffix(".YAML") || name.hasSuffix(".YML") {
            return .init(message: "not a file of the table", hint: "its name has to end in .yaml")
        }
        if name.hasSuffix(".yaml") {
            return .init(
                message: "not the name of a file of the table",
                hint: isTop
                    ? "table.yaml, substances.yaml, or a country's ISO 3166-1 code in lower case (ch.yaml)"
                    : "the subdivision's part of its ISO 3166-2 code in lower case (us/al.yaml)")
        }
        return .init(
            message: "not a file of the table", hint: "only .yaml files, gazetteer and texts (.md, LICENSE) lie here")
    }

    /// Hidden files, editors' and package managers' left-overs, texts for people, and the scripts that made the
    /// gazetteer.
    private static func isPassedOver(_ name: Substring) -> Bool {
        if name.hasPrefix(".") || name.hasPrefix("#") || name.hasSuffix("~") { return true }
        let endings = [
            ".py", "__pycache__", ".swp", ".bak", ".orig", ".rej", ".tmp", ".dpkg-new", ".dpkg-old", ".dpkg-dist",
            ".dpkg-tmp", ".md", "schema.json",
        ]
        return endings.contains { name.hasSuffix($0) } || name.hasPrefix("LICENSE") || name.hasPrefix("README")
    }

    private static func isCountryCode(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    private static func isSubdivisionCode(_ text: some StringProtocol) -> Bool {
        (1...3).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
