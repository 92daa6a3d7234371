import Glibc
import Logging
import Testing

@testable import Systemd

@Suite struct `A journal entry` {
    private func entry(
        level: Logger.Level = .error, message: String = "refused", metadata: Logger.Metadata = [:]
    ) -> JournalEntry {
        JournalEntry(
            level: level, message: message, metadata: metadata, identifier: "legalityd", file: "Module/File.swift",
            function: "load()", line: 12)
    }

    @Test func `has metadata as upper-case fields, beside the fixed ones`() {
        let fields = entry(
            metadata: [
                "message-id": "\(MessageID.reloadRefused)", "table-version": "2026.11.21", "file": "us/al.yaml",
                "line": "7",
            ]
        ).fields
        #expect(
            fields == [
                "MESSAGE=refused", "PRIORITY=3", "SYSLOG_IDENTIFIER=legalityd", "CODE_FILE=Module/File.swift",
                "CODE_LINE=12", "CODE_FUNC=load()", "FILE=us/al.yaml", "LINE=7",
                "MESSAGE_ID=8b95f6f811cc4570844fef0dfefabbea", "TABLE_VERSION=2026.11.21",
            ])
    }

    @Test func `keeps its fixed fields whatever the metadata says`() {
        let fields = entry(metadata: ["message": "other", "Priority": "0", "_syslog_identifier": "sshd"]).fields
        #expect(fields.count == 6)
        #expect(fields.contains("MESSAGE=refused"))
    }

    @Test(
        arguments: [
            ("table.version", "TABLE_VERSION"), ("_trusted", "TRUSTED"), ("1st", "ST"), ("größe", "GR____E"),
            ("__", nil), ("", nil), (String(repeating: "a", count: 80), String(repeating: "A", count: 64)),
        ] as [(String, String?)])
    func `makes a field name that the journal accepts, or none`(key: String, name: String?) {
        #expect(JournalEntry.fieldName(for: key) == name)
    }

    @Test func `is one plain line without control characters and without what only programs read`() {
        let line = entry(
            message: "two\nlines\u{1B}[31m", metadata: ["message-id": "\(MessageID.started)", "file": "us/al.yaml"]
        ).plainLine
        #expect(line == "legalityd: error: two lines [31m file=us/al.yaml")
    }

    @Test func `has the priority of its level`() {
        let levels: [Logger.Level] = [.trace, .debug, .info, .notice, .warning, .error, .critical]
        #expect(levels.map(\.syslogPriority) == [7, 7, 6, 5, 4, 3, 2])
        #expect(
            (-1...8).map { Logger.Level(syslogPriority: $0) } == [
                nil, .critical, .critical, .critical, .error, .warning, .notice, .info, .debug, nil,
            ])
    }
}

@Suite struct `The journal log handler` {
    @Test func `takes the journal only if standard error is the stream that the manager named`() throws {
        let pipe = try Pipe()
        var status = stat()
        try #require(fstat(pipe.writing, &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        let directory = try TemporaryDirectory()
        let journal = "\(directory.path)/journal"
        let socket = try BoundSocket(path: journal, type: SOCK_DGRAM)
        defer { withExtendedLifetime(socket) {} }
        typealias Destination = JournalLogHandler.Destination
        #expect(Destination.detected(stream: stream, descriptor: pipe.writing, socket: journal) == .journal)
        #expect(Destination.detected(stream: nil, descriptor: pipe.writing, socket: journal) == .standardError)
        #expect(Destination.detected(stream: stream, descriptor: -1, socket: journal) == .standardError)
        #expect(
            Destination.detected(stream: stream, descriptor: pipe.writing, socket: "/nowhere") == .standardError)
        for wrong in ["", ":", "\(status.st_dev)", "\(status.st_dev):\(status.st_ino + 1)", stream + ":", "a:b"] {
            #expect(
                Destination.detected(stream: wrong, descriptor: pipe.writing, socket: journal) == .standardError)
        }
    }

    @Test func `writes plain lines to standard error when that is no journal`() throws {
        let program = try TestProgram("log")
        #expect(
            program.readOutput() == """
                legalityd: loaded table-version=2026.11.21
                legalityd: warning: two lines file=us/al.yaml

                """)
    }

    @Test func `is heard on standard error if the journal does not listen`() throws {
        // With a journal on this machine the lines go there instead, and standard error stays silent.
        let journalListens = access("/run/systemd/journal/socket", F_OK) == 0
        let output = try TestProgram("log-to-journal").readOutput()
        if journalListens {
            #expect(output == "")
        } else {
            #expect(output.hasPrefix("legalityd: loaded table-version=2026.11.21\n"))
        }
    }
}

@Suite struct `Message ids` {
    @Test func `are four different numbers of 128 bits`() {
        let ids: [MessageID] = [.started, .reloaded, .reloadRefused, .stopping]
        #expect(Set(ids).count == 4)
        for id in ids {
            #expect(id.description.count == 32 && id.description.allSatisfy { "0123456789abcdef".contains($0) })
        }
    }
}
