import Legality

/// The answer that an explanation leads to: its steps added up again, from nothing but themselves. Nil where a step
/// says another status than the steps that it stands for.
public func status(reproducedFrom steps: [ExplanationStep]) -> Status? {
    var (answer, candidate, level) = (Status.unknown, Status.unknown, Status.unknown)
    var activities: [Activity: Status] = [:]
    var told: (candidate: Status?, level: Status?)
    func levelAddsUp() -> Bool {
        defer { (level, told.level) = (.unknown, nil) }
        return told.level.map { $0 == level } ?? true
    }
    for step in steps {
        switch step.kind {
        case .candidate:
            guard levelAddsUp() else { return nil }
            (candidate, activities, told.candidate) = (.unknown, [:], step.status)
        case .level:
            guard levelAddsUp() else { return nil }
            told.level = step.status
        case .rule:
            guard let status = step.status, let activity = step.activity else { continue }
            level = max(level, status)
            candidate = max(candidate, status)
            activities[activity] = max(activities[activity] ?? .unknown, status)
        case .decision:
            guard levelAddsUp(), told.candidate.map({ $0 == candidate }) ?? true else { return nil }
            told.candidate = nil
            answer = max(answer, candidate)
            if let activity = step.activity {
                guard step.status == activities[activity] ?? .unknown else { return nil }
            } else {
                guard step.status == answer || step.status == candidate else { return nil }
            }
        }
    }
    guard let last = steps.last, last.kind == .decision, last.status == answer else { return nil }
    return answer
}
