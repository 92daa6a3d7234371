import Legality

/// A moment as RFC 3339 writes it, in UTC and whole seconds: `2026-11-21T08:00:00Z`.
func timestamp(_ moment: Int64) -> String {
    let day = moment.flooredQuotient(by: 86_400)
    let second = moment - day * 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
        "\(CivilDate(daysSinceEpoch: Int32(clamping: day)))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
}
