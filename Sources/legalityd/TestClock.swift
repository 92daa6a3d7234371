#if DEBUG
    import Glibc
    import LookupService
    import Systemd

    /// A clock that the tests set, by an offset in seconds from the real one; a release build has no such thing.
    struct TestClock {
        /// A number, or the file that holds it at the moment.
        private enum Offset {
            case constant(Int64)
            case file(String)
        }

        private let offset: Offset

        static func fromEnvironment() -> TestClock? {
            if let path = getenv("LEGALITYD_TEST_CLOCK_FILE") {
                return TestClock(offset: .file(String(cString: path)))
            }
            guard let text = getenv("LEGALITYD_TEST_CLOCK_OFFSET"), let offset = Int64(String(cString: text)) else {
                return nil
            }
            return TestClock(offset: .constant(offset))
        }

        func read() -> Int64 { ZoneClock.systemReading() + currentOffset }

        /// Nobody sets the machine's clock in a test, so the kernel tells of no jump: whoever has to know of them is
        /// called now and then.
        func watch(in loop: EventLoop, _ body: @escaping () -> Void) throws {
            guard case .file = offset else { return }
            try loop.addTimer(after: .milliseconds(20)) { timer in
                body()
                timer.rearm(after: .milliseconds(20))
            }
        }

        private var currentOffset: Int64 {
            switch offset {
            case .constant(let offset): return offset
            case .file(let path):
                let descriptor = open(path, O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { return 0 }
                defer { close(descriptor) }
                var bytes = [UInt8](repeating: 0, count: 32)
                let count = Glibc.read(descriptor, &bytes, bytes.count)
                let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                return Int64(text.prefix { $0 == "-" || $0.isNumber }) ?? 0
            }
        }
    }
#endif
