// What it costs to resolve a place, by what is asked and by where the answer lies in memory.
//
//   places list TABLE                 inputs that have one candidate in a county, a hundred of each kind: KIND, tab, INPUT
//   places time TABLE INPUTS          nanoseconds of each kind: median of nine samples
//   places count TABLE INPUTS KIND N  resolves N inputs of the kind, or of each but unknown: known (for callgrind)
//
// Kinds: id, name, in-state ("Name, ST"), zip, unknown (one letter wrong, with suggestions). `time` prints for each
// kind what the inputs of the file cost over and over, which the caches nearest to the processor hold then; and what
// inputs cost that are drawn from all places of the table, so that each is found where nobody looked for long. As a
// control it prints what one read from memory takes where each tells where the next one is: over as much memory as the
// caches nearest hold, and over as much as the table takes. All inputs have answers of the same size, at any size of
// the gazetteer: what the times differ by is looking up.

import BenchmarkSupport
import Chance
@preconcurrency import Glibc
import Legality
import Tables

/// Of this process, in bytes.
func residentMemory() -> Int {
    let fields = lines(of: "/proc/self/statm").first?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
}

enum Kind: String, CaseIterable {
    case id
    case name
    case inState = "in-state"
    case zip
    case unknown

    /// How many inputs there are in a sample of those that are drawn.
    var sample: Int { self == .unknown ? 500 : 20_000 }
}

// MARK: The table

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { failUsage("list TABLE | time TABLE INPUTS | count TABLE INPUTS KIND N") }
let before = residentMemory()
let table = readTable(in: arguments[2])
let tableMemory = residentMemory() - before

// MARK: Inputs

var chance = SeededGenerator(seed: 20_261_121)

/// An input of the kind, or nil where chance found none that has the answer which all have.
func drawn(_ kind: Kind) -> String? {
    if kind == .zip {
        let zip = table.gazetteer.zipCode(at: Int.random(in: 0..<table.gazetteer.zipCodeCount, using: &chance)).code
        guard let candidates = try? table.resolve(zip).candidates, candidates.count == 2 else { return nil }
        return zip
    }
    let division = table.gazetteer.division(at: Int.random(in: 0..<table.gazetteer.divisionCount, using: &chance))
    let state = division.state.dropFirst(3)
    switch kind {
    case .id: return isPlain(division.id) ? division.id : nil
    case .name: return isPlain(division.name) ? division.name : nil
    case .inState: return isPlain("\(division.name), \(state)") ? "\(division.name), \(state)" : nil
    default:
        var letters = Array(division.name)
        letters[Int.random(in: letters.indices, using: &chance)] = "x"
        let input = "\(String(letters)), \(state)"
        guard case .failure(ResolutionError.unknown) = Result(catching: { try table.resolve(input) }) else {
            return nil
        }
        return input
    }
}

/// Whether it is one place in one county of a state.
func isPlain(_ input: String) -> Bool {
    guard let candidates = try? table.resolve(input).candidates, candidates.count == 1 else { return false }
    return candidates[0].place.kind == .place && candidates[0].chain.count == 4
}

func drawn(_ kind: Kind, _ count: Int) -> [String] {
    var inputs: [String] = []
    while inputs.count < count {
        if let input = drawn(kind) { inputs.append(input) }
    }
    return inputs
}

func inputs(of kind: Kind, in path: String) -> [String] {
    let inputs = lines(of: path).compactMap { line -> String? in
        let fields = line.split(separator: "\t")
        return fields.count == 2 && fields[0] == kind.rawValue ? String(fields[1]) : nil
    }
    guard !inputs.isEmpty else { fail("\(path) has no input of the kind \(kind.rawValue)") }
    return inputs
}

// MARK: Measuring

/// Keeps the optimizer from dropping work whose outcome nobody reads.
nonisolated(unsafe) var sink = 0

func resolve(_ inputs: [String], _ times: Int = 1) {
    for _ in 0..<times {
        for input in inputs { sink &+= (try? table.resolve(input))?.candidates.count ?? 0 }
    }
}

func median(of samples: Int = 9, _ sample: (Int) -> Double) -> Double {
    (0..<samples).map(sample).sorted()[samples / 2]
}

/// What a read takes where each tells where the next one is, each in a line of its own, all over so much memory.
func dependentRead(over bytes: Int) -> Double {
    let words = 8
    let lines = max(2, bytes / (words * 8))
    var order = Array(0..<lines)
    for index in stride(from: lines - 1, to: 0, by: -1) {
        // One cycle through all.
        order.swapAt(index, Int.random(in: 0..<index, using: &chance))
    }
    var memory = [Int](repeating: 0, count: lines * words)
    for (line, next) in order.enumerated() { memory[line * words] = next * words }
    order = []
    return memory.withUnsafeBufferPointer { memory in
        var position = 0
        return median { _ in
            elapsedTime(steps: 1_000_000) {
                for _ in 0..<1_000_000 { position = memory[position] }
                sink &+= position
            }
        }
    }
}

switch arguments[1] {
case "list":
    for kind in Kind.allCases {
        for input in drawn(kind, 100) { print("\(kind.rawValue)\t\(input)") }
    }
case "count":
    guard arguments.count == 6, let count = Int(arguments[5]) else { failUsage("count TABLE INPUTS KIND N") }
    let kinds =
        arguments[4] == "known" ? [.id, .name, .inState, .zip] : Kind(rawValue: arguments[4]).map { [$0] } ?? []
    guard !kinds.isEmpty else { fail("no kind is called \(arguments[4])") }
    for kind in kinds {
        let inputs = inputs(of: kind, in: arguments[3])
        for number in 0..<count { resolve([inputs[number % inputs.count]]) }
    }
case "time":
    guard arguments.count == 4 else { failUsage("time TABLE INPUTS") }
    for kind in Kind.allCases {
        let near = inputs(of: kind, in: arguments[3])
        let rounds = max(1, kind.sample / near.count)
        resolve(near)
        let again = median { _ in elapsedTime(steps: rounds * near.count) { resolve(near, rounds) } }
        // All are drawn before the first is timed, or the draw would have brought its memory near.
        let far = (0..<9).map { _ in drawn(kind, kind.sample) }
        let once = median { sample in elapsedTime(steps: kind.sample) { resolve(far[sample]) } }
        print("\(kind.rawValue)\t\(Int(again.rounded()))\t\(Int(once.rounded()))")
        fflush(stdout)
    }
    func text(_ time: Double) -> String { "\(Int(time)).\(Int(time * 10) % 10)" }
    let (near, far) = (dependentRead(over: 128 << 10), dependentRead(over: tableMemory))
    print("read\t\(text(near))\t\(text(far))\t\(tableMemory)")
default: failUsage("list | time | count …")
}
