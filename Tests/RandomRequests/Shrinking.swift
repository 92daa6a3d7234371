/// A smaller sequence that still fails, by leaving out ever shorter runs of it.
///
/// The result fails, and no longer does with any single element left out, save where the attempts ran out first.
func shrunk<Element>(_ elements: [Element], attempts: Int, fails: ([Element]) -> Bool) -> [Element] {
    var smallest = elements
    var left = attempts
    var length = max(1, smallest.count / 2)
    while true {
        var hasShrunk = false
        var start = 0
        while start < smallest.count, left > 0 {
            var candidate = smallest
            candidate.removeSubrange(start..<min(start + length, candidate.count))
            left -= 1
            if !candidate.isEmpty, fails(candidate) {
                smallest = candidate
                hasShrunk = true
            } else {
                start += length
            }
        }
        if left == 0 || (length == 1 && !hasShrunk) { return smallest }
        length = max(1, length / 2)
    }
}
