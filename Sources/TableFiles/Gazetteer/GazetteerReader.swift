import Glibc
import Legality

/// Reads the gazetteer of a table.
public enum GazetteerReader {
    /// What to do where a directory has none of the files.
    public enum Absence: Sendable {
        /// It is a fault.
        case refused
        /// The gazetteer is empty: only what the table itself has resolves.
        case allowed
    }

    /// Reads the gazetteer of the table in a directory, from the directory's `gazetteer` folder.
    ///
    /// - Returns: an empty gazetteer where there is a fault.
    public static func read(
        tableDirectory: String, absence: Absence = .refused
    ) -> (gazetteer: Gazetteer, faults: [Fault]) {
        var files: [TableFile] = []
        for name in Gazetteer.Files.names {
            if let bytes = contents(of: "\(tableDirectory)/gazetteer/\(name)") {
                files.append(TableFile(path: "gazetteer/\(name)", bytes: bytes))
            }
        }
        return read(files, absence: absence)
    }

    /// Reads the gazetteer among the files of a table. One that lacks some of its files is a fault.
    static func read(_ files: [TableFile], absence: Absence) -> (gazetteer: Gazetteer, faults: [Fault]) {
        var bytes: [String: [UInt8]] = [:]
        for file in files where file.isGazetteer {
            bytes[String(file.path.dropFirst("gazetteer/".count))] = file.bytes
        }
        let missing = Gazetteer.Files.names.filter { bytes[$0] == nil }
        if missing.count == Gazetteer.Files.names.count, case .allowed = absence { return (.empty, []) }
        guard missing.isEmpty else {
            return (.empty, missing.map { Fault(file: "gazetteer/\($0)", message: "the file is missing") })
        }
        func file(_ name: String) -> [UInt8] { bytes[name] ?? [] }
        do {
            let gazetteer = try Gazetteer(
                files: Gazetteer.Files(
                    countries: file(Gazetteer.Files.countriesName),
                    subdivisions: file(Gazetteer.Files.subdivisionsName),
                    aliases: file(Gazetteer.Files.aliasesName), relations: file(Gazetteer.Files.relationsName),
                    divisions: file(Gazetteer.Files.divisionsName), zipCodes: file(Gazetteer.Files.zipCodesName)))
            return (gazetteer, [])
        } catch {
            return (.empty, [Fault(file: "gazetteer/\(error.file)", line: error.line, message: error.message)])
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = 0
            guard let start = buffer.baseAddress else { return }
            while count < size {
                let got = Glibc.read(descriptor, start + count, size - count)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                count += got
            }
        }
        return bytes.count == size ? bytes : nil
    }
}
