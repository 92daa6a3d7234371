import CLinux
import Glibc

/// Clients who come: from the listening sockets into the set, or refused.
extension ConnectionSet {
    /// Microseconds, alone and with several users connected.
    private static let (acceptTime, sharedAcceptTime) = (100, 40)
    private static let acceptFlags = CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

    struct Listener {
        let descriptor: CInt
        var isPaused = false
    }

    func accept(_ index: Int) {
        guard listeners.indices.contains(index) else { return }
        let listener = listeners[index].descriptor
        // The queue of a socket is everybody's: it is emptied faster than one user can fill it, for a bounded time.
        let end = MonotonicClock.microseconds() + (turns.isExact ? Self.sharedAcceptTime : Self.acceptTime)
        defer { turns.skip() }
        for number in 1... {
            if number > 1, MonotonicClock.microseconds() >= end { return }
            let descriptor = accept4(listener, nil, nil, Self.acceptFlags)
            if descriptor >= 0 {
                if let id = admit(descriptor), let slot = slot(of: id) { greet(slot) }
                continue
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                refuseOne(from: listener)
                pause(index)
                return
            default: return
            }
        }
    }

    /// Serves a new connection at once: mostly its first call is there, or its client has gone.
    private func greet(_ slot: UnsafeMutablePointer<Slot>) {
        let account = slot.pointee.account
        guard account.pointee.queue.isEmpty, !turns.isOver(for: account) else { return }
        turns.skip()
        readOnce(slot)
        settle(slot)
        charge(account)
    }

    /// At the limit of descriptors: gives up the reserve for a moment to tell one client.
    private func refuseOne(from listener: CInt) {
        guard spareDescriptor >= 0 else { return }
        close(spareDescriptor)
        let descriptor = accept4(listener, nil, nil, Self.acceptFlags)
        if descriptor >= 0 { refuse(descriptor, limit: "descriptors", maximum: count) }
        spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    /// Leaves clients in the queue of the socket until a descriptor may be free again.
    private func pause(_ index: Int) {
        guard !listeners[index].isPaused else { return }
        listeners[index].isPaused = true
        unwatch(listeners[index].descriptor)
        schedule(MonotonicClock.now() + 100)
    }

    func resumeListeners() {
        for index in listeners.indices where listeners[index].isPaused {
            listeners[index].isPaused = false
            if spareDescriptor < 0 { spareDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
            do throws(SystemError) {
                try watch(listeners[index].descriptor, for: Self.input, tag: Tag.listener | UInt64(index))
            } catch {
                pause(index)
            }
        }
    }

    @discardableResult
    func admit(_ descriptor: CInt) -> ConnectionID? {
        let peer =
            PeerCredentials(socket: descriptor)
            ?? PeerCredentials(processID: 0, userID: uid_t.max, groupID: gid_t.max)
        if count >= limits.connections {
            refuse(descriptor, limit: "connections", maximum: limits.connections)
            return nil
        }
        let account = account(of: peer.userID)
        if account.pointee.connectionCount >= limits.connectionsPerUser {
            refuse(descriptor, limit: "connections_per_user", maximum: limits.connectionsPerUser)
            return nil
        }
        let index = freeSlots.popLast() ?? newSlot()
        generation &+= 1
        let id = ConnectionID(slot: index, generation: generation & 0x3FFF_FFFF)
        let slot: UnsafeMutablePointer<Slot>
        if let used = slots[Int(index)] {
            slot = used
            slot.deinitialize(count: 1)
        } else {
            slot = .allocate(capacity: 1)
            slots[Int(index)] = slot
        }
        slot.initialize(
            to: Slot(
                descriptor: descriptor, generation: id.generation,
                account: account, connection: Connection(id: id, peer: peer, limits: limits)))
        slot.pointee.lastActivity = MonotonicClock.now()
        do throws(SystemError) {
            slot.pointee.interest = Self.input
            try watch(descriptor, for: Self.input, tag: Self.tag(id))
        } catch {
            close(descriptor)
            release(slot)
            return nil
        }
        count += 1
        account.pointee.connectionCount += 1
        statistics.accepted += 1
        if let deadline = deadline(of: slot) { schedule(deadline) }
        return id
    }

    private func refuse(_ descriptor: CInt, limit: String, maximum: Int) {
        statistics.refused += 1
        if refusal != nil { tell(descriptor, limit: limit, maximum: maximum) }
        close(descriptor)
    }

    func tell(_ descriptor: CInt, limit: String, maximum: Int) {
        var reply = ReplyWriter()
        reply.error(refusalError(limit: limit, maximum: maximum))
        let bytes = reply.json.bytes
        _ = send(descriptor, bytes.baseAddress, bytes.count, Self.noSignal | Self.dontWait)
    }

    func refusalError(limit: String, maximum: Int) -> VarlinkError {
        guard let refusal else { return .permissionDenied }
        return VarlinkError(refusal.errorName, ["limit": .string(limit), "maximum": .integer(Int64(maximum))])
    }
}
