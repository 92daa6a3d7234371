#if DEBUG
    import Glibc
    import Synchronization

    /// Makes a daemon slow, or makes it hang when it gets SIGUSR1, for the tests of what its manager then does. A
    /// release build has nothing of this.
    enum TestHook: String {
        case hangLoop = "hang-loop"
        case hangTable = "hang-table"
        case slowTable = "slow-table"

        /// What `$LEGALITYD_TEST_HOOK` asks for.
        static var current: TestHook? {
            getenv("LEGALITYD_TEST_HOOK").flatMap { TestHook(rawValue: String(cString: $0)) }
        }

        private static let isReadingStuck = Atomic(false)

        static func sticksReading() { isReadingStuck.store(true, ordering: .relaxed) }

        /// Where a reading hangs or lasts if it has to.
        static func reading() {
            if current == .slowTable { sleep(8) }
            while isReadingStuck.load(ordering: .relaxed) { pause() }
        }
    }
#endif
