import Varlink

/// The JSON reader: what it takes, it writes so that it reads the same.
public final class JSONTarget: FuzzTarget {
    public static let name = "json"

    public init(data: String) {}

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        guard let value = try? JSONValue(parsing: Array(input)) else { return nil }
        let text = value.text
        guard let again = try? JSONValue(parsing: text) else { return "cannot read what it wrote: \(text)" }
        return again.text == text ? nil : "written twice, it differs: \(text)"
    }
}
