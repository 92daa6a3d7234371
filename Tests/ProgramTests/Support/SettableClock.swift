import Foundation

/// The clock of a daemon under test, which can be set while it runs.
struct SettableClock {
    private let directory: TemporaryDirectory

    init(at moment: Int64) throws {
        directory = try TemporaryDirectory()
        try set(moment)
    }

    /// Makes it that moment, in seconds since 1970; from there it goes on.
    func set(_ moment: Int64) throws {
        try directory.write("\(moment - Int64(Date().timeIntervalSince1970))\n", to: "offset")
    }

    /// What a daemon needs to go by this clock.
    var environment: [String: String] { ["LEGALITYD_TEST_CLOCK_FILE": directory.file("offset")] }
}
