import Glibc

/// The process's environment variables; empty ones count as absent.
struct Environment: Sendable {
    private let overrides: [String: String]?

    /// The variables of this process.
    static let process = Environment(overrides: nil)

    /// Exactly these variables.
    init(_ variables: [String: String]) { overrides = variables }

    private init(overrides: [String: String]?) { self.overrides = overrides }

    subscript(name: String) -> String? {
        let value: String?
        if let overrides {
            value = overrides[name]
        } else {
            value = getenv(name).map { String(cString: $0) }
        }
        guard let value, !value.isEmpty else { return nil }
        return value
    }
}
