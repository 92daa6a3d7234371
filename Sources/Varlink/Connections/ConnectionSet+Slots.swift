import Glibc

extension ConnectionSet {
    /// One connection and what belongs to its socket.
    struct Slot: ~Copyable {
        var descriptor: CInt = -1
        var generation: UInt32 = 0
        /// Whose connection it is.
        var account: UnsafeMutablePointer<UserAccount>
        var connection: Connection
        /// The events that epoll watches.
        var interest: UInt32 = 0
        /// Whether it stands in the queue of those with work left.
        var isQueued = false
        /// Events that came when its user had had its time: they are seen to when the queue comes to it.
        var putOff: UInt32 = 0
        /// How often they were reported again since.
        var reports: UInt32 = 0
        /// When bytes last went in either direction.
        var lastActivity = 0
        /// When the call that is not complete began to arrive; 0 if there is none.
        var partialSince = 0
        /// The handler of a call that waits, to be told if the client goes.
        var waitingHandler: (any InterfaceHandler)?
        /// Replies to that call, to be written when it is the connection's turn.
        var laterReplies: [(inout ReplyWriter) throws(VarlinkError) -> HandlerResult] = []
        /// Whether that call takes several replies, and counts among the monitors.
        var isMonitor = false
    }

    @inline(__always)
    func slot(of tag: UInt64) -> UnsafeMutablePointer<Slot>? {
        let index = Int(tag & 0xFFFF_FFFF)
        guard index < slots.count, let slot = slots[index], slot.pointee.descriptor >= 0,
            slot.pointee.generation == UInt32(truncatingIfNeeded: tag >> 32)
        else { return nil }
        return slot
    }

    func slot(of id: ConnectionID) -> UnsafeMutablePointer<Slot>? { slot(of: Self.tag(id)) }

    func newSlot() -> UInt32 {
        if usedSlots == slots.count {
            let larger = UnsafeMutableBufferPointer<UnsafeMutablePointer<Slot>?>.allocate(capacity: slots.count * 2)
            larger.initialize(repeating: nil)
            for index in slots.indices { larger[index] = slots[index] }
            slots.deallocate()
            slots = larger
        }
        usedSlots += 1
        return UInt32(usedSlots - 1)
    }

    /// Frees what the connection held; the slot itself is kept for the next one.
    func release(_ slot: UnsafeMutablePointer<Slot>) {
        let id = slot.pointee.connection.id
        slot.deinitialize(count: 1)
        let peer = PeerCredentials(processID: 0, userID: uid_t.max, groupID: gid_t.max)
        slot.initialize(to: Slot(account: nobody, connection: Connection(id: id, peer: peer, limits: limits)))
        freeSlots.append(id.slot)
    }
}
