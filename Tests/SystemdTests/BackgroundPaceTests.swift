import Glibc
import Synchronization
import Systemd
import Testing

@Suite struct BackgroundPaceTests {
    @Test func `rests again and again while the service is asked`() throws {
        let work = Work()
        let activity = ServiceActivity()
        let thread = try BackgroundThread(name: "paced", pace: BackgroundPace(beside: activity)) { work.run() }
        while !work.isDone.load(ordering: .acquiring) {
            activity.during {}
            usleep(50)
        }
        thread.join()
        #expect(work.rests.load(ordering: .relaxed) > 8)
    }

    @Test func `rests while the service is at a long piece of work`() throws {
        let work = Work()
        let activity = ServiceActivity()
        try activity.during {
            try BackgroundThread(name: "paced", pace: BackgroundPace(beside: activity)) { work.run() }.join()
        }
        #expect(work.rests.load(ordering: .relaxed) > 8)
    }

    @Test func `does not rest while nobody asks the service`() throws {
        let work = Work()
        let activity = ServiceActivity()
        activity.during {}
        let thread = try BackgroundThread(name: "paced", pace: BackgroundPace(beside: activity)) { work.run() }
        thread.join()
        #expect(work.rests.load(ordering: .relaxed) < 3)
    }

    @Test func `leaves a thread that comes after it alone, and the signal that it used`() throws {
        let work = Work()
        let activity = ServiceActivity()
        for pace in [BackgroundPace(beside: activity), nil] {
            try BackgroundThread(name: "in turn", pace: pace) { work.run() }.join()
        }
        #expect(kill(getpid(), SIGURG) == 0)
        #expect(work.rests.load(ordering: .relaxed) < 3)
    }
}

/// Computes for sixty milliseconds of processor time, and counts how often it gave its processor up of its own.
private final class Work: Sendable {
    let isDone = Atomic(false)
    let rests = Atomic(0)

    func run() {
        let before = Self.yields
        while Self.milliseconds < 60 {}
        rests.store(Self.yields - before, ordering: .relaxed)
        isDone.store(true, ordering: .releasing)
    }

    private static var yields: Int {
        var usage = rusage()
        // RUSAGE_THREAD, which the header shows only with _GNU_SOURCE.
        getrusage(__rusage_who_t(1), &usage)
        return usage.ru_nvcsw
    }

    private static var milliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
