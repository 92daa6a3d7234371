import Legality

/// Reads the table of a directory and checks all of it.
///
/// A reader keeps nothing between readings and can be used from any thread; a reading opens every file once and uses
/// the machine's processors if it may. What it gives is a whole table or none.
public struct TableReader: Sendable {
    /// The table's directory, as it was given.
    public let directory: String
    public let limits: TableLimits
    /// Only a table that passes is looked into; nil: nobody has to have signed it.
    public let signatureCheck: SignatureCheck?
    /// Whether files are read side by side on all processors, or on the calling thread alone.
    public var usesEveryProcessor = true

    public init(directory: String, limits: TableLimits = .default, signatureCheck: SignatureCheck? = nil) {
        self.directory = directory
        self.limits = limits
        self.signatureCheck = signatureCheck
    }

    /// The table as its files are now, or everything that is wrong with it.
    public func read() -> TableReading {
        let contents = TableDirectory(path: directory, limits: limits).read()
        if let signatureCheck, !contents.files.isEmpty {
            guard let digest = TableDigest.sha256(of: contents.files) else {
                return .refused([Fault(file: ".", message: "libgcrypt cannot make the digest")])
            }
            if let fault = signatureCheck.fault(digest: digest, signature: contents.signature) {
                return .refused(contents.faults + [fault])
            }
        }
        return TableAssembly(contents: contents, limits: limits, isConcurrent: usesEveryProcessor).reading()
    }

    /// The table that files already in memory make, on this thread alone.
    package static func read(
        files: [(path: String, bytes: [UInt8])], limits: TableLimits = .default
    ) -> TableReading {
        var contents = DirectoryContents()
        contents.files = files.map { TableFile(path: $0.path, bytes: $0.bytes) }
        contents.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return TableAssembly(contents: contents, limits: limits, isConcurrent: false).reading()
    }
}

/// Puts a table together from files already read.
private struct TableAssembly {
    let contents: DirectoryContents
    let limits: TableLimits
    var isConcurrent = true

    func reading() -> TableReading {
        // A directory that cannot be opened lacks nothing further.
        if contents.files.isEmpty, !contents.faults.isEmpty { return .refused(contents.faults.sorted()) }
        var faults = contents.faults
        let (information, informationFaults) = decode("table.yaml") { InformationDecoder(values: $0).decode($1) }
        let (vocabulary, vocabularyFaults) = decode("substances.yaml") { VocabularyDecoder(values: $0).decode($1) }
        faults += informationFaults + vocabularyFaults

        let parts = readParts(substances: vocabulary?.known, tableDate: information?.date)
        var digest: String?
        var gazetteer = Gazetteer.empty
        var drafts: [JurisdictionDraft] = []
        var unreadable = Set(contents.faults.map { TableFile.id(ofFileAt: $0.file) })
        for part in parts {
            switch part {
            case .digest(let value):
                digest = value
                if value == nil { faults.append(Fault(file: ".", message: "libgcrypt cannot make the digest")) }
            case .gazetteer(let read, let found):
                gazetteer = read
                faults += found
            case .jurisdictions(let file, let read):
                drafts += read.drafts
                faults += read.faults
                if read.drafts.first?.isLocality != false { unreadable.insert(file.expectedID) }
            }
        }
        faults += TableChecks(
            drafts: drafts, unreadable: unreadable, tableDate: information?.date, gazetteer: gazetteer
        )
        .faults()
        faults.sort()

        guard !faults.contains(where: { $0.severity == .fault }), let information, let vocabulary, let digest,
            let version = information.version, let date = information.date
        else { return .refused(faults) }
        let table = Table(
            version: version, digest: digest, vocabulary: vocabulary.vocabulary,
            jurisdictions: drafts.map(\.jurisdiction), gazetteer: gazetteer)
        return .accepted(
            table,
            TableInformation(
                version: version, date: date, title: information.title, licence: information.licence,
                fileCount: contents.files.count, size: contents.size),
            warnings: faults)
    }

    /// What a file that has to be there says.
    private func decode<Value>(
        _ path: String, _ read: (ValueReader, YAMLNode) -> Value?
    ) -> (value: Value?, faults: [Fault]) {
        guard let file = contents.files.first(where: { $0.path == path }) else {
            guard !contents.faults.contains(where: { $0.file == path }) else { return (nil, []) }
            return (nil, [Fault(file: path, message: "the file is missing")])
        }
        let log = FaultLog(file: path, limit: limits.faultsPerFile)
        let value = YAMLComposer(log: log, limits: limits).compose(file.bytes).flatMap {
            read(ValueReader(log: log), $0)
        }
        return (value, log.faults)
    }

    private enum Part: Sendable {
        case digest(String?)
        case gazetteer(Gazetteer, [Fault])
        case jurisdictions(TableFile, JurisdictionFile)
    }

    /// Everything that can be read side by side; the largest pieces begin first, the results stand in their order.
    private func readParts(substances: KnownSubstances?, tableDate: CivilDate?) -> [Part] {
        let contents = contents
        let limits = limits
        var work: [@Sendable () -> Part] = [
            {
                let (gazetteer, faults) = GazetteerReader.read(contents.files, absence: .allowed)
                return .gazetteer(gazetteer, faults)
            },
            { .digest(TableDigest.sha256(of: contents.files)) },
        ]
        for file in contents.files
        where !file.isGazetteer && file.path != "table.yaml" && file.path != "substances.yaml" {
            work.append {
                .jurisdictions(
                    file,
                    JurisdictionDecoder(file: file, substances: substances, tableDate: tableDate, limits: limits)
                        .decode())
            }
        }
        return isConcurrent ? concurrentMap(work) { $0() } : work.map { $0() }
    }
}
