import Foundation
import Synchronization

/// Switches the table and has it read anew, ten times a second.
final class Reloader: Sendable {
    private let done = DispatchGroup()
    private let isStopped = Atomic(false)
    private let count = Atomic(0)

    init(daemon: DaemonProcess, tables: Tables) {
        let processID = daemon.processID
        done.enter()
        Thread { [self] in
            while !isStopped.load(ordering: .acquiring) {
                tables.use(count.load(ordering: .relaxed) % 2 == 0 ? "b" : "a")
                kill(processID, SIGHUP)
                count.wrappingAdd(1, ordering: .relaxed)
                usleep(100_000)
            }
            done.leave()
        }.start()
    }

    /// - Returns: how many signals it sent.
    func stop() -> Int {
        isStopped.store(true, ordering: .releasing)
        done.wait()
        return count.load(ordering: .relaxed)
    }
}
