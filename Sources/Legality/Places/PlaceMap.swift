/// From places to their positions in a list, in one step.
struct PlaceMap: Sendable {
    /// `TaggedSlots`, of places and their positions.
    private var slots: [UInt64] = [0, 0]

    /// Of several positions of one place the first counts.
    init(_ places: [Place]) {
        var size = 2
        while size < places.count * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        for (position, place) in places.enumerated() {
            let packed = Self.packed(place)
            var slot = slot(of: packed)
            while slots[slot] != 0, UInt32(slots[slot] >> 32) != packed { slot = (slot + 1) & (size - 1) }
            if slots[slot] == 0 { slots[slot] = UInt64(packed) << 32 | UInt64(position + 1) }
        }
    }

    func position(of place: Place) -> Int? {
        let packed = Self.packed(place)
        return slots.withUnsafeBufferPointer { slots in
            TaggedSlots.number(tagged: packed, from: slot(of: packed), in: slots) { _ in true }
        }
    }

    private func slot(of packed: UInt32) -> Int {
        Int(UInt64(packed) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (slots.count &- 1)
    }

    private static func packed(_ place: Place) -> UInt32 {
        switch place {
        case .area(let index): UInt32(truncatingIfNeeded: index)
        case .division(let index): 1 << 30 | UInt32(truncatingIfNeeded: index)
        case .jurisdiction(let index): 2 << 30 | UInt32(truncatingIfNeeded: index)
        case .community(let index): 3 << 30 | UInt32(truncatingIfNeeded: index)
        }
    }
}
