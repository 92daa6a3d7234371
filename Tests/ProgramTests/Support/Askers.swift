import Foundation
import Varlink

/// Clients that ask without pause and check each answer.
final class Askers: @unchecked Sendable {
    struct Outcome {
        var answers = 0
        var failures: [String] = []
        var versions: Set<String> = []
    }

    private let lock = NSLock()
    private let group = DispatchGroup()
    private var isStopped = false
    private var outcome = Outcome()
    /// Which content each version has: two contents under one version would be a mixture.
    private var digests: [String: String] = [:]

    init(count: Int, socket: String) {
        for number in 0..<count {
            group.enter()
            Thread { [self] in
                ask(SmallTable.countries[number % SmallTable.countries.count], on: socket)
                group.leave()
            }.start()
        }
    }

    /// Ends them and gives what they saw.
    @discardableResult
    func stop() -> Outcome {
        lock.withLock { isStopped = true }
        group.wait()
        return lock.withLock { outcome }
    }

    private func ask(_ place: String, on socket: String) {
        do {
            var client = try VarlinkClient(path: socket, timeout: 30_000)
            while !lock.withLock({ isStopped }) {
                let reply = try client.call("org.legalityd.Lookup.Check", ["place": .string(place)])
                let fault = check(reply["verdict"]?.objectValue ?? JSONObject())
                lock.withLock {
                    outcome.answers += 1
                    if let fault { outcome.failures.append(fault) }
                }
            }
        } catch {
            lock.withLock { outcome.failures.append("\(error)") }
        }
    }

    /// Whether version, digest, name, rule and status all speak of one table.
    private func check(_ verdict: JSONObject) -> String? {
        guard let version = verdict["table"]?.stringValue, let digest = verdict["digest"]?.stringValue,
            let number = version.split(separator: ".").last.flatMap({ Int($0) })
        else { return "no version: \(JSONValue.object(verdict).text)" }
        let known = lock.withLock {
            outcome.versions.insert(version)
            defer { digests[version] = digests[version] ?? digest }
            return digests[version] ?? digest
        }
        let rule = verdict["decided_by"]?[0]?["rule"]?.stringValue ?? ""
        let isWhole =
            known == digest && verdict["place"]?["name"]?.stringValue == "Land \(number)"
            && rule.hasSuffix("#rule-\(number)")
            && verdict["status"]?.stringValue == (number % 2 == 0 ? "prohibited" : "legal")
        return isWhole ? nil : "a mixture: \(JSONValue.object(verdict).text)"
    }
}

/// Something that is done over and over on a thread of its own until it is stopped.
final class Repeating: @unchecked Sendable {
    private let lock = NSLock()
    private let done = DispatchGroup()
    private var isStopped = false

    init(_ body: @escaping @Sendable () -> Void) {
        done.enter()
        Thread { [self] in
            while !lock.withLock({ isStopped }) { body() }
            done.leave()
        }.start()
    }

    func stop() {
        lock.withLock { isStopped = true }
        done.wait()
    }

    /// Something that is done once, on a thread of its own; `wait` on what it returns.
    static func once(_ body: @escaping @Sendable () -> Void) -> DispatchGroup {
        let group = DispatchGroup()
        group.enter()
        Thread {
            body()
            group.leave()
        }.start()
        return group
    }
}
