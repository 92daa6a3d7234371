import Legality

/// What is kept of the answers from one table, so that they need not be made again. Goes with its table.
///
/// `@unchecked`: its parts belong to one thread at a time. Where it goes from one to another, through ``RehearsedTable``,
/// it goes whole, and nothing of it stays behind.
struct KeptAnswers: @unchecked Sendable {
    let replies: RequestCache
    let datedVerdicts: DatedVerdicts
    let places = ResolvedPlaces()
    let outline: ReplyOutline

    /// - Parameter capacity: bytes of the replies of all kinds.
    init(of table: Table, capacity: Int) {
        replies = RequestCache(capacity: capacity / 3 * 2)
        datedVerdicts = DatedVerdicts(capacity: capacity / 3)
        outline = ReplyOutline(parts: SharedParts(table: table))
    }
}
