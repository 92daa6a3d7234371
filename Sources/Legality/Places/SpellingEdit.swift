/// One letter of a name put in, left out, changed, or swapped with the next.
struct SpellingEdit {
    private enum Kind: UInt8 { case leftOut, swapped, putIn, changed }
    private let kind: Kind
    private let letter: UInt8
    private let position: Int

    /// Calls `body` with all that change one of the first letters, so many, or put one in before or after one of them.
    static func forEach(of name: UnsafeBufferPointer<UInt8>, first count: Int, _ body: (SpellingEdit) -> Void) {
        for position in 0...min(count, name.count) {
            let isLetter = position < min(count, name.count)
            if isLetter {
                body(SpellingEdit(kind: .leftOut, letter: 0, position: position))
                if position + 1 < name.count, name[position] != name[position + 1] {
                    body(SpellingEdit(kind: .swapped, letter: 0, position: position))
                }
            }
            for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
                body(SpellingEdit(kind: .putIn, letter: letter, position: position))
                if isLetter, name[position] != letter {
                    body(SpellingEdit(kind: .changed, letter: letter, position: position))
                }
            }
        }
    }

    /// Hands what it makes of a name to `body`.
    func withEdited<Result>(_ name: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result)
        -> Result
    {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count + 1) { buffer in
            var count = 0
            forEachByte(of: name, from: 0) { byte in
                buffer[count] = byte
                count &+= 1
            }
            return body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The hash of what it makes of a name, whose hashes up to each of its positions are known.
    func hash(of name: UnsafeBufferPointer<UInt8>, beginnings: [NameHash]) -> UInt32 {
        var hash = beginnings[position]
        forEachByte(of: name, from: position) { hash.add($0) }
        return hash.value
    }

    @inline(__always)
    private func forEachByte(of name: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (UInt8) -> Void) {
        var next = start
        while next < position {
            body(name[next])
            next &+= 1
        }
        switch kind {
        case .leftOut: next &+= 1
        case .swapped:
            body(name[next &+ 1])
            body(name[next])
            next &+= 2
        case .putIn: body(letter)
        case .changed:
            body(letter)
            next &+= 1
        }
        while next < name.count {
            body(name[next])
            next &+= 1
        }
    }
}
