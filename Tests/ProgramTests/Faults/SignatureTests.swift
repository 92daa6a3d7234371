import Foundation
import Testing
import Varlink

private let keygen = "/usr/bin/ssh-keygen"

/// A daemon that is told whose tables to serve.
@Suite("A signature", .enabled(if: FileManager.default.isExecutableFile(atPath: keygen), "needs ssh-keygen"))
struct SignatureTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try SmallTable.write(version: 0, to: directory)
        for name in ["key", "other"] {
            try Self.run(keygen, ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", directory.file(name)])
        }
        let key = try String(contentsOfFile: directory.file("key.pub"), encoding: .utf8)
        try directory.write("legalityd namespaces=\"legalityd\" \(key)", to: "signers")
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String], input: String = "") throws -> Data {
        let result = try Program.run(program, arguments, input: input)
        try #require(result.status == 0, "\(result.errors)")
        return Data(result.output.utf8)
    }

    private func sign(with key: String = "key", namespace: String = "legalityd", statement: String? = nil) throws {
        let said = try Program.legalityd.run(["validate", "--statement", directory.file("data")]).output
        #expect(said.hasPrefix("legalityd table sha256:") && said.hasSuffix("\n"))
        let signature = try Self.run(
            keygen, ["-Y", "sign", "-n", namespace, "-f", directory.file(key)], input: statement ?? said)
        try directory.write(String(decoding: signature, as: UTF8.self), to: "data/table.sig")
    }

    private func start() throws -> Program.Result {
        // Refused, or it would not end; its socket cannot be made.
        try Program.legalityd.run([
            "--table", directory.file("data"), "--socket", "/nowhere/socket", "--verify-key", directory.file("signers"),
        ])
    }

    @Test("that is missing, wrong, over something else or by somebody else refuses the start")
    func refusedStart() throws {
        #expect(try start().errors.contains("the table is not signed"))
        try sign(with: "other")
        #expect(try start().errors.contains("the signature is not one over this table"))
        try sign(namespace: "file")
        #expect(try start().errors.contains("the signature is not one over this table"))
        try sign(statement: "legalityd table sha256:0000\n")
        #expect(try start().errors.contains("the signature is not one over this table"))
        try directory.write("-----BEGIN SSH SIGNATURE-----\nnonsense\n", to: "data/table.sig")
        #expect(try start().errors.contains("the signature is not one over this table"))
        try directory.write(String(repeating: "x", count: 100_000), to: "data/table.sig")
        #expect(try start().errors.contains("the table is not signed"))
        try sign()
        #expect(try start().errors.contains("/nowhere"), "the table is good, the socket is not")
        try directory.write(SmallTable.country("CH", version: 0) + "# one more line\n", to: "data/ch.yaml")
        #expect(try start().errors.contains("the signature is not one over this table"))
        try sign()
        try directory.remove("signers")
        #expect(try start().errors.contains("cannot read the allowed signers"))
        #expect(try start().status == 78)
    }

    @Test("is asked for at each reload; without a good one the old table goes on, and nothing of the new one is read")
    func reload() throws {
        try sign()
        let daemon = try TestDaemon(
            table: directory.file("data"), arguments: ["--verify-key", directory.file("signers")])
        try SmallTable.write(version: 1, to: directory)
        let error = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
        #expect(error.map { "\($0)" }?.contains("table.sig:1:1: the signature is not one over this table") == true)
        // A table with faults, unsigned: the signature is what is complained of.
        try directory.write("id: [", to: "data/ch.yaml")
        let second = #expect(throws: ClientError.self) { try daemon.call("io.systemd.service.Reload") }
        #expect(second.map { "\($0)" }?.contains("table.sig") == true)
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.0")
        try SmallTable.write(version: 2, to: directory)
        try sign()
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.2")
        #expect(daemon.openDescriptors < 30)
    }

    @Test("whose check takes its time is waited for", .enabled(if: PrivateMounts.isPossible, "needs root"))
    func slowCheck() throws {
        try sign()
        try FileManager.default.copyItem(atPath: keygen, toPath: directory.file("keygen"))
        try directory.write("#!/bin/sh\nsleep 2\nexec \(directory.file("keygen")) \"$@\"\n", to: "slow")
        chmod(directory.file("slow"), 0o755)
        let daemon = try TestDaemon(
            table: directory.file("data"), arguments: ["--verify-key", directory.file("signers")],
            mounting: "mount --bind \(directory.file("slow")) \(keygen)")
        try SmallTable.write(version: 1, to: directory)
        try sign()
        _ = try daemon.call("io.systemd.service.Reload")
        #expect(try daemon.check("CH")["table"]?.stringValue == "2026.01.01.1")
    }

    @Test("that nobody asked for is no part of the table and changes nothing")
    func unasked() throws {
        let before = try Program.legalityd.run(["validate", "--statement", directory.file("data")]).output
        try sign(with: "other")
        #expect(try Program.legalityd.run(["validate", "--statement", directory.file("data")]).output == before)
        let result = try Program.legalityd.run([
            "validate", "--verify-key", directory.file("signers"), directory.file("data"),
        ])
        #expect(result.status == 65)
        #expect(result.output.contains("table.sig"))
    }
}
