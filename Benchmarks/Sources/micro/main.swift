// What a request costs without a socket, part by part.
//
//   micro [--table DIR | --made-up COUNT] [PART…]            time of each part, median of nine samples
//   micro [--table DIR | --made-up COUNT] --count N PART      runs the part N times (for callgrind)
//
// Parts: parse, resolve, verdict, render, fresh (a whole request, nothing kept), cached (a whole request, its reply
// kept), dated (the same with another day each time); and with `--requests FILE`, mixed (the lines of a file, one after
// the other and over again, asked of one service, which keeps `--cache BYTES` of replies). How long it took to have the
// table is printed first.

import BenchmarkSupport
@preconcurrency import Glibc
import Legality
import LookupService
import Tables
import Varlink

// MARK: Options

var directory = "data"
var madeUp: Int?
var fixedCount: Int?
var requestFile: String?
var cacheCapacity = 32 << 20
var wanted: [String] = []
var rest = CommandLine.arguments.dropFirst()
while let argument = rest.popFirst() {
    switch argument {
    case "--table": directory = rest.popFirst() ?? directory
    case "--made-up": madeUp = rest.popFirst().flatMap { Int($0) }
    case "--requests": requestFile = rest.popFirst()
    case "--cache": cacheCapacity = rest.popFirst().flatMap { Int($0) } ?? cacheCapacity
    case "--count": fixedCount = rest.popFirst().flatMap { Int($0) }
    default: wanted.append(argument)
    }
}

// MARK: The table

let start = ContinuousClock.now
let table = madeUp.map(MadeUpTable.table(of:)) ?? readTable(in: directory)
let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))

// MARK: The parts

let clock = ZoneClock()
let place = madeUp == nil ? "US-AL" : table.jurisdictions[table.jurisdictions.count / 2].id
let frame = Array(#"{"method":"org.legalityd.Lookup.Check","parameters":{"place":"\#(place)"}}"#.utf8)
let query = Query(substance: table.vocabulary.defaultSubstance)
guard let resolution = try? table.resolve(place) else { fail("\(place) cannot be resolved") }
let verdict = table.judge(query, at: resolution, clock: clock)

func service(capacity: Int) throws -> LookupService {
    try LookupService(
        table: table, directory: directory, clock: clock, daemonVersion: "0", userID: 0, cacheCapacity: capacity,
        requests: .init(reload: {}, setLogLevel: { _ in }))
}

/// A connection without a socket: bytes of a call in, bytes of its reply out and thrown away.
struct Exchange: ~Copyable {
    let service: LookupService
    var connection = Connection(
        id: ConnectionID(slot: 0, generation: 0), peer: PeerCredentials(processID: 1, userID: 1, groupID: 1),
        limits: ConnectionLimits())
    let frame: [UInt8]

    init(_ service: LookupService, frame: [UInt8]) {
        self.service = service
        self.frame = frame + [0]
    }

    mutating func ask() -> Int {
        let frame = frame
        return frame.withUnsafeBytes { ask($0) }
    }

    mutating func ask(_ frame: UnsafeRawBufferPointer) -> Int {
        connection.receive(frame, service: service.varlink)
        let count = connection.output.count
        connection.outputSent(count)
        return count
    }
}

var document = JSONDocument()
var writer = JSONWriter()
var fresh = Exchange(try service(capacity: 0), frame: frame)
var cached = Exchange(try service(capacity: 16 << 20), frame: frame)
/// Keeps the optimizer from dropping work whose outcome nobody reads.
nonisolated(unsafe) var sink = 0

/// The same question about days of several years and people of several ages.
let dated = (0..<1000).map { number in
    Array(
        "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"\(place)\",\"age\":\(16 + number % 50),\"on\":\"202\(4 + number % 3)-0\(1 + number % 9)-1\(number % 10)\"}}\0"
            .utf8)
}

/// The lines of the file of requests, each as a frame.
let requests = (requestFile.map(lines) ?? []).map { Array($0.utf8) + [0] }
var mixed = Exchange(try service(capacity: cacheCapacity), frame: frame)
var position = 0

func run(_ part: String, _ times: Int) {
    switch part {
    case "parse":
        for _ in 0..<times {
            frame.withUnsafeBytes { try? document.parse($0) }
            sink &+= document.root.count
        }
    case "resolve":
        for _ in 0..<times { sink &+= ((try? table.resolve(place))?.candidates.count ?? 0) }
    case "verdict":
        for _ in 0..<times { sink &+= table.judge(query, at: resolution, clock: clock).deciding.count }
    case "render":
        for _ in 0..<times {
            writer.removeAll()
            writer.verdict(verdict, of: table, explanation: nil)
            sink &+= writer.bytes.count
        }
    case "fresh": for _ in 0..<times { sink &+= fresh.ask() }
    case "cached": for _ in 0..<times { sink &+= cached.ask() }
    case "dated":
        for number in 0..<times { sink &+= dated[number % dated.count].withUnsafeBytes { cached.ask($0) } }
    case "mixed":
        guard !requests.isEmpty else { fail("mixed needs --requests FILE") }
        for _ in 0..<times {
            sink &+= requests[position].withUnsafeBytes { mixed.ask($0) }
            position = position + 1 == requests.count ? 0 : position + 1
        }
    default: fail("no part is called \(part)")
    }
}

let parts = wanted.isEmpty ? ["parse", "resolve", "verdict", "render", "fresh", "cached", "dated"] : wanted
if let fixedCount {
    for part in parts { run(part, fixedCount) }
    exit(0)
}
print(
    "# \(table.jurisdictions.count) jurisdictions in \(milliseconds) ms; the request is \(frame.count) bytes, its reply \(cached.ask())"
)
for part in parts {
    // Whole rounds of the mixed requests, and the first of them is not counted: what there is room for is kept then.
    var times = part == "mixed" ? requests.count : 100
    run(part, times)
    while elapsedTime(steps: 1, { run(part, times) }) < 20_000_000 { times *= 2 }
    let samples = (0..<9).map { _ in elapsedTime(steps: times) { run(part, times) } }.sorted()
    print("\(part)\t\(Int(samples[4].rounded()))\t\(Int(samples[0].rounded()))\t\(Int(samples[8].rounded()))")
}
