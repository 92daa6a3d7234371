import Glibc
import Synchronization

/// Transforms every element, on as many threads as there are processors, and returns the results in order.
///
/// Blocks until all are done. Meant for work of milliseconds that must not depend on an executor.
func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Result
) -> [Result] {
    let threads = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), elements.count, 16)
    guard threads > 1 else { return elements.map(transform) }
    let work = SharedWork(elements, transform)
    var handles: [pthread_t] = []
    for _ in 1..<threads {
        var handle = pthread_t()
        let argument = Unmanaged.passRetained(work)
        let outcome = pthread_create(
            &handle, nil,
            { argument in
                if let argument { Unmanaged<AnyWork>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        // Where no further thread is to be had this one does the work.
        if outcome == 0 { handles.append(handle) } else { argument.release() }
    }
    work.run()
    for handle in handles { pthread_join(handle, nil) }
    return work.finished
}

/// Work without its types, for the thread's entry.
private class AnyWork: @unchecked Sendable {
    func run() {}
}

/// The elements and the results. Each index is taken by one thread only, and the results are read after all have ended.
private final class SharedWork<Element: Sendable, Result: Sendable>: AnyWork, @unchecked Sendable {
    private let elements: [Element]
    private let transform: @Sendable (Element) -> Result
    private let results: UnsafeMutableBufferPointer<Result?>
    private let next = Atomic<Int>(0)

    init(_ elements: [Element], _ transform: @escaping @Sendable (Element) -> Result) {
        self.elements = elements
        self.transform = transform
        results = .allocate(capacity: elements.count)
        results.initialize(repeating: nil)
    }

    deinit {
        results.deinitialize()
        results.deallocate()
    }

    override func run() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < elements.count else { return }
            results[index] = transform(elements[index])
        }
    }

    var finished: [Result] { results.compactMap { $0 } }
}
