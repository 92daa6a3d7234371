// What it costs to resolve a place, by what is asked, by where the answer lies in memory, and by the gazetteer's size.
//
//   places list TABLE                 inputs that have one candidate in a county, a hundred of each kind: KIND, tab, INPUT
//   places time INPUTS TABLE…         what they cost in each of the tables, which are numbered from 1
//   places count TABLE INPUTS KIND N  resolves N inputs of the kind, or of each but unknown: known (for callgrind)
//
// Kinds: id, name, in-state ("Name, ST"), zip, unknown (one letter wrong, with suggestions). `time` prints lines of
// KIND, TABLE, MEASURE, nanoseconds, and how many times that of the first table it is. Measures:
//
//   kept       the inputs of the file over and over, which the caches nearest to the processor hold then: the work
//   drawn      inputs drawn from all places of the table, one after the other: each is found where nobody looked for long
//   displaced  the same, but each with all caches full of something else before it: a program that does other things
//
// As a control the kind `read` is one read from memory where each tells where the next one is: kept over as much memory
// as the caches nearest hold, drawn over as much as the table takes (the kind `memory`, in bytes). All inputs have
// answers of the same size, at any size of the gazetteer: what the times differ by is looking up.
//
// All tables are in the memory of one process, and are asked in turn in each of nine rounds, every round beginning with
// another one; what is printed is the median of the rounds, of a ratio that of the ratios within a round.

import BenchmarkSupport
import Legality
import Tables

let usage = "list TABLE | time INPUTS TABLE… | count TABLE INPUTS KIND N"
let arguments = CommandLine.arguments
guard arguments.count >= 3 else { failUsage(usage) }
let rounds = 9

func resolve(_ inputs: [String], in table: Table, _ times: Int = 1) {
    for _ in 0..<times {
        for input in inputs { sink &+= (try? table.resolve(input))?.candidates.count ?? 0 }
    }
}

func median(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }

func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
}

/// Takes a figure of each of so many subjects in turn, in all rounds, and prints the lines of it.
func compare(_ kind: String, _ measure: String, subjects: Int, _ figure: (_ subject: Int, _ round: Int) -> Double) {
    var figures = [[Double]](repeating: [], count: subjects)
    for round in 0..<rounds {
        for turn in 0..<subjects {
            let subject = (turn + round) % subjects
            figures[subject].append(figure(subject, round))
        }
    }
    for subject in 0..<subjects {
        let ratio = median(zip(figures[subject], figures[0]).map { $0 / $1 })
        print("\(kind)\t\(subject + 1)\t\(measure)\t\(text(median(figures[subject])))\t\(text(ratio))")
    }
}

/// What one table is asked for a kind: as many samples as rounds.
func time(_ kind: Kind, near: [String], in tables: [Table], drawing inputs: inout [Inputs]) {
    let times = max(1, kind.sample / near.count)
    for table in tables { resolve(near, in: table) }
    compare(kind.rawValue, "kept", subjects: tables.count) { subject, _ in
        elapsedTime(steps: times * near.count) { resolve(near, in: tables[subject], times) }
    }
    // All are drawn before the first is timed, or the draw would have brought its memory near.
    let drawn = inputs.indices.map { table in (0..<rounds).map { _ in inputs[table].draw(kind, kind.sample) } }
    compare(kind.rawValue, "drawn", subjects: tables.count) { subject, round in
        // What was asked of other tables since is displaced by other inputs of this one first.
        for other in [3, 5] { resolve(drawn[subject][(round + other) % rounds], in: tables[subject]) }
        return elapsedTime(steps: kind.sample) { resolve(drawn[subject][round], in: tables[subject]) }
    }
    let displacement = Displacement()
    compare(kind.rawValue, "displaced", subjects: tables.count) { subject, round in
        median(
            drawn[subject][round].suffix(25).map { input in
                displacement.run()
                // The input and the clock are at hand, as they are when a request was just read.
                sink &+= input.utf8.reduce(0) { $0 &+ Int($1) }
                sink &+= Int(elapsedTime(steps: 1) {})
                return elapsedTime(steps: 1) { resolve([input], in: tables[subject]) }
            })
    }
}

switch arguments[1] {
case "list":
    var inputs = Inputs(of: readTable(in: arguments[2]))
    for kind in Kind.allCases {
        for input in inputs.draw(kind, 100) { print("\(kind.rawValue)\t\(input)") }
    }
case "count":
    guard arguments.count == 6, let count = Int(arguments[5]) else { failUsage(usage) }
    let table = readTable(in: arguments[2])
    let kinds =
        arguments[4] == "known" ? [.id, .name, .inState, .zip] : Kind(rawValue: arguments[4]).map { [$0] } ?? []
    guard !kinds.isEmpty else { fail("no kind is called \(arguments[4])") }
    for kind in kinds {
        let inputs = inputs(of: kind, in: arguments[3])
        for number in 0..<count { resolve([inputs[number % inputs.count]], in: table) }
    }
case "time":
    var tables: [Table] = []
    var memory: [Int] = []
    for path in arguments[3...] {
        let before = residentMemory()
        tables.append(readTable(in: path))
        memory.append(residentMemory() - before)
    }
    guard !tables.isEmpty else { failUsage(usage) }
    var drawing = tables.map { Inputs(of: $0) }
    for kind in Kind.allCases {
        time(kind, near: inputs(of: kind, in: arguments[2]), in: tables, drawing: &drawing)
    }
    for (number, bytes) in memory.enumerated() {
        print("memory\t\(number + 1)\tresident\t\(bytes)\t\(text(Double(bytes) / Double(memory[0])))")
    }
    let near = DependentReads(over: 128 << 10)
    compare("read", "kept", subjects: tables.count) { _, _ in near.time() }
    let far = memory.map { DependentReads(over: $0) }
    compare("read", "drawn", subjects: tables.count) { subject, _ in far[subject].time() }
default: failUsage(usage)
}
