import Glibc

/// Growing bytes with a read end and a write end, outside of Swift's arrays so that the hot path has neither
/// reference counts nor uniqueness checks.
///
/// What is consumed at the front is reclaimed before the storage grows. Not copyable; frees its storage at the end.
public struct ByteBuffer: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer?
    @usableFromInline var capacity: Int
    /// Offset of the first byte that is not consumed.
    @usableFromInline var start: Int
    /// Offset behind the last byte.
    @usableFromInline var end: Int

    /// An empty buffer, without storage.
    @inlinable public init() {
        base = nil
        capacity = 0
        start = 0
        end = 0
    }

    deinit { free(base) }

    /// The number of bytes that are not consumed.
    @inlinable public var count: Int { end &- start }
    @inlinable public var isEmpty: Bool { end == start }

    /// The bytes that are not consumed. Valid until the buffer is changed or ends.
    @inlinable public var bytes: UnsafeRawBufferPointer {
        guard let base else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: base + start, count: end &- start)
    }

    /// Makes room for `count` more bytes.
    @inlinable @inline(__always)
    public mutating func reserve(_ count: Int) {
        if capacity &- end < count { grow(by: count) }
    }

    @usableFromInline @inline(never)
    mutating func grow(by count: Int) {
        let used = end - start
        // Reclaiming the front pays only if it frees at least as much as has to be moved.
        if start >= used, capacity - used >= count, let base {
            memmove(base, base + start, used)
            start = 0
            end = used
            return
        }
        var size = max(capacity, 512)
        while size - used < count { size *= 2 }
        guard let storage = malloc(size) else {
            // No memory for a reply: there is nothing sensible left to do, as in every Swift allocation.
            abort()
        }
        if let base {
            memcpy(storage, base + start, used)
            free(base)
        }
        base = storage
        capacity = size
        start = 0
        end = used
    }

    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        base.unsafelyUnwrapped.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
        end &+= 1
    }

    @inlinable @inline(__always)
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        memcpy(base.unsafelyUnwrapped + end, source, bytes.count)
        end &+= bytes.count
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the UTF-8 of a string as it stands.
    @inlinable public mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Drops `count` bytes at the front; at most as many as there are.
    @inlinable public mutating func consume(_ count: Int) {
        start &+= min(max(count, 0), self.count)
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Keeps the first `count` bytes that are not consumed and drops the rest.
    @inlinable public mutating func truncate(to count: Int) {
        end = start &+ min(max(count, 0), self.count)
    }

    /// Drops all bytes and keeps the storage.
    @inlinable public mutating func removeAll() {
        start = 0
        end = 0
    }

    /// Drops the storage too, if there are no bytes in it.
    public mutating func releaseIfEmpty() {
        guard isEmpty, base != nil else { return }
        free(base)
        base = nil
        capacity = 0
        start = 0
        end = 0
    }
}
