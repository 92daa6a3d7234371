import BenchmarkSupport
import Chance
import Legality

enum Kind: String, CaseIterable {
    case id
    case name
    case inState = "in-state"
    case zip
    case unknown

    /// How many inputs there are in a sample of those that are drawn.
    var sample: Int { self == .unknown ? 500 : 10_000 }
}

/// Inputs of a table, drawn from all places that its gazetteer has.
struct Inputs {
    let table: Table
    private var chance = SeededGenerator(seed: 20_261_121)

    init(of table: Table) { self.table = table }

    mutating func draw(_ kind: Kind, _ count: Int) -> [String] {
        var inputs: [String] = []
        while inputs.count < count {
            if let input = draw(kind) { inputs.append(input) }
        }
        return inputs
    }

    /// An input of the kind, or nil where chance found none that has the answer which all have.
    private mutating func draw(_ kind: Kind) -> String? {
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
    private func isPlain(_ input: String) -> Bool {
        guard let candidates = try? table.resolve(input).candidates, candidates.count == 1 else { return false }
        return candidates[0].place.kind == .place && candidates[0].chain.count == 4
    }
}

/// The inputs of the kind in a file of lines with KIND, tab, INPUT.
func inputs(of kind: Kind, in path: String) -> [String] {
    let inputs = lines(of: path).compactMap { line -> String? in
        let fields = line.split(separator: "\t")
        return fields.count == 2 && fields[0] == kind.rawValue ? String(fields[1]) : nil
    }
    guard !inputs.isEmpty else { fail("\(path) has no input of the kind \(kind.rawValue)") }
    return inputs
}
