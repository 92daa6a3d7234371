import CSystemd
import Glibc

/// A signal that the process was sent.
public struct Signal: Hashable, Sendable {
    /// The number, such as `SIGHUP`.
    public let number: Int32
    /// The process that sent it; 0 if the kernel did or the process lies in a name space of its own.
    public let sender: pid_t
    /// The user of that process.
    public let senderUser: uid_t

    init(_ info: signalfd_siginfo) {
        number = Int32(bitPattern: info.ssi_signo)
        sender = pid_t(bitPattern: info.ssi_pid)
        senderUser = info.ssi_uid
    }
}
