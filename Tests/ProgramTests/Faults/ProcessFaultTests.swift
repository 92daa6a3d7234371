import Foundation
import Testing
import Varlink

/// What may happen to the process: no descriptors, no memory, a full disk under its log, its socket removed, its death.
@Suite("A fault around the process")
struct ProcessFaultTests {
    private func table() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        return directory
    }

    /// `resource`: as prlimit(1) calls it; nil: without a limit.
    private func limit(_ daemon: TestDaemon, _ resource: String, to value: UInt?) throws {
        let result = try Program.run(
            "/usr/bin/prlimit",
            ["--pid", "\(daemon.processID)", "--\(resource)=\(value.map { "\($0)" } ?? "unlimited"):"])
        try #require(result.status == 0, "\(result.errors)")
    }

    private static let hasPrlimit = FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit")

    @Test(
        "that leaves it no descriptor tells the next client, serves the others and refuses a reload",
        .enabled(if: hasPrlimit))
    func noDescriptors() throws {
        let directory = try table()
        let daemon = try TestDaemon(table: directory.file("data"))
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        _ = try client.call("io.systemd.service.Ping")
        // The client that asked whether it is up may still be going.
        try daemon.wait("quiet") { daemon.isIdle }
        try limit(daemon, "nofile", to: UInt(daemon.openDescriptors + 1))
        var held: [RawConnection] = []
        try daemon.wait("a refusal") {
            let next = try RawConnection(daemon.socket)
            next.send("{\"method\":\"io.systemd.service.Ping\"}")
            guard case .frame(let reply) = next.receive(), reply != "{\"parameters\":{}}" else {
                held.append(next)
                return false
            }
            #expect(
                reply.hasPrefix("{\"error\":\"org.legalityd.Lookup.Busy\",\"parameters\":{\"limit\":\"descriptors\""))
            return true
        }
        let error = #expect(throws: ClientError.self) { _ = try client.call("io.systemd.service.Reload") }
        #expect(error.map { "\($0)" }?.contains("TableRefused") == true, "\(String(describing: error))")
        #expect(try client.call("org.legalityd.Lookup.GetTable")["last_reload"]?.stringValue == "refused")

        try limit(daemon, "nofile", to: 1024)
        held = []
        try SmallTable.write(version: 1, to: directory)
        try daemon.wait("descriptors again") { (try? daemon.call("io.systemd.service.Reload")) != nil }
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.1")
        #expect(daemon.stop() == 0)
    }

    @Test(
        "that leaves it no memory for a reload refuses it or ends it, and it starts again over what it left",
        .enabled(if: hasPrlimit))
    func noMemory() throws {
        let directory = try table()
        let place = try TemporaryDirectory()
        for room in [UInt(1) << 20, 12 << 20] {
            let daemon = try TestDaemon(table: directory.file("data"), in: place)
            let status = try String(contentsOfFile: "/proc/\(daemon.processID)/statm", encoding: .utf8)
            let size = (UInt(status.split(separator: " ").first ?? "") ?? 0) * UInt(getpagesize())
            try limit(daemon, "as", to: size + room)
            do {
                _ = try daemon.call("io.systemd.service.Reload")
            } catch ClientError.refused(let error) {
                #expect(error.name == "org.legalityd.Lookup.TableRefused")
                #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.0")
            } catch {
                // It is gone: what was promised is that nothing was answered wrongly and that it can be started again.
            }
            try limit(daemon, "as", to: nil)
            _ = daemon.stop(SIGKILL)
        }
        let next = try TestDaemon(table: directory.file("data"), in: place)
        #expect(try next.check("CH")["status"]?.stringValue == "prohibited")
    }

    @Test("that makes every write of its log fail (ENOSPC, a closed pipe, no descriptor) does not stop it")
    func noLog() throws {
        let directory = try table()
        for redirection in ["2>/dev/full", "2> >(true)", "<&- >&- 2>&-"] {
            let place = try TemporaryDirectory()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = [
                "-c",
                "exec '\(Program.legalityd.url.path)' --table \(directory.file("data")) --socket \(place.file("s")) \(redirection)",
            ]
            process.environment = Program.environment([:])
            try process.run()
            defer {
                process.terminate()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(redirection)")
            }
            func check() throws -> String? {
                var client = try VarlinkClient(path: place.file("s"), timeout: 30_000)
                return try client.call("org.legalityd.Lookup.Check", ["place": "CH"])["verdict"]?["status"]?.stringValue
            }
            let deadline = Date(timeIntervalSinceNow: 30)
            while (try? check()) == nil, Date() < deadline, process.isRunning { usleep(10_000) }
            // Connections that would be descriptors 0 to 2 if nothing held their places, while it logs a refusal.
            let connections = try (0..<4).map { _ in try RawConnection(place.file("s")) }
            try directory.write("id: [", to: "data/ch.yaml")
            kill(process.processIdentifier, SIGHUP)
            var client = try VarlinkClient(path: place.file("s"), timeout: 30_000)
            while try client.call("org.legalityd.Lookup.GetTable")["last_reload"]?.stringValue == "none" {
                usleep(1000)
            }
            for connection in connections {
                connection.send("{\"method\":\"io.systemd.service.Ping\"}")
                #expect(connection.receive() == .frame("{\"parameters\":{}}"), "\(redirection)")
            }
            try SmallTable.write(version: 0, to: directory)
            #expect(try check() == "prohibited", "\(redirection)")
        }
    }

    @Test("that lets it make no socket ends the start with one line that names it")
    func noSocket() throws {
        let directory = try table()
        for path in ["/proc/legalityd.socket", "/sys/legalityd.socket", "/nowhere/at/all/socket"] {
            let result = try Program.legalityd.run(["--table", directory.file("data"), "--socket", path])
            #expect(result.status == 78, "\(path)")
            #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains(String(path.dropLast(7))))
        }
    }

    @Test(
        "that leaves no room for its socket (ENOSPC) ends the start with one line that says so",
        .enabled(if: PrivateMounts.isPossible, "needs root, and mounts"))
    func noRoomForSocket() throws {
        let directory = try table()
        let place = try TemporaryDirectory()
        // Room for the directory itself and for nothing in it.
        let result = try PrivateMounts.run(
            "mount -t tmpfs -o nr_inodes=1 none '\(place.path)'",
            then: [
                Program.legalityd.url.path, "--table", directory.file("data"), "--socket", place.file("s"),
            ])
        #expect(result.status == 78)
        #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("No space left on device"))
    }

    @Test(
        "that hides iso-codes and all translations from it changes nothing, as it does not read them",
        .enabled(if: PrivateMounts.isPossible, "needs root, and mounts"))
    func noISOCodes() throws {
        let places: [JSONObject] = ["Südkorea", "Genève", "CHE", "United States", "Springfield, MA", "92101"].map {
            ["place": .string($0)]
        }
        let plain = try TestDaemon()
        let bare = try TestDaemon(
            mounting:
                "for hidden in /usr/share/iso-codes /usr/share/xml /usr/share/locale; do if [ -d $hidden ]; then mount -t tmpfs none $hidden; fi; done"
        )
        for place in places {
            let answer = try plain.call("org.legalityd.Lookup.Resolve", place)
            #expect(answer["candidates"]?.arrayValue?.isEmpty == false)
            #expect(try bare.call("org.legalityd.Lookup.Resolve", place) == answer)
        }
    }

    @Test(
        "that makes its runtime directory read-only refuses a start, and one that runs goes on",
        .enabled(if: OtherUser.isPossible, "needs root, setpriv, and programs that others may run"))
    func readOnlyDirectory() throws {
        let directory = try table()
        chmod(directory.path, 0o755)
        let daemon = try TestDaemon(table: directory.file("data"), asOtherUser: true)
        chmod(daemon.directory.path, 0o555)
        #expect(try daemon.check("CH")["status"]?.stringValue == "prohibited")
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(daemon.stop() == 0, "though it cannot remove its socket")
        let refused = #expect(throws: TestDaemon.NotReady.self) {
            _ = try TestDaemon(table: directory.file("data"), asOtherUser: true, in: daemon.directory)
        }
        #expect(refused?.description.contains("Permission denied") == true, "\(String(describing: refused))")
    }

    @Test("that removes its socket leaves its clients served, and a reload makes the socket again")
    func socketRemoved() throws {
        let directory = try table()
        let daemon = try TestDaemon(table: directory.file("data"))
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        _ = try client.call("io.systemd.service.Ping")
        unlink(daemon.socket)
        #expect(try client.call("org.legalityd.Lookup.Check", ["place": "CH"])["verdict"] != nil)
        daemon.send(signal: SIGHUP)
        try daemon.wait("the socket") { (try? daemon.check("CH"))?["status"]?.stringValue == "prohibited" }
        #expect(daemon.log.contains("listening on \(daemon.socket) again"))
        #expect(
            try client.call("org.legalityd.Lookup.Check", ["place": "CH"])["verdict"] != nil, "and the old connection")
        #expect(daemon.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: daemon.socket))
    }

    @Test("that puts something else in its socket's place is said and left alone")
    func socketReplaced() throws {
        let directory = try table()
        let daemon = try TestDaemon(table: directory.file("data"))
        var client = try VarlinkClient(path: daemon.socket, timeout: 30_000)
        _ = try client.call("io.systemd.service.Ping")
        unlink(daemon.socket)
        try daemon.directory.write("precious", to: "s")
        _ = try client.call("io.systemd.service.Reload")
        #expect(daemon.log.contains("cannot be made again"))
        #expect(daemon.stop() == 0)
        #expect(try String(contentsOfFile: daemon.socket, encoding: .utf8) == "precious")
    }

    @Test("that kills it at any moment (starting, loading, under load, reloading) leaves nothing that stops the next")
    func killed() throws {
        let directory = try table()
        let place = try TemporaryDirectory()
        for round in 0..<12 {
            let process = Process()
            process.executableURL = Program.legalityd.url
            process.arguments = ["--table", directory.file("data"), "--socket", place.file("s")]
            process.environment = Program.environment([:])
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(round * 4000))
            if round % 3 == 0 { kill(process.processIdentifier, SIGHUP) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let daemon = try TestDaemon(table: directory.file("data"), in: place)
        let askers = Askers(count: 2, socket: daemon.socket)
        daemon.send(signal: SIGHUP)
        _ = daemon.stop(SIGKILL)
        // Cut off, not lied to.
        #expect(askers.stop().failures.allSatisfy { !$0.contains("mixture") })
        let next = try TestDaemon(table: directory.file("data"), in: place)
        #expect(try next.check("CH")["status"]?.stringValue == "prohibited")
        #expect(next.stop() == 0)
    }

    @Test("that sends SIGHUP without pause under load costs no answer and mixes none")
    func hangUpsUnderLoad() throws {
        let directory = try TemporaryDirectory()
        try SmallTable.publish(version: 0, in: directory)
        let daemon = try TestDaemon(table: directory.file("current"))
        let askers = Askers(count: 4, socket: daemon.socket)
        defer { askers.stop() }
        for version in 1...30 {
            // Readings that the signals before asked for may still be under way.
            try SmallTable.publish(version: version, in: directory)
            for _ in 0..<20 { daemon.send(signal: SIGHUP) }
            try daemon.wait("version \(version)") {
                try daemon.check("CH")["table"]?.stringValue == "2026.01.01.\(version)"
            }
        }
        let outcome = askers.stop()
        #expect(outcome.failures == [])
        #expect(outcome.versions.count > 3)
        #expect(daemon.stop() == 0)
    }
}
