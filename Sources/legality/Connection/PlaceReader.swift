import Glibc
import Varlink

/// Places to ask about, one after the other, from the command line or from standard input as they arrive.
struct PlaceReader: ~Copyable {
    private enum Input {
        case list([String], next: Int)
        case stream(descriptor: Int32)
    }

    /// What can be taken now.
    enum Next {
        case place(UnsafeRawBufferPointer)
        /// Nothing has arrived.
        case pause
        case end
    }

    private var input: Input
    private let separator: UInt8
    private var buffer = ByteBuffer()
    /// How far the buffer is known to hold no separator.
    private var searched = 0
    private var isAtEnd = false

    init(_ source: PlaceSource, separator: UInt8, descriptor: Int32 = STDIN_FILENO) {
        switch source {
        case .arguments(let places): input = .list(places, next: 0)
        case .standardInput: input = .stream(descriptor: descriptor)
        }
        self.separator = separator
    }

    /// The descriptor to wait on for more; absent where there is nothing to wait for.
    var descriptor: Int32? {
        if case .stream(let descriptor) = input, !isAtEnd { return descriptor }
        return nil
    }

    /// Calls `body` with the next place, if there is one. The bytes are not valid afterwards.
    mutating func take(_ body: (Next) -> Void) {
        switch input {
        case .list(let places, let next):
            guard next < places.count else { return body(.end) }
            input = .list(places, next: next + 1)
            var place = places[next]
            place.withUTF8 { body(.place(UnsafeRawBufferPointer($0))) }
        case .stream:
            let bytes = buffer.bytes
            guard let end = Self.position(of: separator, in: bytes, from: searched) else {
                searched = bytes.count
                guard isAtEnd else { return body(.pause) }
                guard !bytes.isEmpty else { return body(.end) }
                // The last line may do without its end.
                body(.place(trimmed(bytes)))
                buffer.removeAll()
                searched = 0
                return
            }
            body(.place(trimmed(UnsafeRawBufferPointer(rebasing: bytes[..<end]))))
            buffer.consume(end + 1)
            searched = 0
        }
    }

    /// Lines that were written on Windows end in a carriage return.
    private func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard separator != 0, line.last == UInt8(ascii: "\r") else { return line }
        return UnsafeRawBufferPointer(rebasing: line.dropLast())
    }

    private static func position(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Reads what has arrived; waits where nothing has.
    mutating func fill() throws(Failure) {
        guard let descriptor else { return }
        let size = 64 * 1024
        var count = 0
        var number: Int32 = 0
        repeat {
            withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { chunk in
                count = read(descriptor, chunk.baseAddress, size)
                number = errno
                if count > 0 {
                    buffer.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(chunk)[..<count]))
                }
            }
        } while count < 0 && number == EINTR
        if count == 0 { isAtEnd = true }
        if count < 0, number != EAGAIN {
            throw Failure(.internalFault, "cannot read standard input: \(ErrorNumber.text(number))")
        }
    }
}
