import Glibc
import Legality
import NaiveVerdicts
import Testing

@Suite("The rules of a time zone", .enabled(if: access("/usr/share/zoneinfo/Europe/Zurich", R_OK) == 0))
struct TimeZoneRulesTests {
    /// Both hemispheres, half hours, daylight saving of half an hour and of minus one, days that were left out, rules
    /// whose footer has times before midnight or after it.
    static let zones = [
        "UTC", "America/New_York", "America/Los_Angeles", "America/Anchorage", "America/St_Johns", "America/Phoenix",
        "America/Puerto_Rico", "America/Santiago", "America/Nuuk", "America/Indiana/Indianapolis", "Europe/Zurich",
        "Europe/London", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "Asia/Seoul", "Asia/Bangkok",
        "Asia/Kathmandu", "Asia/Jerusalem", "Asia/Gaza", "Australia/Lord_Howe", "Australia/Sydney",
        "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Guam", "Pacific/Honolulu",
        "Pacific/Kiritimati",
    ]

    @Test("give the dates and offsets that the C library gives, from 1900 to 2199", arguments: zones)
    func agreeWithTheCLibrary(zone: String) throws {
        let rules = try #require(TimeZoneRules(tzif: try bytes(of: "/usr/share/zoneinfo/\(zone)")))
        let moments = Self.moments()
        let answers = try lines(
            of: "printf '@%s\\n' \(moments.map(String.init).joined(separator: " ")) "
                + "| TZ=:\(zone) date -f - '+%F %::z'")
        try #require(answers.count == moments.count)
        for (moment, expected) in zip(moments, answers) {
            let offset = Int(rules.offset(at: moment))
            let (minutes, seconds) = (abs(offset) / 60 % 60, abs(offset) % 60)
            let written = [abs(offset) / 3600, minutes, seconds].map { $0 < 10 ? "0\($0)" : "\($0)" }
            let answer = "\(rules.civilDate(at: moment)) \(offset < 0 ? "-" : "+")\(written.joined(separator: ":"))"
            try #require(answer == expected, "at \(moment) in \(zone)")
        }
    }

    /// Moments of 300 years, denser where clocks change now and where listed transitions end.
    static func moments() -> [Int64] {
        var random = SeededRandom(seed: 2037)
        let year: Int64 = 31_556_952
        var moments = (0..<150).map { _ in Int64.random(in: (-70 * year)..<(230 * year), using: &random) }
        moments += (0..<100).map { _ in Int64.random(in: (66 * year)..<(70 * year), using: &random) }
        // Every six hours of a year that no file lists.
        let start = Int64(day("2051-01-01").daysSinceEpoch) * 86_400
        moments += (0..<1470).map { start - 86_400 + $0 * 21_600 + 1 }
        return moments
    }

    @Test("change the date at the zone's own midnight")
    func midnight() throws {
        let rules = try #require(TimeZoneRules(tzif: try bytes(of: "/usr/share/zoneinfo/America/New_York")))
        let midnight = Int64(day("2026-04-01").daysSinceEpoch) * 86_400 + 4 * 3600
        #expect(rules.civilDate(at: midnight - 1) == day("2026-03-31"))
        #expect(rules.civilDate(at: midnight) == day("2026-04-01"))
    }

    @Test("do not run over at the ends of time", arguments: [Int64.min, .max])
    func ends(moment: Int64) throws {
        let rules = try #require(TimeZoneRules(tzif: try bytes(of: "/usr/share/zoneinfo/Europe/Zurich")))
        #expect((rules.civilDate(at: moment) > day("2026-01-01")) == (moment > 0))
    }

    @Test("are not made from a file that is cut short, at any length")
    func truncated() throws {
        let whole = try bytes(of: "/usr/share/zoneinfo/Europe/Zurich")
        let footer = try #require(whole.dropLast().lastIndex(of: UInt8(ascii: "\n")))
        for length in 0..<footer { #expect(TimeZoneRules(tzif: Array(whole.prefix(length))) == nil, "\(length)") }
        #expect(TimeZoneRules(tzif: whole) != nil)
    }

    @Test("survive any byte being another")
    func damaged() throws {
        let whole = try bytes(of: "/usr/share/zoneinfo/Asia/Seoul")
        var random = SeededRandom(seed: 7)
        for position in whole.indices {
            var bytes = whole
            bytes[position] = UInt8.random(in: 0...255, using: &random)
            _ = TimeZoneRules(tzif: bytes)?.civilDate(at: 4_000_000_000)
        }
    }

    private func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        return read(file)
    }

    private func lines(of command: String) throws -> [String] {
        let pipe = try #require(popen(command, "r"))
        defer { pclose(pipe) }
        return String(decoding: read(pipe), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
        return result
    }
}
