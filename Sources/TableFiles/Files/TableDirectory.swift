import Glibc

/// Reads the files of a table's directory, each once, and trusts none of them.
struct TableDirectory {
    let path: String
    let limits: TableLimits

    /// Every file of the table, or why not. Files that are no part of a table (hidden ones, editors' backups, texts
    /// for people) are passed over; files that look as if somebody meant them for the table are faults.
    func read() -> DirectoryContents {
        var reader = DirectoryReader(limits: limits)
        reader.read(path)
        reader.result.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return reader.result
    }
}

/// One pass over a directory.
private struct DirectoryReader {
    let limits: TableLimits
    var result = DirectoryContents()
    private var size = 0
    /// Where the directory really is; what a link leads to has to lie beneath.
    private var realPath = ""
    /// What was read, to be looked at again at the end. The files stay open until then, so that no new file can take
    /// over the number of one that was replaced.
    private var held: [(path: String, identity: FileIdentity, descriptor: CInt)] = []

    init(limits: TableLimits) { self.limits = limits }

    mutating func read(_ path: String) {
        let directory = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else {
            return fault(".", errno == ENOENT ? "there is no such directory" : "cannot open: \(systemError())")
        }
        defer {
            release()
            close(directory)
        }
        guard let real = pathOfDescriptor(directory) else {
            return fault(".", "cannot find out where the directory lies: \(systemError())")
        }
        realPath = real
        let before = FileIdentity(directory)
        readFolder(directory, prefix: "")
        if FileIdentity(directory) != before {
            fault(".", "changed while the table was being read", hint: "read it again")
        }
        // What was added or replaced while the rest was being read belongs to another version of the table. What is
        // still the same now was there all together when the last file was read.
        for (path, identity, _) in held where FileIdentity(of: path, in: directory) != identity {
            fault(path, "changed while the table was being read", hint: "read it again")
        }
    }

    private mutating func release() {
        for (_, _, descriptor) in held where descriptor >= 0 { close(descriptor) }
        held.removeAll()
    }

    /// Opens an entry for reading. Where the process has no descriptor left the ones held are given up.
    private mutating func open(_ name: String, in folder: CInt, _ flags: CInt = 0) -> CInt {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags
        let descriptor = openat(folder, name, flags)
        guard descriptor < 0, errno == EMFILE || errno == ENFILE else { return descriptor }
        for index in held.indices where held[index].descriptor >= 0 {
            close(held[index].descriptor)
            held[index].descriptor = -1
        }
        return openat(folder, name, flags)
    }

    private mutating func readFolder(_ folder: CInt, prefix: String) {
        guard let names = names(in: folder, prefix: prefix) else { return }
        for name in names {
            guard result.files.count < limits.fileCount else {
                return fault(prefix.isEmpty ? "." : prefix, "more than \(limits.fileCount) files")
            }
            readEntry(name, in: folder, prefix: prefix)
        }
    }

    private mutating func readEntry(_ name: String, in folder: CInt, prefix: String) {
        let path = prefix + name
        let role = FileRole(path: path)
        if case .ignored = role { return }
        var descriptor = open(name, in: folder, O_NOFOLLOW)
        if descriptor < 0 {
            guard errno == ELOOP else { return fault(path, "cannot open: \(systemError())") }
            descriptor = open(name, in: folder)
            guard descriptor >= 0 else {
                return fault(path, "a symbolic link that leads nowhere: \(systemError())")
            }
            guard checkLink(descriptor, path: path) else {
                close(descriptor)
                return
            }
        }
        if let identity = readOpened(descriptor, path: path, role: role) {
            held.append((path, identity, descriptor))
        } else {
            close(descriptor)
        }
    }

    /// Whether a link leads to a file of the same directory.
    private mutating func checkLink(_ descriptor: CInt, path: String) -> Bool {
        guard let real = pathOfDescriptor(descriptor), real.hasPrefix(realPath + "/") else {
            fault(path, "a symbolic link that leaves the directory", hint: "put the file itself here")
            return false
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            fault(path, "a symbolic link to something that is no file", hint: "put the files themselves here")
            return false
        }
        return true
    }

    /// Reads a file or folder; what it was when that began, or nil where it is no part of the table.
    private mutating func readOpened(_ descriptor: CInt, path: String, role: FileRole) -> FileIdentity? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            fault(path, "cannot examine: \(systemError())")
            return nil
        }
        let identity = FileIdentity(status)
        switch (status.st_mode & S_IFMT, role) {
        case (S_IFDIR, .folder):
            readFolder(descriptor, prefix: path + "/")
            return identity
        case (S_IFDIR, _):
            fault(
                path, "not a folder of the table",
                hint: "folders are gazetteer and one for each country's subdivisions (us/al.yaml)")
        case (S_IFREG, .table(nil)):
            readFile(descriptor, path: path, before: identity)
            return identity
        case (S_IFREG, .table(let problem?)), (S_IFREG, .folder(let problem?)):
            fault(path, problem.message, hint: problem.hint)
        case (S_IFREG, .signature):
            if status.st_size <= SignatureCheck.sizeLimit {
                result.signature = bytes(of: descriptor, count: Int(status.st_size))
            }
        case (S_IFREG, _):
            break
        default:
            fault(path, "neither a file nor a folder")
        }
        return nil
    }

    private mutating func readFile(_ descriptor: CInt, path: String, before: FileIdentity) {
        let limit = path.hasPrefix("gazetteer/") ? limits.gazetteerFileSize : limits.fileSize
        guard before.size <= limit else {
            return fault(path, "has \(before.size) bytes; a file may have \(limit) at most")
        }
        size += before.size
        guard size <= limits.totalSize else {
            return fault(path, "the table's files have more than \(limits.totalSize) bytes together")
        }
        // One byte more than expected, to notice a file that grows.
        let bytes = bytes(of: descriptor, count: before.size + 1)
        guard bytes.count == before.size, FileIdentity(descriptor) == before else {
            return fault(path, "changed while it was being read", hint: "read it again")
        }
        result.files.append(TableFile(path: path, bytes: bytes))
    }

    /// So many bytes, or fewer where the file ends or cannot be read further.
    private func bytes(of descriptor: CInt, count wanted: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            count = 0
            guard let start = buffer.baseAddress else { return }
            while count < wanted {
                let got = Glibc.read(descriptor, start + count, wanted - count)
                if got < 0 && errno == EINTR { continue }
                if got <= 0 { break }
                count += got
            }
        }
    }

    /// The names in a folder, sorted.
    private mutating func names(in folder: CInt, prefix: String) -> [String]? {
        let copy = fcntl(folder, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0, let stream = fdopendir(copy) else {
            if copy >= 0 { close(copy) }
            fault(prefix.isEmpty ? "." : prefix, "cannot list: \(systemError())")
            return nil
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            guard let name else {
                fault(prefix.isEmpty ? "." : prefix, "holds a file whose name is not UTF-8")
                continue
            }
            if name != "." && name != ".." { names.append(name) }
            guard names.count <= limits.fileCount else { break }
        }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return names
    }

    private mutating func fault(_ path: String, _ message: String, hint: String? = nil) {
        result.faults.append(Fault(file: path.printable, message: message, hint: hint))
    }

    /// Where an open file lies, links resolved.
    private func pathOfDescriptor(_ descriptor: CInt) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/fd/\(descriptor)", &buffer, Int(PATH_MAX))
        guard length > 0 else { return nil }
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func systemError() -> String { String(cString: strerror(errno)) }
}

/// What tells one version of a file from another.
private struct FileIdentity: Equatable {
    let device: UInt
    let number: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    init?(_ descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(of path: String, in directory: CInt) {
        var status = stat()
        guard fstatat(directory, path, &status, 0) == 0 else { return nil }
        self.init(status)
    }
}
