// Makes a gazetteer larger: the places of the United States that there are, and made-up ones beside them.
//
//   makegazetteer FACTOR DIVISIONS OUTPUT
//
// DIVISIONS is a us-divisions.tsv; OUTPUT gets FACTOR times as many counties and places. The made-up ones lie in the
// first county of their state and have names that nobody else has. The same arguments give the same bytes in every run.

import BenchmarkSupport
@preconcurrency import Glibc

guard CommandLine.arguments.count == 4, let factor = Int(CommandLine.arguments[1]), factor >= 1 else {
    failUsage("FACTOR DIVISIONS OUTPUT")
}
let source = lines(of: CommandLine.arguments[2])
guard let output = fopen(CommandLine.arguments[3], "w") else { fail("\(CommandLine.arguments[3]) cannot be written") }
setvbuf(output, nil, _IOFBF, 1 << 20)

/// `Bamolute`, and for each number another one.
func name(_ number: Int) -> String {
    let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
    var rest = number
    var text = ""
    for _ in 0..<4 {
        text.append(consonants[rest % consonants.count])
        rest /= consonants.count
        text.append(vowels[rest % vowels.count])
        rest /= vowels.count
    }
    return text.prefix(1).uppercased() + text.dropFirst() + "wick"
}

func number(_ code: Substring) -> Int { Int(code) ?? 0 }
func padded(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }

/// The states, each with its lines by the length of their codes: counties, places, parts of counties.
var states: [(head: String, lines: [Int: [String]])] = []
for line in source where !line.hasPrefix("#") {
    if line.hasPrefix("=") {
        states.append((line, [:]))
    } else {
        let code = line.prefix { $0 != "\t" }
        states[states.count - 1].lines[code.utf8.count, default: []].append(line)
    }
}
let count = states.reduce(0) { $0 + $1.lines.values.reduce(0) { $0 + $1.count } }
let hosts = states.filter { $0.lines[3] != nil }.count
let perState = count * (factor - 1) / hosts
var made = 0
for state in states {
    fputs(state.head + "\n", output)
    for line in state.lines[3] ?? [] { fputs(line + "\n", output) }
    var places = (state.lines[5] ?? []).map { (number($0.prefix(5)), $0) }
    if let county = state.lines[3]?.first?.prefix(3) {
        let taken = Set(places.map(\.0))
        var free = (1..<100_000).lazy.filter { !taken.contains($0) }.makeIterator()
        for _ in 0..<perState {
            guard let code = free.next() else { fail("too many: a state has room for 99,999") }
            places.append((code, "\(padded(code))\t\(name(made)) city\t\(county)"))
            made += 1
        }
        places.sort { $0.0 < $1.0 }
    }
    for (_, line) in places { fputs(line + "\n", output) }
    for line in state.lines[9] ?? [] { fputs(line + "\n", output) }
}
fclose(output)
print("\(count + made)")
