import CLinux
import Glibc

/// Times: how long a connection may do nothing, leave a call half sent or its replies unread.
extension ConnectionSet {
    /// Ends connections whose time is up. Called by ``serve()`` in time; of use in tests.
    ///
    /// - Parameter now: in the milliseconds of ``MonotonicClock``.
    public func expire(now: Int) {
        resumeListeners()
        var earliest = Int.max
        for index in slots.indices {
            guard let slot = slots[index], slot.pointee.descriptor >= 0 else { continue }
            guard let deadline = deadline(of: slot) else { continue }
            if deadline <= now {
                statistics.expired += 1
                if slot.pointee.partialSince != 0, !slot.pointee.connection.hasOutput, refusal != nil {
                    tell(slot.pointee.descriptor, limit: "request_time", maximum: limits.frameTime)
                }
                remove(slot)
            } else {
                earliest = min(earliest, deadline)
            }
        }
        if earliest < Int.max { schedule(earliest) }
    }

    func deadline(of slot: UnsafeMutablePointer<Slot>) -> Int? {
        let time: (since: Int, limit: Int)
        if slot.pointee.connection.hasOutput {
            time = (slot.pointee.lastActivity, limits.stallTime)
        } else if slot.pointee.partialSince != 0 {
            time = (slot.pointee.partialSince, limits.frameTime)
        } else if slot.pointee.connection.isIdle {
            time = (slot.pointee.lastActivity, limits.idleTime)
        } else {
            return nil
        }
        return time.limit == 0 ? nil : time.since + time.limit
    }

    func noteTimes(_ slot: UnsafeMutablePointer<Slot>) {
        if slot.pointee.connection.hasPartialCall {
            if slot.pointee.partialSince == 0 { slot.pointee.partialSince = slot.pointee.lastActivity }
        } else {
            slot.pointee.partialSince = 0
        }
        // Deadlines mostly move further away; then the timer that is set is early enough.
        if let deadline = deadline(of: slot) { schedule(deadline) }
    }

    func schedule(_ deadline: Int) {
        guard deadline < timerDeadline else { return }
        timerDeadline = deadline
        // The coarse clock may lag behind by a tick or two: better late than twice.
        let milliseconds = deadline + 10
        var time = itimerspec()
        time.it_value.tv_sec = milliseconds / 1000
        time.it_value.tv_nsec = milliseconds % 1000 * 1_000_000
        timerfd_settime(timerDescriptor, CInt(TFD_TIMER_ABSTIME), &time, nil)
    }
}
