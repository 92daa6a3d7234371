/// An error reply: a name that an interface declares, and its parameters.
public struct VarlinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// With its interface: `org.varlink.service.InvalidParameter`.
    public let name: String
    public let parameters: JSONObject

    public init(_ name: String, _ parameters: JSONObject = JSONObject()) {
        self.name = name
        self.parameters = parameters
    }

    public var description: String {
        parameters.isEmpty ? name : "\(name) \(JSONValue.object(parameters).text)"
    }

    // MARK: The errors of org.varlink.service

    public static func interfaceNotFound(_ interface: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InterfaceNotFound", ["interface": .string(interface)])
    }

    /// - Parameter method: with its interface.
    public static func methodNotFound(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotFound", ["method": .string(method)])
    }

    /// - Parameter method: with its interface.
    public static func methodNotImplemented(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotImplemented", ["method": .string(method)])
    }

    /// A parameter is missing, has the wrong type or an impossible value, or is not declared.
    public static func invalidParameter(_ parameter: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InvalidParameter", ["parameter": .string(parameter)])
    }

    public static let permissionDenied = VarlinkError("org.varlink.service.PermissionDenied")

    /// The method answers only calls with the flag `more`.
    public static let expectedMore = VarlinkError("org.varlink.service.ExpectedMore")
}
