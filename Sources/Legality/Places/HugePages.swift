import Glibc

/// Memory in pages of two megabytes instead of four kilobytes, where there is so much of it that finding the page takes
/// longer than reading from it.
enum HugePages {
    private static let size = 2 << 20
    /// What is smaller than this finds its pages in the processor's own list.
    private static let worthwhile = 4 * size
    /// MADV_COLLAPSE of Linux 6.1: at once what MADV_HUGEPAGE leaves to the kernel's leisure.
    private static let collapse: Int32 = 25

    /// Asks the kernel for large pages under a large array that stays as it is from now on. Where it has none or gives
    /// none, nothing changes.
    static func request(for array: [some Any]) {
        array.withUnsafeBytes { bytes in
            guard bytes.count >= worthwhile, let base = bytes.baseAddress else { return }
            // Pages that are the array's alone.
            let start = (UInt(bitPattern: base) + UInt(size) - 1) & ~UInt(size - 1)
            let end = (UInt(bitPattern: base) + UInt(bytes.count)) & ~UInt(size - 1)
            guard start < end, let pages = UnsafeMutableRawPointer(bitPattern: start) else { return }
            if madvise(pages, Int(end - start), MADV_HUGEPAGE) == 0 {
                _ = madvise(pages, Int(end - start), collapse)
            }
        }
    }
}
