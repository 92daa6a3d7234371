import Foundation
import Testing
import Varlink

/// What may happen to the table's files while they are read: the new table is taken whole or refused whole.
@Suite("A fault of the table's files")
struct FileFaultTests {
    /// Reloads, expecting a refusal.
    private func refusal(_ daemon: TestDaemon) throws -> String {
        let error = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
        guard case .refused(let refusal)? = error, refusal.name == "org.legalityd.Lookup.TableRefused" else {
            return "\(String(describing: error))"
        }
        return refusal.parameters["fault"]?.stringValue ?? ""
    }

    private func version(_ daemon: TestDaemon) throws -> String? {
        try daemon.check("CH")["table"]?.stringValue
    }

    @Test("that the kernel reports (EIO) refuses the reload and names the file; a slow disk's crumbs do not matter")
    func readingFails() throws {
        guard let shim = try FaultShim() else { return }
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), environment: shim.environment)
        try SmallTable.write(version: 1, to: directory)
        try shim.order("eio /ch.yaml")
        #expect(try refusal(daemon).hasPrefix("ch.yaml:1:1: "))
        #expect(try version(daemon) == "2026.01.01.0")
        try shim.order("short /ch.yaml")
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try version(daemon) == "2026.01.01.1")
        #expect(daemon.stop() == 0)
    }

    @Test("in the middle of a read (truncated, overwritten, replaced, another file replaced) refuses that reload")
    func changedMeanwhile() throws {
        guard let shim = try FaultShim() else { return }
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), environment: shim.environment)
        let path = directory.file("data/de.yaml")
        let changes: [(String, () throws -> Void)] = [
            ("truncated", { truncate(path, 10) }),
            (
                "overwritten in place, with as many bytes",
                {
                    let text = SmallTable.country("DE", version: 0).replacing("prohibited", with: "regulated ")
                    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                }
            ),
            (
                "made longer",
                {
                    try Data((SmallTable.country("DE", version: 0) + "# more\n").utf8).write(
                        to: URL(fileURLWithPath: path))
                }
            ),
            ("replaced", { try directory.write(SmallTable.country("DE", version: 1), to: "data/de.yaml") }),
            // It was read before.
            ("another replaced", { try directory.write(SmallTable.country("CH", version: 1), to: "data/ch.yaml") }),
            ("removed", { try directory.remove("data/de.yaml") }),
        ]
        for (what, change) in changes {
            try shim.order("pause /de.yaml")
            let reload = LockedText()
            Thread { reload.finish(Data(((try? self.refusal(daemon)) ?? "").utf8)) }.start()
            try daemon.wait("the read to begin") { shim.isPaused }
            #expect(try version(daemon) == "2026.01.01.0", "queries go on")
            try change()
            try shim.end()
            #expect(reload.wait().contains("changed while"), "\(what)")
            #expect(try version(daemon) == "2026.01.01.0", "\(what)")
            try SmallTable.write(version: 0, to: directory)
        }
        try SmallTable.write(version: 2, to: directory)
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try version(daemon) == "2026.01.01.2")
        #expect(daemon.stop() == 0)
    }

    @Test("whose directory is swapped in the middle of a read does not mix the two")
    func directorySwappedMeanwhile() throws {
        guard let shim = try FaultShim() else { return }
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 2, to: directory)
        rename(directory.file("data"), directory.file("next"))
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), environment: shim.environment)
        try shim.order("pause /de.yaml")
        let reload = Repeating.once { _ = try? daemon.call("io.systemd.service.Reload") }
        try daemon.wait("the read to begin") { shim.isPaused }
        rename(directory.file("data"), directory.file("old"))
        rename(directory.file("next"), directory.file("data"))
        try shim.end()
        reload.wait()
        for country in SmallTable.countries {
            #expect(
                try daemon.check(country)["table"]?.stringValue == "2026.01.01.0", "what was open was read to its end")
            #expect(try daemon.check(country)["place"]?["name"]?.stringValue == "Land 0")
        }
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try version(daemon) == "2026.01.01.2")
    }

    @Test("that is a directory behind a link that is switched, or exchanged by rename, under reloads and queries")
    func switchedDirectories() throws {
        let directory = try TemporaryDirectory()
        for version in [1, 2] {
            try SmallTable.write(version: version, to: directory)
            rename(directory.file("data"), directory.file("v\(version)"))
        }
        symlink("v1", directory.file("current"))
        let daemon = try TestDaemon(table: directory.file("current"))
        let askers = Askers(count: 3, socket: daemon.socket)
        defer { askers.stop() }
        let switcher = Repeating {
            for version in ["v1", "v2"] {
                symlink(version, directory.file("new"))
                rename(directory.file("new"), directory.file("current"))
                usleep(100)
                // And the directories themselves change places, with a moment in which one is missing.
                rename(directory.file("v1"), directory.file("t"))
                rename(directory.file("v2"), directory.file("v1"))
                rename(directory.file("t"), directory.file("v2"))
                usleep(100)
            }
        }
        var loaded = 0
        for _ in 0..<100 {
            if (try? daemon.call("io.systemd.service.Reload")) != nil { loaded += 1 }
        }
        switcher.stop()
        let outcome = askers.stop()
        #expect(outcome.failures == [])
        #expect(outcome.versions == ["2026.01.01.1", "2026.01.01.2"])
        #expect(loaded > 0)
        #expect(daemon.stop() == 0)
    }

    @Test("that is not a file at all (a pipe, a directory, a device) is refused and never waited for")
    func notFiles() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        let path = directory.file("data/ch.yaml")
        let replacements: [(String, () throws -> Void)] = [
            ("a pipe", { mkfifo(path, 0o644) }),
            (
                "a directory",
                { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }
            ),
            ("a link to a device", { symlink("/dev/zero", path) }),
            ("a link out of the directory", { symlink("/proc/self/mem", path) }),
            ("a link to itself", { symlink("ch.yaml", path) }),
        ]
        for (what, replace) in replacements {
            try directory.remove("data/ch.yaml")
            try replace()
            #expect(try refusal(daemon).hasPrefix("ch.yaml:1:1: "), "\(what)")
            #expect(try version(daemon) == "2026.01.01.0")
        }
        unlink(path)
        try SmallTable.write(version: 2, to: directory)
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try version(daemon) == "2026.01.01.2")
    }

    @Test(
        "that the daemon's user may not read (EACCES) refuses start and reload",
        .enabled(if: OtherUser.isPossible, "needs root, setpriv, and programs that others may run"))
    func forbidden() throws {
        let directory = try TemporaryDirectory()
        chmod(directory.path, 0o755)
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"), asOtherUser: true)
        let path = directory.file("data/ch.yaml")
        chmod(path, 0o600)
        #expect(try refusal(daemon).hasPrefix("ch.yaml:1:1: cannot open: Permission denied"))
        chmod(path, 0o644)
        chmod(directory.file("data"), 0o700)
        #expect(try refusal(daemon).contains("Permission denied"))
        #expect(try version(daemon) == "2026.01.01.0")
        #expect(throws: TestDaemon.NotReady.self) {
            _ = try TestDaemon(table: directory.file("data"), asOtherUser: true)
        }
        chmod(directory.file("data"), 0o755)
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(daemon.stop() == 0)
    }

    @Test("that takes the gazetteer away leaves codes; one that takes a part of it is refused")
    func gazetteer() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        let daemon = try TestDaemon(table: directory.file("data"))
        #expect(try version(daemon) == "2026.01.01.0", "without a gazetteer")
        try directory.write("", to: "data/gazetteer/countries.tsv")
        #expect(try refusal(daemon).contains("gazetteer/"))
        #expect(try version(daemon) == "2026.01.01.0")
    }
}
