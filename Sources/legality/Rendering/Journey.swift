import Varlink

/// The answers along a journey, the strictest first.
struct Journey {
    /// A verdict about one activity, also as it came.
    struct Answer {
        var activity: Activity
        var json: JSONValue
        var verdict: Verdict
    }

    /// An answer at one stage of the journey.
    struct Leg: Comparable {
        var index: Int
        var stage: String
        var answer: Answer

        init(index: Int, count: Int, answer: Answer) {
            self.index = index
            stage = index == 0 ? "departure" : index == count - 1 ? "destination" : "transit"
            self.answer = answer
        }

        var status: LegalStatus { answer.verdict.status }

        /// The strictest first; what is not known bars more than what is lawful. Then in the order of the journey.
        static func < (left: Leg, right: Leg) -> Bool {
            let ranks = (Journey.rank(left.status), Journey.rank(right.status))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            if left.index != right.index { return left.index < right.index }
            return left.order < right.order
        }

        /// One enters, holds and leaves.
        private var order: Int {
            switch answer.activity {
            case .import: 0
            case .export: 2
            default: 1
            }
        }

        static func == (left: Leg, right: Leg) -> Bool {
            left.index == right.index && left.answer.activity == right.answer.activity && left.status == right.status
        }
    }

    var places: [String]
    var legs: [Leg]

    private static func rank(_ status: LegalStatus) -> Int {
        switch status {
        case .prohibited: 0
        case .uncertain: 1
        case .unknown: 2
        case .regulated: 3
        case .legal: 4
        }
    }

    /// The answer for the whole journey.
    var status: LegalStatus { legs.map(\.status).min { Self.rank($0) < Self.rank($1) } ?? .unknown }

    var exitStatus: ExitStatus { ExitStatus(status) }

    func print(
        as format: TableFormat, withHeader: Bool, terminal: Terminal, to output: inout StandardOutput
    ) throws(Failure) {
        switch format {
        case .json:
            var writer = JSONWriter()
            write(to: &writer)
            try output.writeLine(bytes: writer.bytes)
        case .tsv, .csv:
            try listing().print(as: format, withHeader: withHeader, terminal: terminal, to: &output)
        case .table:
            for line in heading().wrapped(to: terminal.proseWidth) { try output.writeLine(line, terminal) }
            try output.writeLine("")
            try listing().print(as: format, withHeader: withHeader, terminal: terminal, to: &output)
        }
        try output.flush()
    }

    private func heading() -> StyledText {
        let names = places.indices.map { index in
            legs.first { $0.index == index }?.answer.verdict.place.name ?? places[index]
        }
        var text = status.styled + "  " + StyledText(names.joined(separator: " → "), .strong)
        if let verdict = legs.first?.answer.verdict {
            text += StyledText(" with \(verdict.substance) on \(verdict.on)")
        }
        return text
    }

    private func listing() -> Listing {
        var listing = Listing(columns: [
            .init(name: "status", title: "STATUS"),
            .init(name: "stage", title: "STAGE"),
            .init(name: "place", title: "PLACE", least: 16),
            .init(name: "id", title: "ID", isOptional: true),
            .init(name: "activity", title: "ACTIVITY"),
            .init(name: "citation", title: "DECIDED BY", least: 20, isOptional: true),
            .init(name: "conditions", title: "CONDITIONS", least: 16, isOptional: true),
        ])
        listing.rows = legs.map { leg in
            let verdict = leg.answer.verdict
            let rule = verdict.decidedBy.first
            return [
                .init(verdict.status), .init(leg.stage), .init(verdict.place.name), .init(verdict.place.id),
                .init(leg.answer.activity.rawValue), .init(rule.map { $0.authority?.citation ?? $0.id } ?? ""),
                .init(verdict.conditions.texts.joined(separator: "; ")),
            ]
        }
        return listing
    }

    private func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("status", status.rawValue)
        writer.name("legs")
        writer.beginArray()
        for leg in legs {
            writer.beginObject()
            writer.member("place", places[leg.index])
            writer.member("stage", leg.stage)
            writer.member("activity", leg.answer.activity.rawValue)
            writer.member("status", leg.status.rawValue)
            writer.name("verdict")
            writer.write(leg.answer.json)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
