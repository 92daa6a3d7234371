import Glibc
import Varlink

/// Holds replies against what the naive judge answers.
///
/// A reply that was found right is kept: the same bytes to the same question are right without being parsed again. What
/// a check costs is taken from the processors that the daemon is to have, and should be little.
struct AnswerCheck: ~Copyable {
    private let questions: [Question]
    /// By question.
    private var right: [[[UInt8]]]
    private var document = JSONDocument()
    /// Of the tables that right and wrong answers came from.
    private(set) var versions: Set<String> = []

    init(questions: [Question]) {
        self.questions = questions
        right = Array(repeating: [], count: questions.count)
    }

    /// - Parameter reply: a frame as it came.
    /// - Returns: what is wrong with it, or nil.
    mutating func fault(in reply: UnsafeRawBufferPointer, to index: Int) -> String? {
        right[index].contains { isSame($0, as: reply) } ? nil : faultInNew(reply, to: index)
    }

    private func isSame(_ known: [UInt8], as reply: UnsafeRawBufferPointer) -> Bool {
        guard known.count == reply.count, let start = reply.baseAddress else { return false }
        return memcmp(known, start, known.count) == 0
    }

    private mutating func faultInNew(_ reply: UnsafeRawBufferPointer, to index: Int) -> String? {
        let question = questions[index]
        func fault(_ what: String) -> String {
            "\(String(decoding: question.frame.dropLast(), as: UTF8.self)): \(what)"
        }
        do {
            try document.parse(reply)
        } catch {
            return fault("\(error)")
        }
        guard document.root["error"] == nil, let verdict = document.root["parameters"]?["verdict"],
            let version = verdict["table"]?.stringValue, let status = verdict["status"]?.stringValue
        else { return fault("no verdict: \(String(decoding: reply, as: UTF8.self))") }
        versions.insert(version)
        guard status == question.statuses[version] else {
            return fault("\(version) \(status), expected \(question.statuses)")
        }
        right[index].append(Array(reply))
        return nil
    }
}
