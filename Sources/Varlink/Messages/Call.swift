/// A call that is being answered: its method exists and its parameters have the declared names and types.
///
/// Everything in it refers to the frame and is valid only until the handler returns.
public struct Call: ~Copyable {
    /// The member's name, without the interface: `Check`.
    public let method: String
    /// The method's position in its interface description, for handlers that switch on numbers.
    public let methodIndex: Int
    /// The parameters; null (which has no members) where the call has none.
    public let parameters: JSONView
    /// The caller takes several replies.
    public let wantsMore: Bool
    /// The caller takes no reply; what is written is dropped.
    public let isOneway: Bool
    /// Who called.
    public let peer: PeerCredentials
    /// For replies that come later.
    public let connection: ConnectionID
    /// The bytes of the call, without the NUL byte at the end.
    public let frame: UnsafeRawBufferPointer
}
