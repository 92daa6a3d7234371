// Writes a made-up table: COUNT jurisdictions with three rules each, as YAML files of the shipped table's shape.
//
//   maketable COUNT DIRECTORY SUBSTANCES
//
// SUBSTANCES is the shipped table's substances.yaml, which is copied. Jurisdictions are countries, their states (at
// most 99 a country, a file each), and places in the states. The same COUNT gives the same bytes in every run.

import BenchmarkSupport
import Chance
@preconcurrency import Glibc

func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { fail("\(path) cannot be written") }
    guard fputs(text, file) >= 0, fclose(file) == 0 else { fail("\(path) cannot be written") }
}

guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[1]), count >= 1 else {
    failUsage("COUNT DIRECTORY SUBSTANCES")
}
let directory = CommandLine.arguments[2]
var generator = SeededGenerator(seed: UInt64(count))
mkdir(directory, 0o755)
write(lines(of: CommandLine.arguments[3]).map { $0 + "\n" }.joined(), to: "\(directory)/substances.yaml")
write(
    """
    version: 2026.11.21
    date: 2026-11-21
    title: A made-up table of \(count) jurisdictions
    licence: CC0-1.0

    """, to: "\(directory)/table.yaml")

func rules(indent: String) -> String {
    let year = Int.random(in: 2012...2020, using: &generator)
    let age = [18, 21].randomElement(using: &generator) ?? 21
    return """
        \(indent)rules:
        \(indent)  - id: before
        \(indent)    substances: [kratom, extract, mitragynine, 7-hydroxymitragynine]
        \(indent)    activities: all
        \(indent)    status: legal
        \(indent)    until: \(year)-05-10
        \(indent)    confidence: medium
        \(indent)    sources:
        \(indent)      - {url: "https://example.org/\(year)/1", publisher: Example Gazette, primary: false, gist: "Nothing spoke of the leaf before."}
        \(indent)  - id: schedule
        \(indent)    substances: [kratom, extract, mitragynine, 7-hydroxymitragynine]
        \(indent)    activities: all
        \(indent)    status: prohibited
        \(indent)    from: \(year)-05-10
        \(indent)    until: \(year + 5)-07-01
        \(indent)    authority: {kind: statute, citation: "Example Code § \(year)-2-23", schedule: I}
        \(indent)    confidence: medium
        \(indent)    sources:
        \(indent)      - {url: "https://example.org/\(year)/2", publisher: Example Gazette, date: \(year)-05-10, primary: true, gist: "The alkaloids are added to the first schedule."}
        \(indent)  - id: consumer-act
        \(indent)    substances: [kratom, extract]
        \(indent)    activities: all
        \(indent)    status: regulated
        \(indent)    from: \(year + 5)-07-01
        \(indent)    conditions: {minimum_age: \(age), labelling: true}
        \(indent)    authority: {kind: statute, citation: "Example Code § \(year + 5)-7-1"}
        \(indent)    confidence: medium
        \(indent)    sources:
        \(indent)      - {url: "https://example.org/\(year + 5)/3", publisher: Example Gazette, date: \(year + 5)-07-01, primary: true, gist: "Sale to people of \(age) and over, labelled."}

        """
}

func head(_ id: String, _ name: String, kind: String, parent: String?, indent: String, first: String) -> String {
    var text = "\(first)id: \(id)\n\(indent)name: \(name)\n\(indent)kind: \(kind)\n"
    if let parent { text += "\(indent)parent: \(parent)\n" }
    text += "\(indent)reviewed: 2026-06-24\n\(indent)summary: Made up.\n"
    return text
}

/// 676 codes of two letters.
func letters(_ number: Int) -> String {
    String(
        decoding: [UInt8(ascii: "A") + UInt8(number / 26 % 26), UInt8(ascii: "A") + UInt8(number % 26)], as: UTF8.self)
}

// As many countries as needed, then states, then places, so that each level has room for the next.
let countries = min(count, max(1, min(676, count / 400)))
let states = min(count - countries, countries * 36)
let places = count - countries - states
var stateNumber = 0
for country in 0..<countries {
    let code = letters(country)
    write(
        head(code, "Country \(code)", kind: "country", parent: nil, indent: "", first: "")
            + "timezone: Europe/Zurich\n" + rules(indent: ""),
        to: "\(directory)/\(code.lowercased()).yaml")
    let own = states / countries + (country < states % countries ? 1 : 0)
    guard own > 0 else { continue }
    mkdir("\(directory)/\(code.lowercased())", 0o755)
    for state in 0..<own {
        let id = "\(code)-\(letters(state))"
        var text = head(id, "State \(id)", kind: "state", parent: code, indent: "", first: "") + rules(indent: "")
        let localities = places / states + (stateNumber < places % states ? 1 : 0)
        if localities > 0 { text += "localities:\n" }
        for number in 0..<localities {
            text += head(
                "\(id)/place:town_\(number)", "Town \(number) of \(id)", kind: "place", parent: id, indent: "    ",
                first: "  - ")
            text += rules(indent: "    ")
        }
        stateNumber += 1
        write(text, to: "\(directory)/\(code.lowercased())/\(letters(state).lowercased()).yaml")
    }
}
