/// A reply as the client sees it.
public struct VarlinkReply: Sendable, Equatable {
    /// The parameters of the reply; of an error they are in ``error``.
    public let parameters: JSONObject
    /// Others follow.
    public let continues: Bool
    /// The error, if it is one.
    public let error: VarlinkError?

    public init(parameters: JSONObject, continues: Bool = false, error: VarlinkError? = nil) {
        self.parameters = parameters
        self.continues = continues
        self.error = error
    }

    /// Reads a reply; nil if the JSON is none.
    public init?(_ view: JSONView) {
        guard view.isObject else { return nil }
        let parameters: JSONObject
        if let value = view["parameters"], !value.isNull {
            guard case .object(let object) = value.value else { return nil }
            parameters = object
        } else {
            parameters = JSONObject()
        }
        if let error = view["error"], !error.isNull {
            guard let name = error.stringValue else { return nil }
            self.init(parameters: parameters, error: VarlinkError(name, parameters))
        } else {
            self.init(parameters: parameters, continues: view["continues"]?.boolValue ?? false)
        }
    }
}
