import Foundation
import Legality
import NaiveVerdicts
import TableFiles

/// A question and what each of two tables answers, by the second, naive way to a verdict.
struct Question: Sendable {
    let frame: [UInt8]
    /// The status by the table's version.
    let statuses: [String: String]
}

/// Two versions of the shipped table that answer differently, behind a link that is switched.
struct Tables {
    let directory: String
    let questions: [Question]
    var current: String { "\(directory)/current" }

    struct Unusable: Error { let reason: String }

    init(shipped: String, in directory: String) throws {
        self.directory = directory
        let files = FileManager.default
        for name in ["a", "b"] { try files.copyItem(atPath: shipped, toPath: "\(directory)/\(name)") }
        let tables = [try Tables.read("\(directory)/a"), try Tables.alter("\(directory)/b")]
        try files.createSymbolicLink(atPath: "\(directory)/current", withDestinationPath: "a")
        questions = Tables.questions(tables, count: 3000)
        let different = questions.count { Set($0.statuses.values).count > 1 }
        guard different > 100 else { throw Unusable(reason: "the tables answer alike: \(different) differ") }
    }

    func use(_ name: String) {
        symlink(name, "\(directory)/next")
        rename("\(directory)/next", "\(directory)/current")
    }

    private static func read(_ directory: String) throws -> Table {
        let reading = TableReader(directory: directory).read()
        guard let table = reading.table else { throw Unusable(reason: "\(reading.faults.first.map { "\($0)" } ?? "")") }
        return table
    }

    /// Makes every ban that can be one a doubt, and gives the table another version.
    private static func alter(_ directory: String) throws -> Table {
        func rewrite(_ name: String, _ change: (String) -> String) throws -> String {
            let path = "\(directory)/\(name)"
            let old = try String(contentsOfFile: path, encoding: .utf8)
            try change(old).write(toFile: path, atomically: true, encoding: .utf8)
            return old
        }
        _ = try rewrite("table.yaml") { text in
            text.replacing(/version: ([0-9]+\.[0-9]+\.[0-9]+)[0-9.]*/) { "version: \($0.1).99" }
        }
        var originals: [String: String] = [:]
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory).filter {
            $0.hasSuffix(".yaml") && $0 != "table.yaml" && $0 != "substances.yaml"
        }
        for name in names {
            originals[name] = try rewrite(name) { $0.replacing("status: prohibited", with: "status: uncertain") }
        }
        // What does not stand the change is left as it was.
        let faulty = Set(TableReader(directory: directory).read().faults.map(\.file))
        for name in faulty { if let text = originals[name] { _ = try rewrite(name) { _ in text } } }
        return try read(directory)
    }

    private static func questions(_ tables: [Table], count: Int) -> [Question] {
        var random = SeededRandom(seed: 20_261_121)
        let days = CivilDate(daysSinceEpoch: 17_000)...CivilDate(daysSinceEpoch: 21_500)
        var questions: [Question] = []
        while questions.count < count {
            guard let jurisdiction = random.one(of: tables[0].jurisdictions), jurisdiction.kind != .union else {
                continue
            }
            var query = random.query(of: tables[0].vocabulary, days: days)
            query.circumstances = Circumstances()
            guard let day = query.day else { continue }
            var statuses: [String: String] = [:]
            for table in tables {
                guard let resolution = try? table.resolve(jurisdiction.id), resolution.candidates.count == 1 else {
                    break
                }
                let answer = NaiveJudge(table, circumstances: query.circumstances, day: day).answer(
                    candidates: resolution.candidates, substance: query.substance, activity: query.activity)
                statuses[table.version] = answer.status.word
            }
            guard statuses.count == tables.count else { continue }
            let substance = tables[0].vocabulary.substanceIDs[Int(query.substance)]
            let activity = query.activity.map { ",\"activity\":\"\($0.word)\"" } ?? ""
            questions.append(
                Question(
                    frame: Array(
                        "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"\(jurisdiction.id)\",\"substance\":\"\(substance)\",\"on\":\"\(day)\"\(activity)}}"
                            .utf8) + [0],
                    statuses: statuses))
        }
        return questions
    }
}
