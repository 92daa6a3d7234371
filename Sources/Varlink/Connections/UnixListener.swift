import CLinux
import Glibc

/// A listening Unix socket in the file system.
///
/// Takes nothing that belongs to others: not the socket of a living server, nor a file that is no socket. The socket of
/// a dead server is replaced; servers that start at the same time take turns by a lock on the directory, so that only
/// one of them gets the path.
public final class UnixListener {
    /// Why a path cannot be listened on.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// The path is empty, has a NUL byte in it, or does not fit the address of a socket.
        case unusablePath(String, maximumLength: Int)
        /// A server listens there.
        case inUse(String)
        /// There is something else than a socket.
        case notASocket(String)
        /// The directory that the socket is to lie in.
        case directory(SystemError)
        case system(SystemError)

        public var description: String {
            switch self {
            case .unusablePath(let path, let maximum):
                path.isEmpty
                    ? "the path of the socket is empty"
                    : "the path of the socket is \(path.utf8.count) bytes long, at most \(maximum) are possible: \(path)"
            case .inUse(let path): "the socket is in use by another server: \(path)"
            case .notASocket(let path): "the path of the socket is taken by something that is no socket: \(path)"
            case .directory(let error), .system(let error): error.description
            }
        }
    }

    /// Non-blocking; closed by ``close()``.
    public let descriptor: CInt
    /// Nil for a socket that was passed on.
    public let path: String?
    /// The file that was made, so that only it is removed.
    private let identity: (device: dev_t, inode: ino_t)?
    private var isClosed = false

    /// Listens on a path.
    ///
    /// - Parameters:
    ///   - mode: the permissions of the socket; who may write may connect.
    ///   - makingDirectory: makes the directory, with mode 0755, if only it is missing.
    public init(
        path: String, mode: mode_t = 0o666, backlog: CInt = 256, makingDirectory: Bool = false
    ) throws(Failure) {
        guard UnixAddress.withAddress(path, { _, _ in true }) != nil else {
            throw .unusablePath(path, maximumLength: UnixAddress.maximumLength)
        }
        let directory = Self.directory(of: path)
        if makingDirectory, mkdir(directory, 0o755) != 0, errno != EEXIST {
            throw .directory(SystemError("mkdir", subject: directory))
        }
        let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw .directory(SystemError("open", subject: directory)) }
        // Closing gives the lock back.
        defer { Glibc.close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .directory(SystemError("lock", subject: directory)) }
        }
        try Self.clear(path)

        let descriptor = socket(
            AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(SystemError("socket")) }
        // No one may connect before the permissions are right; until then it does not listen anyway. On Linux the file has
        // those of the socket. (A umask would be the whole process's, and other threads make files too.)
        fchmod(descriptor, 0o600)
        guard UnixAddress.withAddress(path, { bind(descriptor, $0, $1) }) == 0 else {
            let error = SystemError("bind", subject: path)
            Glibc.close(descriptor)
            throw .system(error)
        }
        var status = stat()
        guard chmod(path, mode) == 0, lstat(path, &status) == 0, Glibc.listen(descriptor, backlog) == 0 else {
            let error = SystemError("listen", subject: path)
            unlink(path)
            Glibc.close(descriptor)
            throw .system(error)
        }
        self.descriptor = descriptor
        self.path = path
        identity = (status.st_dev, status.st_ino)
    }

    /// Takes over a socket that listens already (passed by systemd). Its file is never removed.
    public init(adopting descriptor: CInt) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
        path = nil
        identity = nil
    }

    deinit { close() }

    /// Whether whoever connects to the path comes here: false once the file was removed or replaced. A socket that was
    /// passed on is taken to be in its place.
    public var isInPlace: Bool {
        guard let path, let identity else { return true }
        var status = stat()
        return lstat(path, &status) == 0 && status.st_dev == identity.device && status.st_ino == identity.inode
    }

    /// Stops listening and removes the file, if it is still the one that was made.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        if let path, let identity {
            let directory = open(Self.directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if directory >= 0 { flock(directory, LOCK_EX) }
            var status = stat()
            if lstat(path, &status) == 0, status.st_dev == identity.device, status.st_ino == identity.inode {
                unlink(path)
            }
            if directory >= 0 { Glibc.close(directory) }
        }
        Glibc.close(descriptor)
    }

    /// Removes the socket of a dead server; leaves everything else alone.
    private static func clear(_ path: String) throws(Failure) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .system(SystemError("stat", subject: path))
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw .system(SystemError("socket")) }
        defer { Glibc.close(probe) }
        let connected = UnixAddress.withAddress(path) { connect(probe, $0, $1) } ?? -1
        if connected == 0 { throw .inUse(path) }
        switch errno {
        case ECONNREFUSED: break
        case ENOENT: return
        // Its queue is full, or it is a socket of another kind: someone is there.
        case EAGAIN, EPROTOTYPE: throw .inUse(path)
        default: throw .system(SystemError("connect", subject: path))
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw .system(SystemError("unlink", subject: path)) }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
