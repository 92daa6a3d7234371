/// What kind of event a journal entry records, as a number that never changes: `journalctl MESSAGE_ID=…` finds all of
/// a kind, whatever the words and the language.
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public let description: String

    private init(_ digits: String) {
        description = digits
    }

    /// The service has started and answers.
    public static let started = MessageID("9ac2558bde7446f7822d41c150316ffa")
    /// A new table is in use.
    public static let reloaded = MessageID("931a9375607c49e7b7356fa175d48901")
    /// A new table was refused, and the old one is still in use.
    public static let reloadRefused = MessageID("8b95f6f811cc4570844fef0dfefabbea")
    /// The service has begun to stop.
    public static let stopping = MessageID("b1e3ca680ddd482289939453a2195c15")

    /// The key under which a message's id stands in its metadata.
    public static let metadataKey = "message-id"
}
