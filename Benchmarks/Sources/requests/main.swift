// Writes a file of requests for the load generator: a JSON object a line, the same in every run.
//
//   requests SOCKET COUNT [--check | --uniform] [--zip FILE]
//
// The places are those that the daemon on SOCKET lists. Without an option, the mixed load: all methods, of the checks
// 30 % with age and date, of the places 10 % ZIP codes and 5 % unknown, places by Zipf's law. `--check` only asks
// Check with a place; `--uniform` the same with every place equally likely.

import BenchmarkSupport
import Chance
@preconcurrency import Glibc
import Varlink

struct Options {
    var socket = ""
    var count = 0
    var kind = Kind.mixed
    var zipFile: String?

    enum Kind { case mixed, checkByZipf, checkUniformly }

    init?(_ arguments: [String]) {
        var positional: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--check": kind = .checkByZipf
            case "--uniform": kind = .checkUniformly
            case "--zip": zipFile = rest.popFirst()
            default: positional.append(argument)
            }
        }
        guard positional.count == 2, let count = Int(positional[1]), count > 0 else { return nil }
        socket = positional[0]
        self.count = count
    }
}

/// The ids of the jurisdictions that a daemon lists.
func listedPlaces(_ socket: String) throws -> [String] {
    var client = try VarlinkClient(path: socket)
    var ids: [String] = []
    let reply = try client.call("org.legalityd.Lookup.List")
    for entry in reply["entries"]?.arrayValue ?? [] {
        if let id = entry["place"]?["id"]?.stringValue { ids.append(id) }
    }
    return ids
}

/// The first column of a tab-separated file, as far as it is five digits.
func zipCodes(_ path: String) -> [String] {
    lines(of: path).map { String($0.prefix { $0 != "\t" }) }.filter { $0.utf8.count == 5 && $0.allSatisfy(\.isNumber) }
}

setvbuf(stdout, nil, _IOFBF, 1 << 16)
guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    failUsage("SOCKET COUNT [--check | --uniform] [--zip FILE]")
}
var generator = SeededGenerator(seed: 20_261_121)
let places = try listedPlaces(options.socket)
let codes = options.zipFile.map(zipCodes) ?? []
let placeRanks = ZipfDistribution(count: places.count, using: &generator)
let codeRanks = ZipfDistribution(count: max(codes.count, 1), using: &generator)
/// People mistype the same names in the same ways.
let unknownPlaces = (0..<1000).map { number in
    let name = places[Int.random(in: places.indices, using: &generator)]
    return number % 2 == 0 ? "\(name)x" : "\(name.dropLast())\(number)"
}

func place() -> String {
    let draw = Double.random(in: 0..<1, using: &generator)
    if draw < 0.10, !codes.isEmpty { return codes[codeRanks.next(using: &generator)] }
    if draw < 0.15 { return unknownPlaces[Int.random(in: unknownPlaces.indices, using: &generator)] }
    return places[placeRanks.next(using: &generator)]
}

func request(_ method: String, _ parameters: [(String, JSONValue)] = []) -> String {
    JSONValue.object([
        "method": .string(method),
        "parameters": .object(JSONObject(parameters.map { JSONObject.Member(key: $0.0, value: $0.1) })),
    ]).text
}

func check() -> String {
    var parameters: [(String, JSONValue)] = [("place", .string(place()))]
    let draw = Double.random(in: 0..<1, using: &generator)
    if draw < 0.30 {
        let month = Int.random(in: 1...12, using: &generator)
        let day = Int.random(in: 1...28, using: &generator)
        parameters.append(("age", .integer(Int64.random(in: 16...80, using: &generator))))
        parameters.append(("on", .string("202\(Int.random(in: 4...7, using: &generator))-\(two(month))-\(two(day))")))
    } else if draw < 0.45 {
        parameters.append(("substance", .string(pick(["extract", "7-oh", "mitragynine"]))))
    } else if draw < 0.55 {
        parameters.append(("activity", .string(pick(["sell", "possess", "import"]))))
    }
    return request("org.legalityd.Lookup.Check", parameters)
}

func pick(_ words: [String]) -> String { words[Int.random(in: words.indices, using: &generator)] }

func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func mixed() -> String {
    let lookup = "org.legalityd.Lookup."
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<72: return check()
    case 72..<80: return request(lookup + "Resolve", [("place", .string(place()))])
    case 80..<85: return request(lookup + "Describe", [("place", .string(place()))])
    case 85..<90: return request(lookup + "History", [("place", .string(place()))])
    case 90..<93: return request(lookup + "Upcoming", [("place", .string(place()))])
    case 93..<95: return request(lookup + "List", [("country", "US"), ("status", "prohibited"), ("kind", "state")])
    case 95..<97: return request(lookup + "GetTable")
    case 97..<98: return request("org.varlink.service.GetInfo")
    default: return request("io.systemd.service.Ping")
    }
}

for _ in 0..<options.count {
    switch options.kind {
    case .mixed: print(mixed())
    case .checkByZipf:
        print(request("org.legalityd.Lookup.Check", [("place", .string(places[placeRanks.next(using: &generator)]))]))
    case .checkUniformly:
        let place = places[Int.random(in: places.indices, using: &generator)]
        print(request("org.legalityd.Lookup.Check", [("place", .string(place))]))
    }
}
