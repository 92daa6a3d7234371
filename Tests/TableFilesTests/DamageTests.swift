import Testing

@testable import TableFiles

/// Whatever bytes a file holds, reading it ends with a table or with faults that have a place in the file.
struct DamageTests {
    @Test(arguments: 1...20)
    func damagedFilesAreReadToAnEnd(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let table = SmallTable()
        let pieces = [
            "\t", "- ", ": ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!t ", "|\n", ">\n", "%", "@", "---\n",
            "...\n", "? ", "<<: ", "\n", "\r", "  ", "\u{85}", "\u{2028}", "\u{0}", "\u{FEFF}", "\\x", "é", "~",
        ].map { Array($0.utf8) }
        for _ in 0..<100 {
            let path = ["us/ri.yaml", "us/ca.yaml", "us.yaml", "ch.yaml"].randomElement(using: &generator) ?? "us.yaml"
            var bytes = table.files[path] ?? []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 2:
                    bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
                default: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            let file = TableFile(path: path, bytes: bytes)
            let result = JurisdictionDecoder(file: file, substances: nil, tableDate: nil, limits: .default).decode()
            let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 } + 2
            #expect(!result.drafts.isEmpty || !result.faults.isEmpty)
            for fault in result.faults {
                #expect((1...lines).contains(fault.line))
                #expect((1...bytes.count + 1).contains(fault.column))
                #expect(!fault.message.unicodeScalars.contains { $0.isHarmful || $0 == "\n" })
            }
        }
    }
}
