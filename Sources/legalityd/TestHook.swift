#if DEBUG
    import Glibc
    import Synchronization

    /// Makes a daemon hang when it gets SIGUSR1, for the tests of the watchdog. A release build has nothing of this.
    enum TestHook: String {
        case hangLoop = "hang-loop"
        case hangTable = "hang-table"

        /// What `$LEGALITYD_TEST_HOOK` asks for.
        static var current: TestHook? {
            getenv("LEGALITYD_TEST_HOOK").flatMap { TestHook(rawValue: String(cString: $0)) }
        }

        private static let isReadingStuck = Atomic(false)

        static func sticksReading() { isReadingStuck.store(true, ordering: .relaxed) }

        /// Where a reading hangs if it has to.
        static func reading() {
            while isReadingStuck.load(ordering: .relaxed) { pause() }
        }
    }
#endif
