import CLinux
import Glibc
import Testing

@testable import Varlink

@Suite("Turns of users")
struct TurnTests {
    private func newAccount() -> UnsafeMutablePointer<UserAccount> {
        let account = UnsafeMutablePointer<UserAccount>.allocate(capacity: 1)
        account.initialize(to: UserAccount(user: 1, round: 0))
        return account
    }

    private func close(_ account: UnsafeMutablePointer<UserAccount>) {
        account.deinitialize(count: 1)
        account.deallocate()
    }

    /// In which of the coming rounds a user who has taken so many microseconds is served.
    private func roundsServed(afterTaking time: Int, turn: Int, rounds: Int) -> [Int] {
        let account = newAccount()
        defer { close(account) }
        account.pointee.time = time
        var clock = TurnClock(length: turn)
        return (1...rounds).filter { _ in
            clock.beginRound(isExact: true, now: 0)
            return !clock.isOver(for: account)
        }
    }

    @Test("take off what one took too much before, and no more than that")
    func debt() {
        #expect(roundsServed(afterTaking: 0, turn: 100, rounds: 3) == [1, 2, 3])
        #expect(roundsServed(afterTaking: 99, turn: 100, rounds: 3) == [1, 2, 3])
        #expect(roundsServed(afterTaking: 350, turn: 100, rounds: 5) == [3, 4, 5])
    }

    /// Whether it is still a user's turn who asked for nothing in some rounds, and then took so many microseconds.
    private func isServed(afterResting rounds: Int, taking time: Int, turn: Int) -> Bool {
        let account = newAccount()
        defer { close(account) }
        var clock = TurnClock(length: turn)
        for _ in 0..<rounds { clock.beginRound(isExact: true, now: 0) }
        _ = clock.isOver(for: account)
        account.pointee.time += time
        return !clock.isOver(for: account)
    }

    @Test("are longer for one who took less before, up to nine in all")
    func credit() {
        #expect(isServed(afterResting: 1, taking: 199, turn: 100))
        #expect(!isServed(afterResting: 1, taking: 200, turn: 100))
        #expect(isServed(afterResting: 1000, taking: 899, turn: 100))
        #expect(!isServed(afterResting: 1000, taking: 900, turn: 100))
    }

    @Test("are a third as long for calls that wait, so that what is left is taken in small parts")
    func creditOfOneWhoWaits() {
        let account = newAccount()
        defer { close(account) }
        var clock = TurnClock(length: 300)
        for _ in 0..<10 { clock.beginRound(isExact: true, now: 0) }
        for _ in 1...8 {
            clock.beginRound(isExact: true, now: 0)
            #expect(!clock.hasHadTurn(account))
            account.pointee.time += 99
            #expect(!clock.hasHadTurn(account))
            account.pointee.time += 1
            #expect(clock.hasHadTurn(account))
            #expect(!clock.isOver(for: account), "if nothing waited, it would be served at once")
        }
    }

    /// What a user has left after ten rounds in which its calls waited or not, and it had a third of a turn.
    private func left(waiting: Bool, before time: Int, turn: Int) -> Int {
        let account = newAccount()
        defer { close(account) }
        account.pointee.time = time
        if waiting { account.pointee.queue.append(0) }
        var clock = TurnClock(length: turn)
        for _ in 1...10 {
            clock.beginRound(isExact: true, now: 0)
            _ = clock.hasHadTurn(account)
            account.pointee.time += turn / 3
        }
        clock.beginRound(isExact: true, now: 0)
        _ = clock.hasHadTurn(account)
        return -account.pointee.time
    }

    @Test("are not saved up by one whose calls wait, who could hold up the others with them later")
    func noCreditForWaiting() {
        #expect(left(waiting: false, before: 0, turn: 300) == 11 * 300 - 10 * 100)
        #expect(left(waiting: true, before: 0, turn: 300) == 0)
        #expect(left(waiting: true, before: -2000, turn: 300) == 1000)
        #expect(left(waiting: true, before: 600, turn: 300) == 0, "but a debt is paid off")
    }

    @Test("are had in parts, one in each round that serves calls that wait")
    func queueWithCredit() throws {
        var limits = ConnectionLimits()
        limits.callsPerTurn = 1
        limits.turnTime = 20_000
        let set = try ConnectionSet(service: makeTestService(handler: TestHandler()), limits: limits)
        set.account(of: 2).pointee.connectionCount = 1
        let call = Array("{\"method\":\"org.example.Test.Linger\",\"parameters\":{\"text\":\"\"}}\0".utf8)
        let pipeline = Array(repeatElement(call, count: 10).joined())
        var clients: [CInt] = []
        defer { for client in clients { Glibc.close(client) } }
        for _ in 0..<6 {
            var pair: [CInt] = [0, 0]
            #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
            set.adopt(pair[0])
            clients.append(pair[1])
            #expect(send(pair[1], pipeline, pipeline.count, 0) == pipeline.count)
        }
        _ = set.serveRound()
        let account = set.account(of: getuid())
        for _ in 0..<5 {
            #expect(!account.pointee.queue.isEmpty)
            // As if nothing had been asked for long.
            account.pointee.time = -8 * limits.turnTime
            let calls = set.statistics.calls
            _ = set.serveRound()
            // Nine milliseconds each: a whole turn would be three, and all that is left nineteen.
            #expect((1...2).contains(set.statistics.calls - calls))
        }
    }

    @Test("are no longer for one who has just come")
    func newUser() throws {
        let set = try ConnectionSet(service: makeTestService(handler: TestHandler()))
        set.account(of: 2).pointee.connectionCount = 1
        set.account(of: 3).pointee.connectionCount = 1
        for _ in 0..<10 { _ = set.serveRound() }
        let account = set.account(of: 1)
        account.pointee.time += ConnectionLimits().turnTime
        #expect(set.turns.isOver(for: account))
    }

    @Test("of one who is alone are as short as those of several while somebody wants to connect")
    func newcomers() throws {
        let set = try ConnectionSet(service: makeTestService(handler: TestHandler()))
        let path = "/tmp/turns.\(getpid()).\(UInt32.random(in: 0 ... .max))"
        let listener = try UnixListener(path: path)
        defer { unlink(path) }
        try set.listen(on: listener.descriptor)
        let client = try VarlinkClient(path: path, timeout: 1000)
        defer { withExtendedLifetime(client) {} }
        _ = set.serveRound()
        #expect(!set.turns.isExact, "nobody had come before")
        _ = set.serveRound()
        #expect(set.turns.isExact)
        _ = set.serveRound()
        #expect(!set.turns.isExact, "and nobody came since")
        #expect(set.count == 1)
    }

    @Test("have an end for one connection within a third of one, whatever is left of those before")
    func endOfOneService() {
        let account = newAccount()
        defer { close(account) }
        var clock = TurnClock(length: 1000)
        for _ in 0..<10 { clock.beginRound(isExact: true, now: 0) }
        guard case .exact(let end) = clock.end(for: account, now: 0) else {
            Issue.record("not by the exact clock")
            return
        }
        #expect(end <= MonotonicClock.microseconds() + 333)
    }

    @Test("are had again after a bounded time, whatever a single call took")
    func longestDebt() {
        #expect(roundsServed(afterTaking: 3_600_000_000, turn: 100, rounds: 101) == [100, 101])
    }

    @Test("have no end where there is no limit")
    func noLimit() {
        #expect(roundsServed(afterTaking: 3_600_000_000, turn: 0, rounds: 2) == [1, 2])
    }

    /// What a user has taken of a round, after something was done in it.
    private func taken(turn: Int, by work: () -> Void) -> Int {
        let account = UnsafeMutablePointer<UserAccount>.allocate(capacity: 1)
        var clock = TurnClock(length: turn)
        clock.beginRound(isExact: true, now: 0)
        account.initialize(to: UserAccount(user: 1, round: clock.round))
        defer {
            account.deinitialize(count: 1)
            account.deallocate()
        }
        work()
        clock.charge(account, now: 0)
        return account.pointee.time
    }

    @Test("are not shortened by the time for which somebody else had the processor")
    func othersTime() {
        // A thread that sleeps has no processor, as one that has to wait for it.
        #expect(taken(turn: 25_000) { usleep(100_000) } < 25_000)
    }

    @Test("are used up by work, however it is interrupted")
    func ownTime() {
        let used = taken(turn: 25_000) {
            let start = MonotonicClock.processorMicroseconds()
            while MonotonicClock.processorMicroseconds() - start < 25_000 {}
        }
        #expect(used >= 25_000)
    }

    /// What each of two users has taken after work for the one and then for the other, and the time for which the thread
    /// had a processor meanwhile.
    private func takenByTwo(
        pausing: Bool, _ first: () -> Void, _ second: () -> Void
    ) -> (first: Int, second: Int, processorTime: Int) {
        let accounts = UnsafeMutablePointer<UserAccount>.allocate(capacity: 2)
        // Neither the calls' length nor the turns' end is a reason to ask for the processor time.
        var clock = TurnClock(length: 1_000_000, doubtful: .max)
        let start = MonotonicClock.processorMicroseconds()
        clock.beginRound(isExact: true, now: 0)
        accounts.initialize(repeating: UserAccount(user: 1, round: clock.round), count: 2)
        defer {
            accounts.deinitialize(count: 2)
            accounts.deallocate()
        }
        first()
        clock.charge(accounts, now: 0)
        if pausing { clock.giveBackWhatOthersHad() }
        second()
        clock.charge(accounts + 1, now: 0)
        clock.giveBackWhatOthersHad()
        return (accounts[0].time, accounts[1].time, MonotonicClock.processorMicroseconds() - start)
    }

    private func work() {
        let start = MonotonicClock.processorMicroseconds()
        while MonotonicClock.processorMicroseconds() - start < 30_000 {}
    }

    @Test("are together as long as there was a processor for them, whoever of several was kept waiting for it")
    func sumOfTurns() {
        let taken = takenByTwo(pausing: false, { usleep(30_000) }, work)
        #expect(taken.first + taken.second <= taken.processorTime + 3)
        #expect(taken.first + taken.second >= 30_000)
        #expect(taken.first >= 0 && taken.second >= 0)
    }

    @Test("are not shortened by what others had in the turn of somebody else")
    func othersTimeInAnothersTurn() {
        let taken = takenByTwo(pausing: true, { usleep(30_000) }, work)
        #expect(taken.first < 15_000)
        #expect(taken.second >= 30_000)
    }

    @Test("are had by newcomers and by who waits, whatever there is of the others")
    func newcomersAndQueues() throws {
        var limits = ConnectionLimits()
        limits.callsPerTurn = 1
        limits.turnTime = 1_000_000
        let set = try ConnectionSet(service: makeTestService(handler: TestHandler()), limits: limits)
        set.account(of: 2).pointee.connectionCount = 1
        let directory = try temporaryDirectory()
        defer {
            unlink("\(directory)/socket")
            rmdir(directory)
        }
        let listener = try UnixListener(path: "\(directory)/socket")
        defer { listener.close() }
        try set.listen(on: listener.descriptor)

        // One whose calls wait for more rounds than are looked at here, and newcomers in each of these rounds.
        var pair: [CInt] = [0, 0]
        #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0)
        set.adopt(pair[0])
        let pipeline = Array(
            repeatElement(Array("{\"method\":\"org.varlink.service.GetInfo\"}\0".utf8), count: 500).joined())
        #expect(send(pair[1], pipeline, pipeline.count, 0) == pipeline.count)
        defer { Glibc.close(pair[1]) }
        set.serve()
        let (calls, accepted) = (set.statistics.calls, set.statistics.accepted)
        for _ in 1...20 {
            _ = try VarlinkClient(path: "\(directory)/socket", timeout: 5000)
            _ = set.serveRound()
        }
        // It was waiting all the time.
        #expect(set.statistics.calls < 500)
        #expect(set.statistics.calls >= calls + 9)
        #expect(set.statistics.accepted >= accepted + 9)
    }

    @Test("are not won by going and coming back")
    func goingAndComingBack() throws {
        var limits = ConnectionLimits()
        limits.turnTime = 100
        let set = try ConnectionSet(service: makeTestService(handler: TestHandler()), limits: limits)
        // Somebody else is there, as turns are bounded for their sake.
        set.account(of: 2).pointee.connectionCount = 1
        let account = set.account(of: 1)
        account.pointee.connectionCount = 1
        account.pointee.time = 350
        set.leave(account)
        let roundsRemembered = (1...200).prefix { _ in
            set.serve()
            return set.accounts[1] != nil
        }
        #expect(Array(roundsRemembered) == [1, 2])
    }

    @Test("wait in the order of coming, however many come while others are served")
    func queue() {
        var queue = SlotQueue()
        var next: UInt32 = 0
        var expected: UInt32 = 0
        // Three come for two that go: the storage is tidied up in between, more than once.
        for _ in 0..<5000 {
            for _ in 0..<3 {
                queue.append(next)
                next += 1
            }
            for _ in 0..<2 {
                #expect(queue.popFirst() == expected)
                expected += 1
            }
        }
        #expect(queue.count == 5000)
        while let slot = queue.popFirst() {
            #expect(slot == expected)
            expected += 1
        }
        #expect(expected == next)
        #expect(queue.isEmpty)
    }
}
