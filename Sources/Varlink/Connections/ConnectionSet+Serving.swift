import Glibc

/// What is done with one connection when it is its turn.
extension ConnectionSet {
    static let readSize = 64 * 1024
    /// Storage for replies beyond this is given back when it is empty.
    private static let keptOutput = 256 * 1024

    func handle(_ slot: UnsafeMutablePointer<Slot>, event: UInt32, now: Int) {
        slot.pointee.lastActivity = now
        if event & Self.hangUp != 0 { slot.pointee.connection.endReading() }
        if event & Self.output != 0 {
            flush(slot)
            guard slot.pointee.descriptor >= 0 else { return }
        }
        if event & Self.input != 0, slot.pointee.connection.wantsInput {
            readOnce(slot)
        } else if event & (Self.hangUp | Self.error) != 0, !slot.pointee.isQueued, !slot.pointee.connection.hasWork {
            // No one reads any more, and nothing is left to be read or carried out.
            return remove(slot)
        }
        settle(slot)
    }

    /// Reads what one system call gives, and answers it.
    @inline(__always)
    func readOnce(_ slot: UnsafeMutablePointer<Slot>) {
        let received = recv(slot.pointee.descriptor, readBuffer.baseAddress, Self.readSize, Self.dontWait)
        if received > 0 {
            let before = slot.pointee.connection.callCount
            prepare(slot)
            slot.pointee.connection.receive(
                UnsafeRawBufferPointer(start: readBuffer.baseAddress, count: received), service: service)
            statistics.calls &+= slot.pointee.connection.callCount &- before
        } else if received == 0 {
            slot.pointee.connection.endInput()
        } else if errno != EAGAIN, errno != EINTR {
            remove(slot)
        }
    }

    private func flush(_ slot: UnsafeMutablePointer<Slot>) {
        while slot.pointee.connection.hasOutput {
            let output = slot.pointee.connection.output
            let sent = send(slot.pointee.descriptor, output.baseAddress, output.count, Self.noSignal | Self.dontWait)
            if sent >= 0 {
                slot.pointee.connection.outputSent(sent)
                if sent < output.count { return }
            } else if errno == EINTR {
                continue
            } else if errno == EAGAIN {
                return
            } else {
                return slot.pointee.connection.endReading()
            }
        }
    }

    /// Brings a connection into order after something was done with it: sends, queues, watches, closes.
    func settle(_ slot: UnsafeMutablePointer<Slot>) {
        guard slot.pointee.descriptor >= 0 else { return }
        if slot.pointee.connection.hasOutput { flush(slot) }
        guard slot.pointee.descriptor >= 0 else { return }
        reclaimOutput(slot)
        noteWaiting(slot)
        if isDraining { finishForDrain(slot) }
        if slot.pointee.connection.isFinished { return remove(slot) }
        if slot.pointee.connection.hasWork { enqueue(slot) }
        noteTimes(slot)
        let wanted =
            (slot.pointee.connection.wantsInput ? Self.input : 0)
            | (slot.pointee.connection.hasOutput ? Self.output : 0)
        if wanted != slot.pointee.interest { change(slot, interest: wanted) }
    }

    /// Before calls are answered: lends storage for the replies, and says whether calls may wait.
    @inline(__always)
    func prepare(_ slot: UnsafeMutablePointer<Slot>) {
        slot.pointee.connection.mayWait = monitorCount < limits.waitingCalls
        slot.pointee.connection.turnEnd = turns.end(for: slot.pointee.account, now: now)
        if slot.pointee.connection.reply.json.buffer.capacity == 0 {
            swap(&slot.pointee.connection.reply.json.buffer, &lentOutput)
        }
    }

    @inline(__always)
    private func reclaimOutput(_ slot: UnsafeMutablePointer<Slot>) {
        guard !slot.pointee.connection.hasOutput, slot.pointee.connection.reply.json.buffer.capacity > 0 else { return }
        if lentOutput.capacity == 0, slot.pointee.connection.reply.json.buffer.capacity <= Self.keptOutput {
            swap(&slot.pointee.connection.reply.json.buffer, &lentOutput)
        } else {
            slot.pointee.connection.reply.json.buffer.releaseIfEmpty()
        }
    }

    private func finishForDrain(_ slot: UnsafeMutablePointer<Slot>) {
        if slot.pointee.connection.holdsCalls || slot.pointee.connection.callCount == 0 { return }
        if slot.pointee.connection.isMakingOneReply { return }
        if slot.pointee.connection.isWaiting, !slot.pointee.connection.isWaitingForSeveral { return }
        forgetWaiting(slot)
        slot.pointee.connection.end(.drained)
    }

    func remove(_ slot: UnsafeMutablePointer<Slot>) {
        guard slot.pointee.descriptor >= 0 else { return }
        switch slot.pointee.connection.ending {
        case .violation: statistics.violations += 1
        case .oversizedFrame: statistics.oversizedFrames += 1
        case .slowReader: statistics.slowReaders += 1
        case .drained, nil: break
        }
        leave(slot.pointee.account)
        count -= 1
        // Closing takes it out of the epoll set too.
        close(slot.pointee.descriptor)
        slot.pointee.descriptor = -1
        forgetWaiting(slot)
        release(slot)
        if !listeners.isEmpty { resumeListeners() }
    }
}
