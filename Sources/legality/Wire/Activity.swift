/// What somebody does with a substance, in the order in which answers list them.
enum Activity: String, CaseIterable, Sendable {
    case possess
    case use
    case buy
    case sell
    case manufacture
    case cultivate
    case `import`
    case export
}
