/// What the process tells its caller. The numbers are a contract with scripts.
enum ExitStatus: Int32, CaseIterable, Sendable {
    /// legal or regulated, or there was nothing to judge
    case lawful = 0
    case prohibited = 1
    case uncertain = 2
    /// The table has nothing, or there is no such place
    case unknown = 3
    /// Wrong usage (EX_USAGE)
    case usage = 64
    /// No daemon (EX_UNAVAILABLE)
    case noDaemon = 69
    /// Something that should not happen (EX_SOFTWARE)
    case internalFault = 70
    /// The daemon refused for now (EX_TEMPFAIL)
    case tryAgain = 75

    init(_ status: LegalStatus) {
        self =
            switch status {
            case .legal, .regulated: .lawful
            case .prohibited: .prohibited
            case .uncertain: .uncertain
            case .unknown: .unknown
            }
    }

    /// The one to end with after several answers: what bars most first.
    func combined(with other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [
            .internalFault, .noDaemon, .tryAgain, .usage, .prohibited, .uncertain, .unknown, .lawful,
        ]
        return order.first { $0 == self || $0 == other } ?? self
    }
}
