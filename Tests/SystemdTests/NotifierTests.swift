import Glibc
import Testing

@testable import Systemd

@Suite struct `The notifier` {
    @Test func `tells the manager's socket each state in one datagram, and no more than it was asked to`() throws {
        let directory = try TemporaryDirectory()
        let manager = try BoundSocket(path: "\(directory.path)/notify", type: SOCK_DGRAM)
        let program = try TestProgram("notify", environment: ["NOTIFY_SOCKET": "\(directory.path)/notify"])
        #expect(program.readOutput() == "")
        #expect(program.wait() == 0)
        var received: [String] = []
        while received.count < 7, let datagram = manager.datagram() { received.append(datagram) }
        #expect(
            received == [
                "READY=1\nSTATUS=serving READY=0",
                "RELOADING=1\nMONOTONIC_USEC=42",
                "EXTEND_TIMEOUT_USEC=2500000",
                "STATUS=half way",
                "ERRNO=2",
                "WATCHDOG=trigger",
                "STOPPING=1\nSTATUS=bye",
            ])
    }

    @Test func `does nothing, and succeeds, without a manager`() throws {
        let program = try TestProgram("notify")
        #expect(program.readOutput() == "")
        #expect(program.wait() == 0)
    }

    @Test func `says which call failed when the manager's socket is gone`() throws {
        let program = try TestProgram("notify", environment: ["NOTIFY_SOCKET": "/nowhere/notify"])
        #expect(program.readOutput() == "sd_notify: No such file or directory\n")
        #expect(program.wait() == 1)
    }
}

@Suite struct `The watchdog` {
    @Test func `is fed by a running loop until the service withholds it`() throws {
        let directory = try TemporaryDirectory()
        let manager = try BoundSocket(path: "\(directory.path)/notify", type: SOCK_DGRAM)
        let program = try TestProgram(
            "watchdog", environment: ["NOTIFY_SOCKET": "\(directory.path)/notify", "WATCHDOG_USEC": "100000"])
        var pings = 0
        while pings < 3, let datagram = manager.datagram() {
            if datagram == "WATCHDOG=1" { pings += 1 }
        }
        #expect(pings == 3)

        program.send(SIGUSR1)
        var last = ""
        while last != "STATUS=withheld: true", let datagram = manager.datagram() { last = datagram }
        #expect(last == "STATUS=withheld: true")
        // The loop runs on, and says nothing for ten times the interval.
        #expect(manager.datagram(within: 1) == nil)
        program.send(SIGTERM)
        #expect(program.readOutput() == "asked for: true, running: true\n")
        #expect(program.wait() == 0)
    }

    @Test func `stays off when the manager asked for none`() throws {
        let loop = try EventLoop()
        #expect(try loop.startWatchdog() == false)
        #expect(!loop.isWatchdogRunning)
    }
}
