import Glibc

/// Calls that are answered from outside, among them the monitors.
extension ConnectionSet {
    /// Replies to a call that a handler left ``HandlerResult/waiting``. `body` writes one or more replies and says how
    /// the call goes on, as a handler does. They are sent by the next ``serve()``, so this may be called from handlers.
    ///
    /// - Returns: false if there is no such call any more, or if its client was dropped just now because it does not
    ///   read what it gets.
    @discardableResult
    public func reply(
        to id: ConnectionID, _ body: (inout ReplyWriter) throws(VarlinkError) -> HandlerResult
    ) -> Bool {
        guard let slot = slot(of: id), slot.pointee.waitingHandler != nil else { return false }
        let wasTaken = slot.pointee.connection.continueCall(body)
        if wasTaken, !slot.pointee.connection.isWaiting {
            stopWaiting(slot)
        }
        enqueue(slot)
        return wasTaken
    }

    /// As ``reply(to:_:)``, but `body` runs when it is the connection's turn: of many that are told something, each
    /// takes of its user's time. Bodies for one connection run in the order in which they were given.
    public func replyInTurn(
        to id: ConnectionID, _ body: @escaping (inout ReplyWriter) throws(VarlinkError) -> HandlerResult
    ) {
        guard let slot = slot(of: id), slot.pointee.waitingHandler != nil else { return }
        slot.pointee.laterReplies.append(body)
        enqueue(slot)
    }

    func writeLaterReplies(_ slot: UnsafeMutablePointer<Slot>) {
        let bodies = slot.pointee.laterReplies
        slot.pointee.laterReplies = []
        for body in bodies where slot.pointee.waitingHandler != nil {
            let wasTaken = slot.pointee.connection.continueCall(body)
            if wasTaken, !slot.pointee.connection.isWaiting { stopWaiting(slot) }
        }
    }

    func noteWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        guard case .waiting(let handler) = slot.pointee.connection.phase, slot.pointee.waitingHandler == nil else {
            return
        }
        slot.pointee.waitingHandler = handler
        if slot.pointee.connection.isWaitingForSeveral {
            slot.pointee.isMonitor = true
            monitorCount += 1
        }
    }

    /// The call that waits gets no reply any more; its handler is told.
    func forgetWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        guard let handler = slot.pointee.waitingHandler else { return }
        stopWaiting(slot)
        handler.callEnded(on: slot.pointee.connection.id)
    }

    func stopWaiting(_ slot: UnsafeMutablePointer<Slot>) {
        slot.pointee.waitingHandler = nil
        slot.pointee.laterReplies = []
        if slot.pointee.isMonitor { monitorCount -= 1 }
        slot.pointee.isMonitor = false
    }
}
