import CLinux
import Glibc

/// What the kernel watches, and by which names it reports.
extension ConnectionSet {
    enum Tag {
        static let wake: UInt64 = 1 << 63
        static let timer: UInt64 = 1 << 63 | 1
        static let listener: UInt64 = 1 << 62
    }

    static let input = EPOLLIN.rawValue
    static let output = EPOLLOUT.rawValue
    static let hangUp = EPOLLHUP.rawValue
    static let error = EPOLLERR.rawValue
    /// Nothing but the end of a connection, and that once.
    static let onceOnly = EPOLLET.rawValue
    static let dontWait = CInt(MSG_DONTWAIT)
    static let noSignal = CInt(MSG_NOSIGNAL)

    static func tag(_ id: ConnectionID) -> UInt64 {
        UInt64(id.generation) << 32 | UInt64(id.slot)
    }

    func watch(_ descriptor: CInt, for interest: UInt32, tag: UInt64) throws(SystemError) {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = tag
        guard epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_ADD), descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    func unwatch(_ descriptor: CInt) {
        var event = epoll_event()
        epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_DEL), descriptor, &event)
    }

    func change(_ slot: UnsafeMutablePointer<Slot>, interest: UInt32) {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = Self.tag(slot.pointee.connection.id)
        guard epoll_ctl(epollDescriptor, CInt(EPOLL_CTL_MOD), slot.pointee.descriptor, &event) == 0 else {
            return remove(slot)
        }
        slot.pointee.interest = interest
    }
}
