import Varlink

/// The parser of interface descriptions.
public final class InterfaceTarget: FuzzTarget {
    public static let name = "interface"

    public init(data: String) {}

    public func problem(with input: UnsafeRawBufferPointer) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        do throws(InterfaceSyntaxError) {
            let description = try InterfaceDescription(parsing: text)
            if description.text != text { return "another text" }
            return description.name.contains(".") ? nil : "the name \(description.name)"
        } catch {
            return error.message.isEmpty ? "an error without a message" : nil
        }
    }
}
