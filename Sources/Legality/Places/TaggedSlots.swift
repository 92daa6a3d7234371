/// Open addressing: in each of a power of two of slots a tag above, and a number and one below; 0 where none is.
enum TaggedSlots {
    /// The first number with that tag, from a slot on to the next free one, that is the wanted one. There has to be a free
    /// slot.
    @inline(__always)
    static func number(
        tagged tag: UInt32, from start: Int, in slots: UnsafeBufferPointer<UInt64>, where isWanted: (Int) -> Bool
    ) -> Int? {
        let mask = slots.count &- 1
        var slot = start & mask
        while slots[slot] != 0 {
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == tag {
                let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
                if isWanted(number) { return number }
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }
}
