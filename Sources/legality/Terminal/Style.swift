/// How text looks where colours are shown. Nothing is told by a look alone.
enum Style: Sendable, Equatable {
    case plain
    case strong
    case faint
    case heading
    case good
    case conditional
    case doubtful
    case bad

    /// The parameters of the SGR sequence that switches it on; `nil`: none.
    var selectGraphicRendition: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .heading: "1;4"
        case .good: "32"
        case .conditional: "36"
        case .doubtful: "33"
        case .bad: "1;31"
        }
    }
}
