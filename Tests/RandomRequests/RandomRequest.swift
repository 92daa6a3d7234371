import Varlink

/// A request, and what has to come of it.
struct RandomRequest {
    enum Expectation: Equatable {
        /// One reply of the method, or an error that its interface or org.varlink.service declares; what either
        /// repeats of the parameters is what was sent.
        case answer(method: String, parameters: JSONObject)
        /// Any number of replies of the method, then the last one; or an error.
        case stream(method: String)
        /// This error, with this value of this parameter.
        case error(String, parameter: String, value: String)
        /// This value of this field: what was asked is echoed, so replies cannot change places unseen.
        case echo(method: String, field: String, value: String)
        case nothing
        /// The connection is closed, after what was asked before is answered.
        case end
        /// This error, and then the connection is closed.
        case refusal(String, parameter: String, value: String)
        /// A first reply of the method that promises more; then the client goes away.
        case departure(method: String)
    }

    let bytes: [UInt8]
    let expectation: Expectation

    /// Whether the conversation is over with it.
    var isLast: Bool {
        switch expectation {
        case .end, .refusal, .departure: true
        default: false
        }
    }

    /// One line to read and to send again: JSON as it stands, anything else as numbers.
    var description: String {
        if bytes.count > 4000 { return "\(bytes.count) bytes, the first of them \(bytes[0])" }
        let text = String(decoding: bytes, as: UTF8.self)
        let isPlain = bytes.elementsEqual(text.utf8) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        return isPlain && !bytes.isEmpty ? text : "bytes \(bytes)"
    }
}
